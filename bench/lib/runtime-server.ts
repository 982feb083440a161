/**
 * A webhook server, in a process of its own. `bare`: node:http, HMAC and JSON.parse, nothing more. `group`: the bot on SQLite.
 * `single`: the same, each event in a transaction of its own. `sending`: as `group`, with the answers handed to a Cloud API in
 * this process that takes everything at once. Prints its port.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { createBot } from "@parley/runtime";
import { nodeHandler } from "@parley/runtime/node";
import { sqliteStore } from "@parley/runtime/sqlite";
import { pizza } from "../../packages/runtime/test/support/pizza.ts";
import { NUMBER, SECRET } from "../../packages/runtime/test/support/webhooks.ts";

const [mode = "bare", path = ":memory:"] = process.argv.slice(2);

const bare: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    const given = Buffer.from(String(request.headers["x-hub-signature-256"] ?? "").slice(7), "hex");
    const wanted = createHmac("sha256", SECRET).update(body).digest();
    const fits = given.length === wanted.length && timingSafeEqual(given, wanted);
    const parsed = fits ? (JSON.parse(body.toString("utf8")) as object) : undefined;
    response.writeHead(parsed ? 200 : 401, { "content-length": 0 }).end();
  });
};

let taken = 0;
const takesAll: typeof fetch = async () => {
  taken += 1;
  return new Response(JSON.stringify({ messages: [{ id: `wamid.out${taken}` }] }));
};

async function botListener(): Promise<RequestListener> {
  const bot = createBot({
    machine: pizza,
    actions: { pay: () => 7 },
    store: sqliteStore(path),
    phoneNumberId: NUMBER,
    token: "t",
    appSecrets: [SECRET],
    verifyToken: "v",
    fetch: takesAll,
    ...(mode === "single" ? { limits: { batch: 1 } } : {}),
  });
  if (mode === "sending") await bot.start();
  const handler = nodeHandler(bot);
  return (request, response) => void handler(request, response);
}

const server = createServer(mode === "bare" ? bare : await botListener());
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
