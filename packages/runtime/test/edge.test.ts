/** The bot where there is no Node: bundled for a browser, run with nothing but what the web has. */
import { fileURLToPath } from "node:url";
import { createContext, runInContext } from "node:vm";
import { rolldown } from "rolldown";
import { beforeAll, expect, test } from "vitest";
import { pizza } from "./support/pizza.ts";
import { ANA, change, NUMBER, SECRET, sender, sign, text, webhook } from "./support/webhooks.ts";

let code: string;
let imports: readonly string[];

beforeAll(async () => {
  const bundle = await rolldown({
    input: fileURLToPath(new URL("../src/index.ts", import.meta.url)),
    platform: "browser",
    resolve: { conditionNames: ["@parley/source", "browser", "import", "default"] },
    logLevel: "silent",
  });
  const { output } = await bundle.generate({ format: "iife", name: "parley", minify: true });
  await bundle.close();
  const [chunk] = output;
  code = chunk.code;
  imports = [...chunk.imports, ...chunk.dynamicImports];
}, 60_000);

test("the bundle imports nothing, names nothing of Node, and is small", () => {
  expect(imports).toEqual([]);
  expect(code).not.toMatch(/["'`]node:|\brequire\(|\bprocess\.(?:env|versions|nextTick)|\bBuffer\.from/);
  expect(code.length).toBeLessThan(700_000);
});

/** Of the web, and nothing else. */
function webGlobals(): Record<string, unknown> {
  const { URL, URLSearchParams, Request, Response, Headers, TextEncoder, TextDecoder, ReadableStream } = globalThis;
  const {
    AbortController,
    AbortSignal,
    MessageChannel,
    setTimeout,
    clearTimeout,
    performance,
    crypto,
    structuredClone,
  } = globalThis;
  const web = { URL, URLSearchParams, Request, Response, Headers, TextEncoder, TextDecoder, ReadableStream };
  const more = {
    AbortController,
    AbortSignal,
    MessageChannel,
    setTimeout,
    clearTimeout,
    performance,
    crypto,
    structuredClone,
  };
  // The realm's own: what crosses the border must be of the kind that the platform's functions look for.
  return { ...web, ...more, Uint8Array, ArrayBuffer, DataView };
}

test("with the web's globals alone it takes a webhook, steps it and answers it", async () => {
  const sent: string[] = [];
  const api = async (_url: string, init: { readonly body: string }): Promise<Response> => {
    sent.push(init.body);
    return new Response(JSON.stringify({ messages: [{ id: "wamid.out" }] }));
  };
  const context = createContext({ ...webGlobals(), fetch: api });
  runInContext(`${code};globalThis.parley = parley;`, context);
  expect(runInContext("typeof process + typeof Buffer + typeof setImmediate + typeof require", context)).toBe(
    "undefined".repeat(4),
  );
  const options = {
    machine: pizza,
    phoneNumberId: NUMBER,
    token: "t",
    appSecrets: [SECRET],
    verifyToken: "v",
  };
  context["options"] = JSON.stringify(options);
  const bot = runInContext(
    "parley.createBot({ ...JSON.parse(options), actions: { pay: () => 7 }, store: parley.memoryStore() })",
    context,
  ) as { fetch: (request: Request) => Promise<Response>; settle: () => Promise<void>; stop: () => Promise<void> };
  const body = webhook(change({ contacts: [sender({ waId: ANA })], messages: [text("m1", Date.now(), "hi é 😀")] }));
  const request = new Request("https://bot.test/", {
    method: "POST",
    body,
    headers: { "x-hub-signature-256": sign(body) },
  });
  expect((await bot.fetch(request)).status).toBe(200);
  await bot.settle();
  expect(sent.length).toBeGreaterThan(0);
  expect(JSON.parse(sent.at(-1) ?? "{}")).toMatchObject({ messaging_product: "whatsapp", to: ANA });
  await bot.stop();
});
