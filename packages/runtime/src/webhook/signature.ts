/** `X-Hub-Signature-256`: HMAC-SHA256 over the bytes of the body, with the app secret. */

import { bytesOfHex } from "../hash.ts";
import type { PlainRequest } from "./plain.ts";

const PREFIX = "sha256=";

type Bytes = Uint8Array<ArrayBuffer>;

/** `own`: the server's way to check a signature, in place of WebCrypto. */
export type Verify = (header: string | null, body: Bytes, own?: PlainRequest["verify"]) => Promise<boolean>;

function signatureOf(header: string | null): Bytes | undefined {
  const hex = header?.startsWith(PREFIX) ? header.slice(PREFIX.length) : "";
  return /^[0-9a-f]{64}$/i.test(hex) ? bytesOfHex(hex) : undefined;
}

/** Everything beyond ASCII as `\uXXXX`, which some senders sign instead of what they send; undefined where nothing is. */
function escaped(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  if (body.every((byte) => byte < 0x80)) return undefined;
  const text = new TextDecoder().decode(body);
  const ascii = text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return new TextEncoder().encode(ascii);
}

type Key = ReturnType<typeof crypto.subtle.importKey>;

async function withWebCrypto(key: Key, signature: Bytes, body: Bytes): Promise<boolean> {
  return crypto.subtle.verify("HMAC", await key, signature, body);
}

/** Checks against each secret, so that two are valid while one is being replaced. All ways compare in constant time. */
export function createVerify(secrets: readonly string[]): Verify {
  const keys = secrets.map((secret) => ({
    secret,
    key: crypto.subtle.importKey("raw", new TextEncoder().encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
      "verify",
    ]),
  }));
  return async (header, body, own) => {
    const signature = signatureOf(header);
    if (!signature) return false;
    const fits = async (bytes: Bytes): Promise<boolean> => {
      for (const { secret, key } of keys)
        if (own ? own(secret, signature, bytes) : await withWebCrypto(key, signature, bytes)) return true;
      return false;
    };
    if (await fits(body)) return true;
    const other = escaped(body);
    return other !== undefined && fits(other);
  };
}
