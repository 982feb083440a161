/** A request of `node:http` as the bot reads it, with its bytes as they came: the signature is over them. */
import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { PlainRequest } from "../webhook/plain.ts";

/** Something before us has read the body and left only what it made of it. */
class ConsumedError extends Error {
  override readonly name: string = "ConsumedError";
}

export interface NodeRequest extends PlainRequest {
  /** The body was asked for, and could not be given as it came. */
  readonly consumed: boolean;
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
    incoming.on("end", () => resolve(Buffer.concat(chunks)));
    incoming.on("error", reject);
    incoming.on("close", () => {
      // Comes behind the end of every body, too, when nobody asks any more.
      if (!incoming.readableEnded) reject(new Error("the connection was closed before the body had come"));
    });
  });
}

function bytesLeft({ body, rawBody }: MaybeRead): Buffer<ArrayBuffer> | undefined {
  const left = Buffer.isBuffer(rawBody) ? rawBody : body;
  return Buffer.isBuffer(left) ? (left as Buffer<ArrayBuffer>) : undefined;
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

export function plainOf(incoming: IncomingMessage, verify: Verify): NodeRequest {
  let consumed = false;
  return {
    method: incoming.method ?? "GET",
    url: incoming.url ?? "/",
    header: (name) => {
      const value = incoming.headers[name];
      return typeof value === "string" ? value : (value?.join(", ") ?? null);
    },
    body: (limit) => {
      const left = bytesLeft(incoming as MaybeRead);
      if (left) return Promise.resolve(left.byteLength > limit ? undefined : left);
      consumed = incoming.readableEnded;
      return consumed ? Promise.reject(new ConsumedError()) : readBytes(incoming, limit);
    },
    verify,
    get consumed() {
      return consumed;
    },
  };
}
