/** The bot in other people's servers: each adapter with the framework itself, and the page's examples as they stand there. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { afterEach, describe, expect, test } from "vitest";
import { lambdaHandler, nodeHandler } from "../src/node.ts";
import { logOf } from "./support/fake-step.ts";
import { type Rig, rig } from "./support/rig.ts";
import { ANA, change, sender, sign, text, webhook } from "./support/webhooks.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
}

function bodyOf(r: Rig, id = "m1"): string {
  return webhook(change({ contacts: [sender({ waId: ANA })], messages: [text(id, r.clock.now(), "é 😀 <b>/")] }));
}

const FETCHES: readonly (readonly [string, (r: Rig) => Promise<string>])[] = [
  ["node:http", (r) => listen((request, response) => void nodeHandler(r.bot)(request, response))],
  [
    "Express",
    (r) => {
      const app = express();
      app.all("/webhook", nodeHandler(r.bot));
      app.use(express.json());
      return listen(app);
    },
  ],
  [
    "Express with a raw body",
    (r) => {
      const app = express();
      app.use(express.raw({ type: "*/*", limit: "4mb" }));
      app.all("/webhook", nodeHandler(r.bot));
      return listen(app);
    },
  ],
  [
    "Fastify",
    async (r) => {
      const app = fastify();
      const handler = nodeHandler(r.bot);
      await app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser("*", (_request, _payload, done) => done(null));
        scope.all("/webhook", async (request, reply) => {
          reply.hijack();
          await handler(request.raw, reply.raw);
        });
      });
      await app.listen({ port: 0, host: "127.0.0.1" });
      closing.push(() => app.close());
      return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/webhook`;
    },
  ],
];

/** Posts and gets against a function: what hands a `Request` on as it is. */
const FUNCTIONS: readonly (readonly [string, (r: Rig) => (request: Request) => Promise<Response>])[] = [
  [
    "Hono",
    (r) => {
      const app = new Hono();
      app.all("/webhook", (c) => r.bot.fetch(c.req.raw));
      return async (request) => app.fetch(request);
    },
  ],
  [
    "a Next.js route handler",
    (r) => {
      const POST = (request: Request): Promise<Response> => r.bot.fetch(request);
      const route = { GET: POST, POST };
      return (request) => route[request.method as "GET" | "POST"](request);
    },
  ],
];

async function expectTalk(r: Rig, call: (path: string, init?: RequestInit) => Promise<Response>): Promise<void> {
  const body = bodyOf(r);
  const headers = { "content-type": "application/json", "x-hub-signature-256": sign(body) };
  expect((await call("", { method: "POST", body, headers })).status).toBe(200);
  expect(logOf(await r.inspect())).toEqual(["m1"]);
  const forged = { ...headers, "x-hub-signature-256": sign(body, "guess") };
  expect((await call("", { method: "POST", body: bodyOf(r, "m2"), headers: forged })).status).toBe(401);
  const challenge = await call("?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=4711");
  expect([challenge.status, await challenge.text()]).toEqual([200, "4711"]);
  expect((await call("?hub.mode=subscribe&hub.verify_token=x&hub.challenge=1")).status).toBe(403);
}

describe("the webhook works in", () => {
  test.each(FETCHES)("%s", async (_name, make) => {
    const r = rig();
    const url = await make(r);
    await expectTalk(r, (path, init) => fetch(`${url}${path}`, init));
  });

  test.each(FUNCTIONS)("%s", async (_name, make) => {
    const r = rig();
    const handle = make(r);
    await expectTalk(r, (path, init) => handle(new Request(`http://bot.test/webhook${path}`, init)));
  });

  test.each([false, true])("AWS Lambda (base64: %s)", async (isBase64Encoded) => {
    const r = rig();
    const handle = lambdaHandler(r.bot);
    await expectTalk(r, async (path, init = {}) => {
      const body = typeof init.body === "string" ? init.body : "";
      const {
        statusCode,
        headers,
        body: answer,
      } = await handle({
        rawPath: "/webhook",
        rawQueryString: path.slice(1),
        headers: Object.fromEntries(new Headers(init.headers)),
        requestContext: { http: { method: init.method ?? "GET" } },
        ...(body === ""
          ? {}
          : { body: isBase64Encoded ? Buffer.from(body).toString("base64") : body, isBase64Encoded }),
      });
      return new Response(answer, { status: statusCode, headers });
    });
    expect(r.api.texts().length).toBe(1);
  });
});

test("Express with a parser before the bot says what is wrong, and takes nothing", async () => {
  const r = rig();
  const app = express();
  app.use(express.json());
  app.all("/webhook", nodeHandler(r.bot));
  const body = bodyOf(r);
  const headers = { "content-type": "application/json", "x-hub-signature-256": sign(body) };
  const answer = await fetch(await listen(app), { method: "POST", body, headers });
  expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining("before `express.json()`")]);
  expect(await r.inspect()).toBeNull();
});

test("the examples of the page compile", { timeout: 120_000 }, () => {
  const page = readFileSync(new URL("../../../docs/embedding.md", import.meta.url), "utf8");
  const blocks = [...page.matchAll(/```ts (\S+)\n([\s\S]*?)```/g)].map(([, name = "", code = ""]) => ({ name, code }));
  expect(blocks.map(({ name }) => name)).toEqual([
    "bot.ts",
    "http.ts",
    "express.ts",
    "fastify.ts",
    "hono.ts",
    "route.ts",
    "lambda.ts",
    "worker.ts",
    "host.ts",
  ]);
  const here = fileURLToPath(new URL(".", import.meta.url));
  mkdirSync(join(here, ".examples"), { recursive: true });
  const folder = mkdtempSync(join(here, ".examples/"));
  try {
    for (const { name, code } of blocks) writeFileSync(join(folder, name), code);
    const compilerOptions = {
      noEmit: true,
      composite: false,
      incremental: false,
      isolatedDeclarations: false,
      customConditions: ["@parley/source"],
      types: ["node"],
    };
    const config = { extends: "../../../../../tsconfig.base.json", compilerOptions, include: ["*.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const tsc = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));
    const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
  } finally {
    rmSync(join(here, ".examples"), { recursive: true, force: true });
  }
});
