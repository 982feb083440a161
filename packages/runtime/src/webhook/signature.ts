/** `X-Hub-Signature-256`: HMAC-SHA256 over the bytes of the body, with the app secret. */

import { bytesOfHex } from "../hash.ts";
import type { PlainRequest } from "./plain.ts";

const PREFIX = "sha256=";

type Bytes = Uint8Array<ArrayBuffer>;

/** `own`: the server's way to check a signature, in place of WebCrypto. */
export type Verify = (header: string | null, body: Bytes, own?: PlainRequest["verify"]) => boolean | Promise<boolean>;

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

/** Checks against each secret, so that two are valid while one is being replaced. All ways compare in constant time. */
export function createVerify(secrets: readonly string[]): Verify {
  const keys = secrets.map((secret) => ({
    secret,
    key: crypto.subtle.importKey("raw", new TextEncoder().encode(secret), { name: "HMAC", hash: "SHA-256" }, false, [
      "verify",
    ]),
  }));
  const fits = async (signature: Bytes, bytes: Bytes): Promise<boolean> => {
    for (const { key } of keys) if (await crypto.subtle.verify("HMAC", await key, signature, bytes)) return true;
    return false;
  };
  return (header, body, own) => {
    const signature = signatureOf(header);
    if (!signature) return false;
    if (own) {
      const now = (bytes: Bytes): boolean => keys.some(({ secret }) => own(secret, signature, bytes));
      if (now(body)) return true;
      const other = escaped(body);
      return other !== undefined && now(other);
    }
    return fits(signature, body).then((is) => {
      const other = is ? undefined : escaped(body);
      return other ? fits(signature, other) : is;
    });
  };
}
