/**
 * `builderbot.bench.ts` in a process of its own: the conversation of `tested-project.ts` in `@builderbot/bot`, with its own
 * test provider and its store in memory. Arguments: the folder that it is installed in, and how many conversations.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { TURNS } from "./tested-project.ts";

interface Said {
  readonly body: string;
}

interface Tools {
  readonly fallBack: (text: string) => void;
  readonly flowDynamic: (messages: readonly object[], options?: { readonly continue: boolean }) => Promise<void>;
  readonly gotoFlow: (flow: Flow) => Promise<void>;
  readonly state: { readonly update: (values: object) => Promise<void> };
}

type Callback = (said: Said, tools: Tools) => Promise<unknown>;

interface Flow {
  readonly addAnswer: (text: string, options?: object, callback?: Callback) => Flow;
  readonly addAction: (options: object, callback: Callback) => Flow;
}

interface Bot {
  /** What the provider's event of a message calls; resolves when the bot is done with it. */
  readonly handleMsg: (message: object) => Promise<unknown>;
}

/** As far as it is used here. */
interface Builderbot {
  readonly addKeyword: (words: string | readonly string[]) => Flow;
  readonly createBot: (parts: object) => Promise<Bot>;
  readonly createFlow: (flows: readonly Flow[]) => object;
  readonly EVENTS: { readonly ACTION: string };
  readonly MemoryDB: new () => object;
  readonly TestTool: { readonly TestProvider: new () => object };
}

const [, , dir = ".", conversations = "200"] = process.argv;
const entry = createRequire(join(dir, "from.js")).resolve("@builderbot/bot");
const { addKeyword, createBot, createFlow, EVENTS, MemoryDB, TestTool } = (await import(
  pathToFileURL(entry).href
)) as Builderbot;

const buttons = (...titles: readonly string[]) => titles.map((body) => ({ body }));

const SIZE = "What size shall it be?";
const WELCOME = "What can we do for you?";

const welcome = addKeyword("hi").addAnswer(
  WELCOME,
  { capture: true, buttons: buttons("Order something", "Opening hours") },
  (said, { gotoFlow, fallBack }) =>
    said.body === "Order something" ? gotoFlow(size) : Promise.resolve(fallBack(WELCOME)),
);
const size: Flow = addKeyword(EVENTS.ACTION)
  .addAnswer(SIZE, { capture: true, buttons: buttons("Small", "Large") }, async (said, { flowDynamic, fallBack }) => {
    if (said.body === "Small" || said.body === "Large") return;
    await flowDynamic([{ body: "Please tap one of the buttons." }], { continue: false });
    return fallBack(SIZE);
  })
  .addAnswer("How many?", { capture: true }, async (said, { fallBack, flowDynamic, state }) => {
    const count = Number(said.body);
    if (!Number.isInteger(count) || count < 1 || count > 9) return fallBack("A number from 1 to 9, please.");
    await state.update({ count });
    await flowDynamic([{ body: `${count}, is that right?`, buttons: buttons("Yes", "No") }]);
  })
  .addAction({ capture: true }, (said, { gotoFlow }) => gotoFlow(said.body === "Yes" ? welcome : size));

/** What the bot sent to whoever talks now, and who waits for more. */
const heard: string[] = [];
let more = (): void => undefined;

class Phone extends TestTool.TestProvider {
  async sendMessage(to: string, text: string): Promise<object> {
    heard.push(text);
    more();
    return { to, text };
  }
}

const bot = await createBot({
  flow: createFlow([welcome, size]),
  provider: new Phone(),
  database: new MemoryDB(),
});

const LATE_MS = 10_000;

/** Says it, and waits for these messages, each of which begins so. */
async function turn(from: string, body: string, ...expected: readonly string[]): Promise<void> {
  heard.length = 0;
  const done = bot.handleMsg({ from, body, name: "Ana" });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`"${body}": only ${JSON.stringify(heard)} came`)), LATE_MS);
    more = () => {
      if (heard.length < expected.length) return;
      clearTimeout(timer);
      resolve();
    };
    more();
  });
  // A message that comes earlier would be lost.
  await done;
  for (const [at, text] of expected.entries())
    if (!heard[at]?.startsWith(text)) throw new Error(`"${body}": ${JSON.stringify(heard)} came, not ${text}`);
}

async function conversation(index: number): Promise<void> {
  const from = `39333${String(index).padStart(7, "0")}`;
  const count = String((index % 9) + 1);
  await turn(from, "hi", WELCOME);
  await turn(from, "Order something", SIZE);
  await turn(from, index % 2 === 0 ? "Large" : "Small", "How many");
  await turn(from, count, `${count}, is that right?`);
  await turn(from, "No", SIZE);
  await turn(from, "hm", "Please tap", SIZE);
  await turn(from, "Large", "How many");
  await turn(from, count, `${count}, is that right?`);
  await turn(from, "Yes", WELCOME);
}

await conversation(0);
const from = performance.now();
const cpu = process.cpuUsage();
for (let i = 1; i <= Number(conversations); i++) await conversation(i);
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(
  JSON.stringify({ turns: Number(conversations) * TURNS, ms: performance.now() - from, cpuMs: (user + system) / 1000 }),
);
process.exit(0);
