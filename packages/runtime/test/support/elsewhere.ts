/**
 * The embedding page's way, for runtimes other than Node: a bot on each store that there is, a signed webhook through
 * `bot.fetch` and through `serve`, an answer to it. Prints a line for each part that works; ends with 1 where one does not.
 */
import { createBotWith } from "../../src/bot.ts";
import type { Store } from "../../src/store.ts";
import { memoryStore } from "../../src/stores/memory.ts";
import { fake, machine } from "./fake-step.ts";
import { change, NUMBER, post, SECRET, sender, sign, text, webhook } from "./webhooks.ts";

const WA_ID = "16505551234";

async function sqlite(): Promise<Store> {
  const { sqliteStore } = await import("../../src/sqlite.ts");
  return sqliteStore(":memory:");
}

function botOn(store: Store, sent: string[]) {
  return createBotWith(
    {
      machine,
      actions: { pay: () => "paid", charge: () => "charged" },
      store,
      fetch: async (_input: unknown, init?: RequestInit) => {
        sent.push((JSON.parse(init?.body as string) as { readonly text: { readonly body: string } }).text.body);
        return Response.json({ messages: [{ id: `wamid.out${sent.length}` }] });
      },
      phoneNumberId: NUMBER,
      token: "token",
      appSecrets: [SECRET],
      verifyToken: "verify",
    },
    fake,
  );
}

function bodyOf(id: string, words: string): string {
  return webhook(
    change({ contacts: [sender({ waId: WA_ID })], messages: [text(id, Date.now(), words, { waId: WA_ID })] }),
  );
}

async function until(done: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !done(); await new Promise((resolve) => setTimeout(resolve, 10)))
    if (Date.now() > end) throw new Error("nothing was sent");
}

function same(value: unknown, wanted: unknown): void {
  if (JSON.stringify(value) !== JSON.stringify(wanted))
    throw new Error(`${JSON.stringify(value)} where ${JSON.stringify(wanted)} is right`);
}

async function overFetch(make: () => Promise<Store>): Promise<void> {
  const store = await make();
  const sent: string[] = [];
  const bot = botOn(store, sent);
  const ask = new Request("http://bot.test/?hub.mode=subscribe&hub.verify_token=verify&hub.challenge=17");
  same(await (await bot.fetch(ask)).text(), "17");
  same((await bot.fetch(post(bodyOf("wamid.1", "é 🍕"), "sha256=00"))).status, 401);
  for (let times = 0; times < 2; times++) same((await bot.fetch(post(bodyOf("wamid.1", "é 🍕")))).status, 200);
  await bot.settle();
  same(sent, ["echo é 🍕"]);
  await bot.stop();
  await store.close();
}

async function overHttp(): Promise<void> {
  const { serve } = await import("../../src/node.ts");
  const store = memoryStore();
  const sent: string[] = [];
  const server = await serve(botOn(store, sent), { port: 0 });
  const body = bodyOf("wamid.1", "hi");
  const headers = { "content-type": "application/json", "x-hub-signature-256": sign(body) };
  const response = await fetch(server.url, { method: "POST", body, headers });
  same(response.status, 200);
  await until(() => sent.length > 0);
  same(sent, ["echo hi"]);
  await server.stop();
}

const PARTS: readonly (readonly [name: string, run: () => Promise<void>])[] = [
  ["bot.fetch with memoryStore", () => overFetch(async () => memoryStore())],
  ["bot.fetch with sqliteStore", () => overFetch(sqlite)],
  ["serve of /node", overHttp],
];

let failed = 0;
for (const [name, run] of PARTS) {
  try {
    await run();
    console.log(`works  ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILS  ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
