import type { IncomingMessage, ServerResponse } from "node:http";
import type { Bot, BotTypes } from "../types.ts";
import type { PlainResponse } from "../webhook/plain.ts";
import { createVerifyHmac, plainOf } from "./request.ts";

/** As `node:http`, Express and Connect call it. Resolves when the answer is written; rejects never. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const CONSUMED =
  "the body was parsed before it came here, and the signature is over its bytes: put the bot before `express.json()`";

export function writePlain(response: ServerResponse, { status, headers, body }: PlainResponse): void {
  // With its length it is one write, and no chunks.
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

/**
 * The bot's webhook as a handler of `node:http`; Express and Connect take it as it is. The path is the caller's business.
 * Takes the body as it comes, or as the buffer that `express.raw()` and cloud functions make of it.
 */
export function nodeHandler<B extends BotTypes>(bot: Pick<Bot<B>, "handle">): NodeHandler {
  const verify = createVerifyHmac();
  return async (incoming, response) => {
    try {
      const request = plainOf(incoming, verify);
      const answer = await bot.handle(request);
      // Behind a body that was not read to its end there is no place for another request.
      if (!incoming.complete) response.shouldKeepAlive = false;
      writePlain(response, request.consumed ? { status: 500, headers: {}, body: CONSUMED } : answer);
    } catch {
      // The client went away, or sent what is no request.
      if (response.headersSent) response.destroy();
      else response.writeHead(400).end();
    }
  };
}
