function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Value of `X-Hub-Signature-256`: HMAC-SHA256 of the raw body under the app secret. */
export async function sign(body: Uint8Array<ArrayBuffer>, appSecret: string): Promise<string> {
  const secret = new TextEncoder().encode(appSecret);
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return `sha256=${hex(await crypto.subtle.sign("HMAC", key, body))}`;
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
