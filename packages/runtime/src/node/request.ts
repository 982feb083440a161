/** A request of `node:http` as the bot reads it, with its bytes as they came: the signature is over them. */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { PlainRequest } from "../webhook/plain.ts";

/** Something before us has read the body and left only what it made of it. */
export class ConsumedError extends Error {
  override readonly name: string = "ConsumedError";
}

/** What frameworks leave of a body that they read: `express.raw()` a buffer in `body`, cloud functions one in `rawBody`. */
interface MaybeRead {
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

function readBytes(incoming: IncomingMessage, limit: number): Promise<Buffer<ArrayBuffer> | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length > limit) {
        incoming.pause();
        resolve(undefined);
      } else chunks.push(chunk);
    });
    incoming.once("end", () => resolve(Buffer.concat(chunks)));
    incoming.once("error", reject);
    incoming.once("close", () => reject(new Error("the connection was closed before the body had come")));
  });
}

function bytesLeft({ body, rawBody }: MaybeRead): Buffer<ArrayBuffer> | undefined {
  const left = Buffer.isBuffer(rawBody) ? rawBody : body;
  return Buffer.isBuffer(left) ? (left as Buffer<ArrayBuffer>) : undefined;
}

async function bodyOf(incoming: IncomingMessage, limit: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const left = bytesLeft(incoming as MaybeRead);
  if (left) return left.byteLength > limit ? undefined : left;
  if (incoming.readableEnded) throw new ConsumedError();
  return readBytes(incoming, limit);
}

type Verify = NonNullable<PlainRequest["verify"]>;

/** Keeps what Node makes of a secret: that takes as long as the check itself. */
export function createVerifyHmac(): Verify {
  const keys = new Map<string, KeyObject>();
  return (secret, signature, body) => {
    const key = keys.get(secret) ?? createSecretKey(secret, "utf8");
    keys.set(secret, key);
    const wanted = createHmac("sha256", key).update(body).digest();
    return signature.length === wanted.length && timingSafeEqual(signature, wanted);
  };
}

export function plainOf(incoming: IncomingMessage, verify: Verify): PlainRequest {
  return {
    method: incoming.method ?? "GET",
    url: incoming.url ?? "/",
    header: (name) => {
      const value = incoming.headers[name];
      return typeof value === "string" ? value : (value?.join(", ") ?? null);
    },
    body: (limit) => bodyOf(incoming, limit),
    verify,
  };
}
