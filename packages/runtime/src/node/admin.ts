/** Health, metrics and dead letters for whoever operates the bot: a port of its own, which nobody outside should reach. */
import { timingSafeEqual } from "node:crypto";
import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Bot, BotTypes } from "../types.ts";
import type { PlainResponse } from "../webhook/plain.ts";
import { writePlain } from "./handler.ts";

export interface AdminOptions {
  /** Default 9464; 0 takes any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** What `Authorization: Bearer …` must say to list dead letters and take them up again; without it nobody can. */
  readonly token?: string;
  /** Takes more lines of metrics, in the text format of Prometheus. */
  readonly more?: () => string;
}

export interface AdminServer {
  readonly port: number;
  readonly url: string;
  readonly stop: () => Promise<void>;
}

type Admin = Pick<Bot, "health" | "metrics" | "deadLetters" | "redrive">;

interface Context {
  readonly bot: Admin;
  readonly options: AdminOptions;
  readonly delay: ReturnType<typeof monitorEventLoopDelay>;
}

function answer(status: number, body = "", type = "text/plain"): PlainResponse {
  return { status, headers: { "content-type": type }, body };
}

function json(value: unknown, status = 200): PlainResponse {
  return answer(status, `${JSON.stringify(value)}\n`, "application/json");
}

function allowed({ options }: Context, incoming: IncomingMessage): boolean {
  const { token } = options;
  if (token === undefined || token === "") return false;
  const given = Buffer.from(incoming.headers.authorization ?? "");
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function healthOf({ bot }: Context): Promise<PlainResponse> {
  const health = await bot.health();
  return json(health, health.ready ? 200 : 503);
}

/** What only the process knows. */
function processText({ delay, options }: Context): string {
  const seconds = (nanoseconds: number): number => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0);
  const text = [
    "# HELP parley_event_loop_delay_seconds How long the process was busy with one thing, since the last reading.",
    "# TYPE parley_event_loop_delay_seconds gauge",
    `parley_event_loop_delay_seconds{quantile="0.5"} ${seconds(delay.percentile(50))}`,
    `parley_event_loop_delay_seconds{quantile="0.99"} ${seconds(delay.percentile(99))}`,
    "# HELP process_resident_memory_bytes Memory of the process.",
    "# TYPE process_resident_memory_bytes gauge",
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    "# HELP process_start_time_seconds When the process began, in seconds since 1970.",
    "# TYPE process_start_time_seconds gauge",
    `process_start_time_seconds ${Math.round(performance.timeOrigin) / 1000}`,
    "",
  ].join("\n");
  delay.reset();
  return text + (options.more?.() ?? "");
}

async function metricsOf(context: Context): Promise<PlainResponse> {
  const text = `${await context.bot.metrics()}${processText(context)}`;
  return answer(200, text, "text/plain; version=0.0.4; charset=utf-8");
}

const REDRIVE = /^\/dead-letters\/([0-9a-f]{1,64})\/redrive$/;

async function deadLetters(context: Context, url: URL, method: string): Promise<PlainResponse> {
  const { bot } = context;
  try {
    if (url.pathname === "/dead-letters" && method === "GET")
      return json(await bot.deadLetters(Number(url.searchParams.get("limit") ?? 100)));
    const id = REDRIVE.exec(url.pathname)?.[1];
    if (id === undefined || method !== "POST") return json({ error: "not found" }, 404);
    return json({ id, stepped: await bot.redrive(id) });
  } catch (error) {
    if (error instanceof Error && error.name === "ArgumentError") return json({ error: error.message }, 404);
    throw error;
  }
}

async function respond(context: Context, incoming: IncomingMessage): Promise<PlainResponse> {
  const url = new URL(incoming.url ?? "/", "http://localhost");
  const method = incoming.method ?? "GET";
  if (url.pathname.startsWith("/dead-letters"))
    return allowed(context, incoming) ? deadLetters(context, url, method) : json({ error: "not allowed" }, 403);
  if (method !== "GET") return answer(405);
  switch (url.pathname) {
    case "/livez":
      return answer(200, "ok\n");
    case "/readyz":
    case "/startupz":
      return healthOf(context);
    case "/metrics":
      return metricsOf(context);
    default:
      return answer(404);
  }
}

async function handle(context: Context, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  incoming.resume();
  try {
    writePlain(response, await respond(context, incoming));
  } catch {
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  }
}

function closing(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Starts the operator's port. Rejects where the port is not to be had. */
export async function serveAdmin<B extends BotTypes>(bot: Bot<B>, options: AdminOptions = {}): Promise<AdminServer> {
  const { port = 9464, host = "127.0.0.1" } = options;
  const delay = monitorEventLoopDelay({ resolution: 20 });
  const context: Context = { bot, options, delay };
  const server = createServer((incoming, response) => void handle(context, incoming, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  delay.enable();
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    port: address.port,
    url: `http://${name}:${address.port}`,
    stop: async () => {
      delay.disable();
      await closing(server);
    },
  };
}
