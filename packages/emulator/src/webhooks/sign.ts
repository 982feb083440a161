function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** Keys by app secret: making one costs more than a signature. */
type SigningKeys = Map<string, Promise<Key>>;

function keyOf(keys: SigningKeys, appSecret: string): Promise<Key> {
  const known = keys.get(appSecret);
  if (known) return known;
  const secret = new TextEncoder().encode(appSecret);
  const key = crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  keys.set(appSecret, key);
  return key;
}

/** Value of `X-Hub-Signature-256`: HMAC-SHA256 of the raw body under the app secret. */
export type Sign = (body: Uint8Array<ArrayBuffer>, appSecret: string) => string | Promise<string>;

export function createSign(): Sign {
  const keys: SigningKeys = new Map();
  return async (body, appSecret) =>
    `sha256=${hex(await crypto.subtle.sign("HMAC", await keyOf(keys, appSecret), body))}`;
}

/**
 * JSON as Meta writes it: everything outside ASCII as `\uXXXX`, slashes as `\/`. Whoever verifies the signature over
 * re-serialised JSON instead of the raw bytes fails with the first message.
 */
export function metaJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replaceAll("/", "\\/");
}
