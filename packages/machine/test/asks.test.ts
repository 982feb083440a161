import { expect, test } from "vitest";
import { DAY, HOUR, MINUTE, oneAsk } from "./fixtures/small.ts";
import { onMessage, onText } from "./lib/assemble.ts";
import { drive, texts } from "./lib/drive.ts";

test("without an else, an ask is sent again twice, then stays silent until it is answered", () => {
  const bot = drive(oneAsk());
  expect(texts(bot.says("hi"))).toEqual(["Yes or no?"]);
  expect(texts(bot.says("what"))).toEqual(["Yes or no?"]);
  expect(texts(bot.says("what"))).toEqual(["Yes or no?"]);
  expect(bot.says("what")).toEqual([]);
  expect(bot.says("what")).toEqual([]);
  expect(texts(bot.taps("No"))).toEqual(["No!"]);
});

test("an else text comes before the ask, as often as retry says; the next wrong answer takes the arm without it", () => {
  const bot = drive(oneAsk({ orElse: { text: "Please choose.", retries: 2, to: "arm" } }));
  bot.says("hi");
  expect(texts(bot.says("?"))).toEqual(["Please choose.", "Yes or no?"]);
  expect(texts(bot.says("?"))).toEqual(["Please choose.", "Yes or no?"]);
  expect(texts(bot.says("?"))).toEqual(["Let us stop."]);
  expect(bot.snapshot?.conversation).toBeNull();
});

test("an else text without retry has no end", () => {
  const bot = drive(oneAsk({ orElse: { text: "Please choose." } }));
  bot.says("hi");
  for (let i = 0; i < 5; i++) expect(texts(bot.says("?"))).toEqual(["Please choose.", "Yes or no?"]);
});

test("an else arm is taken at once; a block without an arrow sends the ask again", () => {
  const bot = drive(oneAsk({ orElse: { to: "block" } }));
  bot.says("hi");
  expect(texts(bot.says("?"))).toEqual(["Hm.", "Yes or no?"]);
  expect(bot.ask()).toBe("main.first");
});

test("typed text answers by title or id, folded, in any locale of the bot", () => {
  for (const typed of ["yes", " YES ", "Sí", "si", "ｙｅｓ"]) {
    const bot = drive(oneAsk());
    bot.says("hi");
    expect([typed, ...texts(bot.says(typed))]).toEqual([typed, "Yes!"]);
    expect(bot.trace).toContainEqual({ kind: "answer", ask: "main.first", by: "text", option: "yes" });
  }
});

test("a number answers only where the ask went out as numbered text", () => {
  const bot = drive(oneAsk());
  bot.says("hi");
  expect(texts(bot.says("2"))).toEqual(["Yes or no?"]);
  const turn = bot.snapshot?.turn ?? 0;
  const [numbered] = bot.send({ kind: "refused", turn, reason: "undeliverable", of: "main.first" });
  expect(numbered).toMatchObject({ kind: "text", text: "Yes or no?\n\n1. Yes\n2. No\n\nReply with a number." });
  expect(texts(bot.says("٢"))).toEqual(["No!"]);
});

test("an undeliverable ask goes out as text once, and not at all with fallback off or for another message", () => {
  const bot = drive(oneAsk());
  bot.says("hi");
  expect(bot.send({ kind: "refused", turn: 1, reason: "undeliverable", of: "main.other" })).toEqual([]);
  expect(bot.send({ kind: "refused", turn: 1, reason: "undeliverable" })).toHaveLength(1);
  expect(bot.send({ kind: "refused", turn: bot.snapshot?.turn ?? 0, reason: "undeliverable" })).toEqual([]);
  const other = drive(oneAsk({ fallback: false }));
  other.says("hi");
  expect(other.send({ kind: "refused", turn: 1, reason: "undeliverable" })).toEqual([]);
});

test("anytime triggers come before text clauses, options before both", () => {
  const clauses = { texts: [{ texts: ["help", "yes"], to: "arm" }] };
  const help = {
    help: {
      triggers: [{ ...onText("menu", "help", "yes"), anytime: true as const }],
      states: { menu: [{ say: "Help!" }, { op: "resume" as const }] },
    },
  };
  const bot = drive(oneAsk(clauses, { flows: help }));
  bot.says("hi");
  expect(texts(bot.says("help"))).toEqual(["Help!", "Yes or no?"]);
  expect(texts(bot.says("yes"))).toEqual(["Yes!"]);
  const without = drive(oneAsk(clauses));
  without.says("hi");
  expect(texts(without.says("HELP"))).toEqual(["Let us stop."]);
});

test("a message typed before the ask was sent reaches anytime triggers only", () => {
  const help = {
    help: {
      triggers: [{ ...onText("menu", "help"), anytime: true as const }],
      states: { menu: [{ say: "Help!" }, { op: "resume" as const }] },
    },
  };
  const bot = drive(oneAsk({}, { flows: help }));
  bot.says("hi");
  bot.now += MINUTE;
  expect(bot.says("yes", bot.now - MINUTE - 2_001)).toEqual([]);
  expect(bot.trace).toContainEqual({ kind: "ignored", what: "late" });
  expect(texts(bot.says("help", bot.now - MINUTE - 2_001))).toEqual(["Help!", "Yes or no?"]);
  expect(texts(bot.says("yes", bot.now - 2_000))).toEqual(["Yes!"]);
});

test("a typed message later than idle begins a new conversation; a tap answers however late", () => {
  const bot = drive(oneAsk());
  bot.says("hi");
  const first = bot.snapshot?.conversation?.id;
  bot.now += 3 * DAY + 1;
  expect(texts(bot.says("yes"))).toEqual(["Yes or no?"]);
  expect(bot.snapshot?.conversation?.id).not.toBe(first);
  bot.now += 30 * DAY;
  expect(texts(bot.taps("Yes"))).toEqual(["Yes!"]);
});

test("idle counts from the last reminder", () => {
  const bot = drive(oneAsk({ after: [{ ms: 2 * DAY, to: "remind" }] }));
  bot.says("hi");
  expect(texts(bot.advance(2 * DAY))).toEqual(["Still there?"]);
  bot.now += 2 * DAY;
  expect(texts(bot.says("yes"))).toEqual(["Yes!"]);
});

test("time-outs begin anew with each copy, in rising order, and those that fell due together run together", () => {
  const after = [
    { ms: HOUR, to: "remind" },
    { ms: 2 * HOUR, to: "remind" },
    { ms: 3 * HOUR, to: "arm" },
  ];
  const bot = drive(oneAsk({ after }));
  bot.says("hi");
  bot.now += 50 * MINUTE;
  bot.says("what");
  expect(bot.advance(50 * MINUTE)).toEqual([]);
  expect(texts(bot.advance(HOUR + 10 * MINUTE))).toEqual(["Still there?", "Still there?"]);
  expect(bot.trace).toContainEqual({ kind: "after", ask: "main.first", index: 1 });
  expect(texts(bot.advance(HOUR))).toEqual(["Let us stop."]);
  const late = drive(oneAsk({ after }));
  late.says("hi");
  const due = late.now + HOUR;
  late.now += 2.5 * HOUR;
  late.timers.delete("after");
  late.send({ kind: "timer", name: "after", armed: 1, due });
  expect(late.timers.get("after")).toEqual({ name: "after", armed: 1, due: late.now });
});

test("a timer of an ask that is no longer waited at does nothing", () => {
  const bot = drive(oneAsk({ after: [{ ms: HOUR, to: "arm" }] }));
  bot.says("hi");
  bot.says("what");
  expect(bot.send({ kind: "timer", name: "after", armed: 1, due: bot.now })).toEqual([]);
  expect(bot.trace).toEqual([{ kind: "stale", what: "after" }]);
});

test("an ask that has no option takes its empty arm, and is an error without one", () => {
  const never = [{ id: "yes", title: "Yes", when: false, to: "yes" }];
  expect(texts(drive(oneAsk({ options: never, empty: "arm" })).says("hi"))).toEqual(["Let us stop."]);
  const bot = drive(oneAsk({ options: never }));
  expect(() => bot.says("hi")).toThrow("has no option to choose");
  expect(bot.snapshot).toBeNull();
});

test("what cannot be an answer reaches else; reactions and edits count for nothing", () => {
  const bot = drive(oneAsk());
  bot.says("hi");
  const { lastUserAt } = bot.snapshot ?? {};
  bot.now += MINUTE;
  expect(bot.gets({ type: "reaction", reaction: { message_id: "x", emoji: "👍" } })).toEqual([]);
  expect(bot.gets({ type: "edit", edit: {} })).toEqual([]);
  expect(bot.snapshot).toMatchObject({ lastUserAt, reply: { kind: "text" } });
  expect(texts(bot.gets({ type: "sticker", sticker: { id: "1" } }))).toEqual(["Yes or no?"]);
  expect(bot.snapshot?.reply).toMatchObject({ kind: "sticker", media: { kind: "sticker", id: "1" } });
});

test("a location answers a location ask, also one that came before", () => {
  const machine = oneAsk(
    {
      location: true,
      into: ["slot", "place"],
      answer: { kind: "location" },
      orElse: { text: "With the button, please." },
    },
    {},
    { vars: { place: { type: { t: "location" } } }, triggers: [onMessage("first")] },
  );
  const bot = drive(machine);
  expect(bot.says("hi")[0]).toMatchObject({ kind: "location_request_message", text: "Yes or no?" });
  expect(texts(bot.says("at home"))).toEqual(["With the button, please.", "Yes or no?"]);
  const location = { latitude: 45.4, longitude: 9.2, name: "Home" };
  const conversation = bot.snapshot?.conversation?.id;
  const copy = bot.copies[0];
  expect(
    texts(bot.gets({ type: "location", location }, { ask: `main.first#${conversation}.1`, ...(copy ? { copy } : {}) })),
  ).toEqual(["Yes!"]);
  expect(bot.trace).toContainEqual({ kind: "reopen", ask: "main.first" });
  expect(bot.snapshot?.reply?.location).toEqual({ ...location, address: null });
});

test("media and cards answer the asks that want them, other kinds do not", () => {
  const photo = drive(oneAsk({ options: undefined as never, answer: { kind: "image" } }));
  photo.says("hi");
  expect(texts(photo.gets({ type: "video", video: { id: "v" } }))).toEqual(["Yes or no?"]);
  expect(texts(photo.gets({ type: "image", image: { id: "i", mime_type: "image/png" } }))).toEqual(["Yes!"]);
  const card = drive(
    oneAsk(
      { options: undefined as never, answer: { kind: "contact" }, into: ["slot", "friend"] },
      {},
      { vars: { friend: { type: { t: "card" } } } },
    ),
  );
  card.says("hi");
  const contacts = [
    { name: { formatted_name: "Bo" }, phones: [{ phone: "+39 333 1", wa_id: "393331234567" }, { phone: "12" }] },
  ];
  expect(texts(card.gets({ type: "contacts", contacts }))).toEqual(["Yes!"]);
});

test("an ask keeps its language until it is sent again", () => {
  const machine = oneAsk(
    {},
    {
      flows: {
        es: {
          triggers: [{ ...onText("go", "spanish"), anytime: true }],
          states: { go: [{ op: "set", path: ["contact", "locale"], value: "es" }, { op: "resume" }] },
        },
      },
    },
  );
  const bot = drive(machine);
  expect(texts(bot.says("hi"))).toEqual(["Yes or no?"]);
  expect(texts(bot.says("spanish"))).toEqual(["¿Sí o no?"]);
  expect(bot.snapshot).toMatchObject({ locale: "es", conversation: { wait: { locale: "es" } } });
});
