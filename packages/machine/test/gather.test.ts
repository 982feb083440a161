import { expect, test } from "vitest";
import { HOUR, MINUTE, oneAsk } from "./fixtures/small.ts";
import { type Drive, drive, texts } from "./lib/drive.ts";

const PAUSE = 10_000;

/** Yes or no, or a text in several messages. */
const gathering = (max = 100): Drive =>
  drive(
    oneAsk(
      {
        answer: { kind: "text", type: { t: "text", max } },
        gatherMs: PAUSE,
        into: ["slot", "said"],
        after: [{ ms: HOUR, to: "remind" }],
        orElse: { text: "Too long.", retries: 1, to: "arm" },
      },
      {},
      { vars: { said: { type: { t: "text", max } } } },
    ),
  );

function gathered({ snapshot }: Drive): readonly unknown[] | undefined {
  const wait = snapshot?.conversation?.wait;
  return wait?.kind === "ask" ? wait.gathered?.parts : undefined;
}

test("parts are kept in the snapshot, and one timer, set anew by each, ends it", () => {
  const bot = gathering();
  bot.says("hi");
  expect(bot.says("one")).toEqual([]);
  expect([gathered(bot), bot.timers.get("gather")?.due]).toEqual([["one"], bot.now + PAUSE]);
  const first = bot.timers.get("gather");
  bot.advance(PAUSE - 1);
  bot.says(" two ");
  expect([gathered(bot), bot.timers.get("gather")?.due]).toEqual([["one", "two"], bot.now + PAUSE]);
  // A timer of an earlier part that comes all the same is stale.
  expect(bot.send({ kind: "timer", name: "gather", armed: first?.armed ?? 0, due: first?.due ?? 0 })).toEqual([]);
  expect(bot.trace).toEqual([{ kind: "stale", what: "gather" }]);
  expect(texts(bot.advance(PAUSE))).toEqual(["Yes!"]);
  expect([bot.snapshot?.conversation, bot.timers.size]).toEqual([null, 0]);
});

test("a timer that comes late ends it all the same", () => {
  const bot = gathering();
  bot.says("hi");
  bot.says("one");
  const timer = bot.timers.get("gather");
  bot.now += HOUR / 2;
  expect(texts(bot.send({ kind: "timer", name: "gather", armed: timer?.armed ?? 0, due: timer?.due ?? 0 }))).toEqual([
    "Yes!",
  ]);
});

test("a snapshot does not grow with what is too much anyway, and the answer is wrong once", () => {
  const bot = gathering(5);
  bot.says("hi");
  for (let i = 0; i < 50; i++) bot.says("four");
  expect(gathered(bot)?.length).toBeLessThan(4);
  expect(texts(bot.advance(PAUSE))).toEqual(["Too long.", "Yes or no?"]);
  expect([gathered(bot), bot.timers.has("gather")]).toEqual([undefined, false]);
});

test("a tap ends it without its timer", () => {
  const bot = gathering();
  bot.says("hi");
  bot.says("one");
  expect(texts(bot.taps("No"))).toEqual(["No!"]);
  expect(bot.advance(HOUR)).toEqual([]);
});

test("a time-out that falls due ends it: the answer goes before the time-out", () => {
  const bot = gathering();
  bot.says("hi");
  bot.advance(HOUR - 1000);
  bot.says("one");
  expect(texts(bot.advance(1000))).toEqual(["Yes!"]);
});

test("a time-out that falls due while what came is no answer runs", () => {
  const bot = gathering(2);
  bot.says("hi");
  bot.advance(HOUR - 1000);
  bot.says("long");
  expect(texts(bot.advance(1000))).toEqual(["Still there?"]);
  expect([gathered(bot), bot.advance(MINUTE)]).toEqual([undefined, []]);
});

test("of an album, an ask for one file keeps the first and hears the others", () => {
  const bot = drive(oneAsk({ answer: { kind: "image" }, gatherMs: 3000, into: ["slot", "photo"] }));
  bot.says("hi");
  for (const id of ["a", "b", "c"]) bot.gets({ type: "image", image: { id, mime_type: "image/jpeg", sha256: "" } });
  expect(gathered(bot)).toMatchObject([{ kind: "image", id: "a", link: null }]);
  expect(texts(bot.advance(3000))).toEqual(["Yes!"]);
});

test("names and captions of files are cut to their types, and blank ones are none", () => {
  const bot = drive(oneAsk({ answer: { kind: "document", type: { t: "list", of: { t: "media" }, min: 1, max: 2 } } }));
  bot.says("hi");
  const sent = { id: "a", mime_type: "application/pdf", sha256: "", filename: "n".repeat(300), caption: " " };
  expect(texts(bot.gets({ type: "document", document: sent }))).toEqual(["Yes!"]);
  expect(bot.snapshot?.reply?.media).toMatchObject({ name: "n".repeat(240), caption: null });
});

test("all contacts of a message are one answer; a card without name and number is none", () => {
  const list = drive(oneAsk({ answer: { kind: "contact", type: { t: "list", of: { t: "card" }, min: 1, max: 2 } } }));
  list.says("hi");
  const card = (name: string): { name: { formatted_name: string } } => ({ name: { formatted_name: name } });
  expect(texts(list.gets({ type: "contacts", contacts: [card(" ")] }))).toEqual(["Yes or no?"]);
  expect(texts(list.gets({ type: "contacts", contacts: [card("A"), card("B"), card("C")] }))).toEqual(["Yes or no?"]);
  expect(texts(list.gets({ type: "contacts", contacts: [card("A"), card("B")] }))).toEqual(["Yes!"]);
});
