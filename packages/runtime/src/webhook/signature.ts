/** `X-Hub-Signature-256`: HMAC-SHA256 over the bytes of the body, with the app secret. */

const PREFIX = "sha256=";

export type Verify = (header: string | null, body: Uint8Array<ArrayBuffer>) => Promise<boolean>;

function bytesOfHex(hex: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[0-9a-f]{64}$/i.test(hex)) return undefined;
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Everything beyond ASCII as `\uXXXX`, which some senders sign instead of what they send; undefined where nothing is. */
function escaped(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined {
  if (body.every((byte) => byte < 0x80)) return undefined;
  const text = new TextDecoder().decode(body);
  const ascii = text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return new TextEncoder().encode(ascii);
}

/** Checks against each secret, so that two are valid while one is being replaced. `verify` compares in constant time. */
export function createVerify(secrets: readonly string[]): Verify {
  const { subtle } = crypto;
  const keys = secrets.map((secret) =>
    subtle.importKey("raw", new TextEncoder().encode(secret), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]),
  );
  const fitsOneKey = async (signature: Uint8Array<ArrayBuffer>, body: Uint8Array<ArrayBuffer>): Promise<boolean> => {
    for (const key of keys) if (await subtle.verify("HMAC", await key, signature, body)) return true;
    return false;
  };
  return async (header, body) => {
    const signature = header?.startsWith(PREFIX) ? bytesOfHex(header.slice(PREFIX.length)) : undefined;
    if (!signature) return false;
    if (await fitsOneKey(signature, body)) return true;
    const other = escaped(body);
    return other !== undefined && fitsOneKey(signature, other);
  };
}
