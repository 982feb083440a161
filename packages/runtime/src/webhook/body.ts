/** WhatsApp's webhooks have up to 3 MB. */
export const BODY_LIMIT_BYTES: number = 4 * 1024 * 1024;

/** The body's bytes as they came; undefined where there are more than `BODY_LIMIT_BYTES`. */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const announced = Number(request.headers.get("content-length") ?? 0);
  if (announced > BODY_LIMIT_BYTES) return undefined;
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  // A body without a length, or with a wrong one, is stopped while it comes.
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > BODY_LIMIT_BYTES) return undefined;
    chunks.push(chunk);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}
