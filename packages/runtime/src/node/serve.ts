import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Bot, BotTypes } from "../types.ts";
import { nodeHandler } from "./handler.ts";

export interface ServeOptions {
  /** Default 3000; 0 takes any free port. */
  readonly port?: number;
  /** Default 127.0.0.1: the webhook needs TLS, which something before this brings. */
  readonly host?: string;
}

export interface Server {
  readonly port: number;
  /** Where the webhook is; any path is. */
  readonly url: string;
  /** Takes no more requests, answers those it has, then stops the bot. The store stays open: it is the caller's. */
  readonly stop: () => Promise<void>;
  /** Resolves as the bot's own `closed`: null when it was stopped, the error where its store broke. Nothing is served then. */
  readonly closed: Promise<Error | null>;
}

/** How long `stop` waits for requests under way. One that is cut off was not answered, so WhatsApp sends it again. */
const STOP_MS = 10_000;
/** A client that takes longer than this to send its headers, or the whole of its request, has none to send. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;

/** Starts the bot, then takes requests. Rejects where the store or the port is not to be had. */
export async function serve<B extends BotTypes>(bot: Bot<B>, options: ServeOptions = {}): Promise<Server> {
  const { port = 3000, host = "127.0.0.1" } = options;
  await bot.start();
  let stopping = false;
  const webhook = nodeHandler(bot);
  const server = createServer({ headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS }, (incoming, response) => {
    if (stopping) response.shouldKeepAlive = false;
    if (incoming.url === "/livez") response.end("ok");
    else void webhook(incoming, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const close = async (): Promise<void> => {
    stopping = true;
    await new Promise<void>((resolve) => {
      const enough = setTimeout(() => server.closeAllConnections(), STOP_MS);
      server.close(() => {
        clearTimeout(enough);
        resolve();
      });
      server.closeIdleConnections();
    });
    await bot.stop();
  };
  let ended: Promise<void> | undefined;
  const stop = (): Promise<void> => (ended ??= close());
  const closed = bot.closed.then(async (why) => {
    if (why) await stop();
    return why;
  });
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    port: address.port,
    url: `http://${name}:${address.port}/`,
    stop,
    closed,
  };
}
