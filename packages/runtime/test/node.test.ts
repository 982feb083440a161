import { request } from "node:http";
import { afterEach, expect, test } from "vitest";
import { type Server, serve } from "../src/node.ts";
import { memoryStore } from "../src/stores/memory.ts";
import { logOf } from "./support/fake-step.ts";
import { type Rig, rig } from "./support/rig.ts";
import { ANA, change, sender, sign, text, webhook } from "./support/webhooks.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function started(r: Rig): Promise<Server> {
  const server = await serve(r.bot, { port: 0 });
  stops.push(server.stop);
  return server;
}

function body(r: Rig, id: string, words: string): string {
  return webhook(change({ contacts: [sender({ waId: ANA })], messages: [text(id, r.clock.now(), words)] }));
}

test("a webhook over HTTP is verified by its bytes, in whatever pieces they come", async () => {
  const r = rig();
  const server = await started(r);
  const bytes = Buffer.from(body(r, "m1", "é 😀"));
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const outgoing = request(
      server.url,
      { method: "POST", headers: { "x-hub-signature-256": sign(bytes), "transfer-encoding": "chunked" } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    outgoing.on("error", reject);
    // Cuts through the characters that take several bytes.
    for (let at = 0; at < bytes.length; at += 7) outgoing.write(bytes.subarray(at, at + 7));
    outgoing.end();
  });
  expect(status).toBe(200);
  expect(logOf(await r.inspect())).toEqual(["m1"]);
});

test("the subscription, wrong signatures, wrong methods and too large bodies are answered over HTTP", async () => {
  const r = rig();
  const { url } = await started(r);
  const query = "?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=42";
  expect(await (await fetch(url + query)).text()).toBe("42");
  expect((await fetch(url, { method: "POST", body: body(r, "m1", "hi") })).status).toBe(401);
  expect((await fetch(url, { method: "PUT", body: "x" })).status).toBe(405);
  const large = await fetch(url, { method: "POST", body: "x".repeat(5 * 1024 * 1024) }).then(
    ({ status }) => status,
    () => "closed",
  );
  expect([413, "closed"]).toContain(large);
});

test("the process says that it lives", async () => {
  const { url } = await started(rig());
  const answer = await fetch(`${url}livez`);
  expect([answer.status, await answer.text()]).toEqual([200, "ok"]);
});

test("a stop answers what came before it, and takes nothing more", async () => {
  const inner = memoryStore();
  let commit = (): void => {};
  let asked = (): void => {};
  const reached = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const gate = new Promise<void>((resolve) => {
    commit = resolve;
  });
  const r = rig({
    store: {
      ...inner,
      ingest: async (...args) => {
        asked();
        await gate;
        return inner.ingest(...args);
      },
    },
  });
  const server = await serve(r.bot, { port: 0 });
  const payload = body(r, "m1", "hi");
  const answer = fetch(server.url, {
    method: "POST",
    body: payload,
    headers: { "x-hub-signature-256": sign(payload) },
  });
  await reached;
  const stopped = server.stop();
  commit();
  expect((await answer).status).toBe(200);
  await stopped;
  await expect(fetch(server.url)).rejects.toThrow("fetch failed");
  expect(logOf(await r.inspect())).toEqual(["m1"]);
});

test("a port that is taken is an error", async () => {
  const { port } = await started(rig());
  await expect(serve(rig().bot, { port })).rejects.toThrow("EADDRINUSE");
});
