/** Requests and answers as plain values: what is common to the web's own `Request` and to other servers' ways. */

export interface PlainRequest {
  readonly method: string;
  /** With or without its host. */
  readonly url: string;
  /** `name` in small letters; null where there is none. */
  readonly header: (name: string) => string | null;
  /** The bytes as they came, read once; undefined where there are more than `limit`. */
  readonly body: (limit: number) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /**
   * Whether `signature` is the HMAC-SHA256 of `body`, compared in constant time: where the server can say so at once. Default
   * WebCrypto, which asks another thread each time.
   */
  readonly verify?: (secret: string, signature: Uint8Array<ArrayBuffer>, body: Uint8Array<ArrayBuffer>) => boolean;
}

export interface PlainResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  // A body without a length, or with a wrong one, is stopped while it comes.
  for await (const chunk of request.body) {
    length += chunk.byteLength;
    if (length > limit) return undefined;
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

export function plainOf(request: Request): PlainRequest {
  return {
    method: request.method,
    url: request.url,
    header: (name) => request.headers.get(name),
    body: (limit) => readBody(request, limit),
  };
}

export function responseOf({ status, headers, body }: PlainResponse): Response {
  return new Response(body, { status, headers });
}
