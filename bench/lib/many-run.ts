/**
 * Open conversations in one SQLite file. `fill PATH COUNT` begins one for each of COUNT contacts; `open PATH` starts a bot on
 * the file and prints how long that took and what memory the process has then, as JSON.
 */
import { createHmac } from "node:crypto";
import { type Bot, createBot } from "@parley/runtime";
import { sqliteStore } from "@parley/runtime/sqlite";
import { pizza } from "../../packages/runtime/test/support/pizza.ts";
import { change, NUMBER, post, SECRET, sender, text, webhook } from "../../packages/runtime/test/support/webhooks.ts";

const [what = "", path = "", count = "0"] = process.argv.slice(2);

function botOn(file: string): { readonly bot: Bot; readonly store: ReturnType<typeof sqliteStore> } {
  const store = sqliteStore(file);
  const bot = createBot({
    machine: pizza,
    actions: { pay: () => 7 },
    store,
    phoneNumberId: NUMBER,
    token: "t",
    appSecrets: [SECRET],
    verifyToken: "v",
    fetch: async () => new Response(JSON.stringify({ messages: [{ id: crypto.randomUUID() }] })),
  });
  return { bot, store };
}

async function fill(): Promise<void> {
  const { bot, store } = botOn(path);
  for (let from = 0; from < Number(count); from += 500) {
    const changes = Array.from({ length: 500 }, (_, n) => {
      const contact = { waId: `1650${String(1_000_000 + from + n)}` };
      return change({ contacts: [sender(contact)], messages: [text(`m${from + n}`, Date.now(), "hi", contact)] });
    });
    const body = webhook(...changes);
    const signature = createHmac("sha256", SECRET).update(body).digest("hex");
    const { status } = await bot.fetch(post(body, `sha256=${signature}`));
    if (status !== 200) throw new Error(`answered ${status}`);
  }
  await bot.settle();
  process.stdout.write(JSON.stringify(await store.stats()));
  await store.close();
}

async function open(): Promise<void> {
  const from = performance.now();
  const { bot, store } = botOn(path);
  await bot.start();
  const body = webhook(
    change({
      contacts: [sender({ waId: "16501000007" })],
      messages: [text("mlast", Date.now(), "hi", { waId: "16501000007" })],
    }),
  );
  const { status } = await bot.fetch(post(body));
  const startMs = performance.now() - from;
  const { contacts } = await store.stats();
  process.stdout.write(JSON.stringify({ startMs, status, contacts, rss: process.memoryUsage.rss() }));
  await bot.stop();
  await store.close();
}

await (what === "fill" ? fill() : open());
