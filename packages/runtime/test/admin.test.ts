import { afterEach, expect, test } from "vitest";
import { type AdminOptions, serveAdmin } from "../src/node.ts";
import { type Rig, rig } from "./support/rig.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function started(r: Rig, options: AdminOptions = {}): Promise<string> {
  const admin = await serveAdmin(r.bot, { port: 0, ...options });
  stops.push(admin.stop);
  return admin.url;
}

function bearer(token: string): RequestInit {
  return { headers: { authorization: `Bearer ${token}` } };
}

test("it listens on loopback alone unless another address is given", async () => {
  expect(await started(rig())).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test("it says that the process lives, that the bot is ready, and why it is not", async () => {
  const r = rig();
  const url = await started(r);
  expect((await fetch(`${url}/livez`)).status).toBe(200);
  for (const path of ["readyz", "startupz"]) {
    const ready = await fetch(`${url}/${path}`);
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, reasons: [] }]);
  }
  await r.bot.stop();
  const stopping = await fetch(`${url}/readyz`);
  expect([stopping.status, await stopping.json()]).toEqual([503, { ready: false, reasons: ["it stops"] }]);
});

test("metrics are those of the bot and of the process", async () => {
  const answer = await fetch(`${await started(rig(), { more: () => "own_metric 1\n" })}/metrics`);
  expect(answer.headers.get("content-type")).toContain("version=0.0.4");
  const text = await answer.text();
  for (const name of [
    "parley_build_info",
    "parley_event_loop_delay_seconds",
    "process_resident_memory_bytes",
    "own_metric",
  ])
    expect(text).toMatch(new RegExp(`^${name}`, "m"));
});

test.each([
  ["without a token set", {}, {}],
  ["with an empty token set", { token: "" }, bearer("")],
  ["without a token given", { token: "secret" }, {}],
  ["with another token", { token: "secret" }, bearer("secreT")],
  ["with a part of the token", { token: "secret" }, bearer("secre")],
])("dead letters are closed %s", async (_name, options, init) => {
  const url = await started(rig(), options);
  expect((await fetch(`${url}/dead-letters`, init)).status).toBe(403);
  expect((await fetch(`${url}/dead-letters/0a/redrive`, { ...init, method: "POST" })).status).toBe(403);
});

test("dead letters are listed without what was written, and taken up again", async () => {
  const r = rig();
  const url = await started(r, { token: "secret" });
  await r.says("boom", "m1");
  const listed = await fetch(`${url}/dead-letters`, bearer("secret"));
  const text = await listed.text();
  expect(text).not.toMatch(/boom|16505551234|Ana/);
  const [letter] = JSON.parse(text) as readonly { readonly id: string }[];
  const redrive = (id: string): Promise<Response> =>
    fetch(`${url}/dead-letters/${id}/redrive`, { ...bearer("secret"), method: "POST" });
  expect(await (await redrive(letter?.id ?? "")).json()).toEqual({ id: letter?.id, stepped: false });
  expect((await redrive("00")).status).toBe(404);
  expect((await fetch(`${url}/dead-letters?limit=x`, bearer("secret"))).status).toBe(404);
});

test("what it does not have it does not have", async () => {
  const url = await started(rig(), { token: "secret" });
  expect((await fetch(`${url}/`)).status).toBe(404);
  expect((await fetch(`${url}/livez`, { method: "POST" })).status).toBe(405);
});
