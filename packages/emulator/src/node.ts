/** The emulator as a server of Node. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { ConnectionCut } from "./api/answer.ts";
import type { Emulator } from "./types.ts";

export interface ServeOptions {
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
}

export interface EmulatorServer {
  /** `http://host:port`, to give to a Cloud API client as its base address. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

function toRequest(incoming: IncomingMessage, body: Buffer<ArrayBuffer>): Request {
  const headers = new Headers();
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? "", incoming.rawHeaders[i + 1] ?? "");
  }
  const method = incoming.method ?? "GET";
  const bare = method === "GET" || method === "HEAD";
  const host = incoming.headers.host ?? "localhost";
  return new Request(new URL(incoming.url ?? "/", `http://${host}`), { method, headers, ...(bare ? {} : { body }) });
}

async function answer(emulator: Emulator, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const response = await emulator.fetch(toRequest(incoming, Buffer.concat(chunks)));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

function fail(error: unknown, outgoing: ServerResponse): void {
  if (error instanceof ConnectionCut || outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(500, { "content-type": "application/json" });
  outgoing.end(JSON.stringify({ error: { message: error instanceof Error ? error.message : String(error) } }));
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

/** Serves the Cloud API and the control API. Rejects where the port is taken. */
export async function serveEmulator(emulator: Emulator, options: ServeOptions = {}): Promise<EmulatorServer> {
  const { port = 0, host = "127.0.0.1" } = options;
  const server = createServer((incoming, outgoing) => {
    answer(emulator, incoming, outgoing).catch((error: unknown) => fail(error, outgoing));
  });
  const actual = await listen(server, port, host);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${actual}`,
    close: () =>
      new Promise((resolve) => {
        emulator.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
