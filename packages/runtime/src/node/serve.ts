import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Bot, BotTypes } from "../types.ts";
import { BODY_LIMIT_BYTES } from "../webhook/body.ts";

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
}

/** The bytes as they came: the signature is over them. Undefined where there are more than a webhook can have. */
async function readBytes(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > BODY_LIMIT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === "string") headers.set(name, value);
    else for (const one of value ?? []) headers.append(name, one);
  return headers;
}

async function toRequest(incoming: IncomingMessage, url: URL): Promise<Request | undefined> {
  const method = incoming.method ?? "GET";
  const headers = headersOf(incoming);
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers });
  const body = await readBytes(incoming);
  return body && new Request(url, { method, headers, body });
}

async function send(response: ServerResponse, answer: Response, close: boolean): Promise<void> {
  if (close) response.shouldKeepAlive = false;
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}

/** How long `stop` waits for requests under way. One that is cut off was not answered, so WhatsApp sends it again. */
const STOP_MS = 10_000;

interface Context {
  readonly bot: Pick<Bot, "fetch">;
  stopping: boolean;
}

async function handle(context: Context, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(incoming.url ?? "/", "http://localhost");
  if (url.pathname === "/livez") {
    await send(response, new Response("ok"), context.stopping);
    return;
  }
  const request = await toRequest(incoming, url);
  // Behind a body that was not read to its end there is no place for another request.
  if (!request) await send(response, new Response("", { status: 413 }), true);
  else {
    const answer = await context.bot.fetch(request);
    await send(response, answer, context.stopping);
  }
}

/** Starts the bot, then takes requests. Rejects where the store or the port is not to be had. */
export async function serve<B extends BotTypes>(bot: Bot<B>, options: ServeOptions = {}): Promise<Server> {
  const { port = 3000, host = "127.0.0.1" } = options;
  await bot.start();
  const context: Context = { bot, stopping: false };
  const server = createServer((incoming, response) => {
    handle(context, incoming, response).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(400).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    port: address.port,
    url: `http://${name}:${address.port}/`,
    stop: async () => {
      context.stopping = true;
      await new Promise<void>((resolve) => {
        const enough = setTimeout(() => server.closeAllConnections(), STOP_MS);
        server.close(() => {
          clearTimeout(enough);
          resolve();
        });
        server.closeIdleConnections();
      });
      await bot.stop();
    },
  };
}
