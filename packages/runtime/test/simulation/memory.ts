/**
 * Whether a bot grows: `memory.ts [messages]`, a million where nothing is said. Contacts come and go, answers are tapped,
 * statuses come back, days pass and what has served is swept. Prints the heap after garbage collection at each twentieth;
 * ends with 1 where the last quarter holds more than a tenth above the second one.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createBot } from "../../src/index.ts";
import { sqliteStore } from "../../src/sqlite.ts";
import { change, NUMBER, post, SECRET, sender, status, text, webhook } from "../support/webhooks.ts";
import { makeDeterministic } from "./determinism.ts";
import { machines } from "./flows.ts";
import { random } from "./random.ts";
import { timeline } from "./timeline.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const messages = Number(process.argv[2] ?? 1_000_000);
const BATCH = 50;
const CONTACTS = 2_000;
const MINUTE = 60_000;

makeDeterministic(random(1));
const chance = random(2);
const time = timeline(Date.UTC(2026, 0, 1));
const [machine] = machines();
if (!machine) throw new Error("there is no machine");
const store = sqliteStore(":memory:");
let told: object[] = [];
let wamids = 0;

const bot = createBot({
  machine,
  actions: { look: () => "7 euro", pay: () => "17" },
  store,
  clock: time.clock(
    () => true,
    () => 0,
  ),
  fetch: async (_input: unknown, init?: RequestInit) => {
    const request = JSON.parse(init?.body as string) as { readonly biz_opaque_callback_data?: string };
    wamids += 1;
    const id = `wamid.out${wamids}`;
    const echo = { biz_opaque_callback_data: request.biz_opaque_callback_data };
    told.push(status(id, time.now(), "sent", echo), status(id, time.now(), "delivered", echo));
    return new Response(JSON.stringify({ messages: [{ id }] }), { headers: { "content-type": "application/json" } });
  },
  phoneNumberId: NUMBER,
  token: "token",
  appSecrets: [SECRET],
  verifyToken: "verify",
});
await bot.start();

const WORDS = ["hi", "order", "2", "yes", "stop", "note", "small"];
const heaps: number[] = [];
const rows: number[] = [];
const began = performance.now();
for (let sent = 0; sent < messages; ) {
  const people = Array.from({ length: BATCH }, () => ({ waId: `1650${1_000_000 + chance.whole(0, CONTACTS - 1)}` }));
  const inbound = people.map((from, i) => text(`wamid.in${sent + i}`, time.now(), chance.pick(WORDS), from));
  sent += BATCH;
  const statuses = told;
  told = [];
  const bodies = [change({ contacts: people.map((from) => sender(from)), messages: inbound })];
  if (statuses.length > 0) bodies.push(change({ statuses }));
  const { status: answered } = await bot.fetch(post(webhook(...bodies)));
  if (answered !== 200) throw new Error(`the webhook was answered ${answered}`);
  // So fast that what is swept after its time is as much as what comes.
  time.go(time.now() + 10 * MINUTE);
  await bot.settle();
  if (sent % (Math.ceil(messages / 20 / BATCH) * BATCH) > 0) continue;
  collect();
  const heap = process.memoryUsage().heapUsed / 2 ** 20;
  heaps.push(heap);
  const stats = await store.stats();
  rows.push(Object.values(stats.sends).reduce((sum: number, n) => sum + (n ?? 0), 0));
  const rate = Math.round(sent / ((performance.now() - began) / 1000));
  process.stdout.write(
    `${sent} messages, ${rate}/s: heap ${heap.toFixed(1)} MiB, process ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB, ${stats.dedupe} keys, ${rows.at(-1)} sends\n`,
  );
}
const mean = (list: readonly number[]): number => list.reduce((sum, n) => sum + n, 0) / list.length;
const early = mean(heaps.slice(Math.floor(heaps.length / 4), Math.floor(heaps.length / 2)));
const late = mean(heaps.slice(-Math.floor(heaps.length / 4)));
process.stdout.write(`heap of the second quarter ${early.toFixed(1)} MiB, of the last ${late.toFixed(1)} MiB\n`);
process.exit(late > early * 1.1 ? 1 : 0);
