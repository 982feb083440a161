import { compile, DEFAULT_SETTINGS, describe as inWords } from "@parley/compiler";
import { createEmulator, createVirtualClock, type Emulator } from "@parley/emulator";
import type { Machine, TestDef } from "@parley/machine";
import { type Bot, createBot, memoryStore } from "@parley/runtime";
import { afterEach, expect, test } from "vitest";
import { createRecording, holdConversation, type Recording, runTests, templatesOf } from "../src/index.ts";

const SHOP = `type Visit = { name: text(40), guests: 1..8 }
action stock(item: text(10)) -> { left: 0..99 }
action rate() -> { value: number }
  GET "https://api.example/rate"
action save(item: text(10)) -> { code: text(10) } timeout 10s once
template closing_soon(at: text(20) = "18:00") {
  category utility
  locales en
  body "We close at {at} today."
  option fine "Fine"
}
flow shop {
  on message -> what
  anytime on event closing(at: text(20)) -> closing
  anytime on text "help" -> person
  on referral "summer" -> summer
  var item: text(10)
  var visit: Visit
  state what {
    ask buttons "What do you need?" {
      option soap "Soap" { set item = "soap" }
      option towel "Towel" { set item = "towel" }
      after 2h { say "Still there?" }
      after 20h -> end
    }
    -> look
  }
  state look {
    let found = stock(item) else { say "The shelf is dark." -> end }
    let r = rate() else { say "No rate." -> end }
    ask once sure: "{found.left} left at {r.value}. Shall we keep one {item}?" {
      option yes "Yes" -> keep
      option no "No" -> end
      after 30m -> end
    }
  }
  state keep {
    let kept = save(item) else { say "Nobody knows." -> end }
    say "Kept under {kept.code}."
    ask form "1234567890" body "When do you come?" as visit {
      open "Choose"
      after 1d -> end
    }
    say "See you, {visit.name}."
    -> end
  }
  state closing { ask template closing_soon("17:00") { option fine -> end after 1d -> end } }
  state person { say "A person writes to you." handoff "counter" }
  state summer { say "Summer it is." -> end }
}
`;

function compiled(text: string): { readonly machine: Machine; readonly tests: readonly TestDef[] } {
  const { output, diagnostics } = compile({ settings: DEFAULT_SETTINGS, files: [{ path: "shop.flow", text }] });
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(inWords);
  if (!output || errors.length > 0) throw new Error(errors.join("\n"));
  return output;
}

const NUMBERS = { business: "390000000000", user: "393331234567" } as const;

/** The shop on a phone: as it is served, but for the sockets. */
interface World {
  readonly machine: Machine;
  readonly emulator: Emulator;
  readonly bot: Bot;
  readonly recording: Recording;
  readonly host: ReturnType<Recording["attach"]>;
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

interface Answers {
  readonly stock?: () => unknown;
  readonly save?: () => unknown;
  readonly rate?: () => Response;
}

async function open(answers: Answers = {}): Promise<World> {
  const { machine } = compiled(SHOP);
  const clock = createVirtualClock(Date.UTC(2026, 5, 1, 9));
  const emulator = createEmulator({
    clock,
    displayPhoneNumber: NUMBERS.business,
    templates: templatesOf(machine),
    webhook: { url: "http://bot.test/", appSecret: "s", verifyToken: "v" },
    delivery: "manual",
    rates: false,
    coexistence: true,
    fetch: (request) => bot.fetch(request),
    companion: { settle: () => bot.settle(), nextDue: () => bot.nextDue() },
  });
  const recording = createRecording(machine, emulator);
  const { stock = () => ({ left: 3, shelf: "kept by the host alone" }), save = () => ({ code: "K1" }) } = answers;
  const reach = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    if (request.url.startsWith("http://whatsapp.test")) return emulator.fetch(request);
    return answers.rate?.() ?? Response.json({ value: 1.5 });
  };
  const bot: Bot = createBot({
    machine,
    actions: recording.watch({ stock, save }),
    store: memoryStore(),
    phoneNumberId: emulator.phoneNumberId,
    token: "t",
    appSecrets: ["s"],
    verifyToken: "v",
    apiUrl: "http://whatsapp.test",
    fetch: reach,
    http: { fetch: reach, onResult: recording.onResult },
    clock,
  });
  stops.push(recording.stop, emulator.close);
  return { machine, emulator, bot, recording, host: recording.attach(bot) };
}

/** What was recorded of each phone, as tests. Fails unless each of them passes. */
async function written(world: World): Promise<readonly { readonly text: string; readonly why: string | undefined }[]> {
  const texts = [];
  for (const { contact, doings, unsaid } of await world.recording.recorded()) {
    const held = await holdConversation({ machine: world.machine, title: contact.name, doings });
    texts.push({ text: held.text, why: held.unsaid ?? unsaid });
  }
  const { machine, tests } = compiled([SHOP, ...texts.map(({ text }) => text)].join("\n"));
  const { results } = await runTests({ machine, tests });
  expect(results.map(({ failure }) => failure)).toEqual(texts.map(() => undefined));
  return texts;
}

test("what a phone does becomes a test, with what the actions answered and the time that passed", async () => {
  const world = await open();
  const { emulator } = world;
  const ana = emulator.phone({ phone: NUMBERS.user, name: "Ana" });
  ana.says("hi");
  await emulator.advance(2 * 3_600_000);
  ana.taps("Soap");
  await emulator.settle();
  ana.taps("Yes");
  await emulator.settle();
  ana.sendsForm({ name: "Ana", guests: 2 });
  await emulator.settle();
  const [only] = await written(world);
  expect(only).toEqual({
    text: `test "Ana" in shop {
  user says "hi"
  expect buttons containing "What do you need?" with option soap
  advance 2h
  expect text containing "Still there?"
  mock stock = { left: 3 }
  mock rate = { value: 1.5 }
  user taps soap
  expect buttons containing "3 left at 1.5. Shall we keep one soap?" with option yes
  mock save = { code: "K1" }
  user taps yes
  expect text containing "Kept under K1."
  expect form containing "When do you come?"
  user sends form { name: "Ana", guests: 2 }
  expect text containing "See you, Ana."
  expect end
}
`,
    why: undefined,
  });
});

test("each phone is a test of its own, with what was answered to it", async () => {
  let left = 0;
  const world = await open({ stock: () => ({ left: ++left }) });
  const { emulator } = world;
  const ana = emulator.phone({ phone: NUMBERS.user, name: "Ana" });
  const bo = emulator.phone({ username: "bo", name: "Bo", userId: "DE.0A1B2C3D" });
  ana.says("hi");
  bo.says("hello");
  await emulator.settle();
  bo.taps("Towel");
  await emulator.settle();
  ana.taps("Soap");
  await emulator.settle();
  const texts = (await written(world)).map(({ text }) => text);
  expect(texts).toHaveLength(2);
  expect(texts[0]).toMatch(/"Ana"[\s\S]*"hi"[\s\S]*left: 2 /);
  expect(texts[1]).toMatch(/"Bo"[\s\S]*"hello"[\s\S]*left: 1 /);
});

test("an earlier message that is tapped is named, and so is what fails, and what takes too long", async () => {
  let calls = 0;
  const world = await open({
    stock: () => {
      calls += 1;
      if (calls === 1) throw new Error("dark");
      return calls === 2 ? { left: 900 } : { left: 1 };
    },
    save: () => new Promise(() => undefined),
  });
  const { emulator } = world;
  const ana = emulator.phone({ phone: NUMBERS.user, name: "Ana" });
  ana.says("hi");
  await emulator.settle();
  ana.taps("Soap");
  await emulator.settle();
  ana.says("hi");
  await emulator.settle();
  ana.taps("Towel");
  await emulator.advance(60_000);
  ana.says("hi");
  await emulator.settle();
  ana.taps("Soap");
  await emulator.settle();
  const first = ana.history.find(({ kind }) => kind === "buttons");
  ana.taps("Towel", { of: first?.id ?? "" });
  await emulator.settle();
  ana.taps("Yes");
  await emulator.advance(10_000);
  const [only] = await written(world);
  expect(only?.why).toBeUndefined();
  expect(only?.text.match(/mock .*/g)).toEqual([
    "mock stock fails",
    "mock stock = { left: 1 }",
    "mock rate = { value: 1.5 }",
    "mock save times out",
  ]);
  expect(only?.text).toContain("user taps towel of shop.what");
  expect(only?.text).toContain('expect text containing "Nobody knows."');
});

test("faults that hit the conversation stand before what they hit", async () => {
  const world = await open();
  const { emulator } = world;
  const ana = emulator.phone({ phone: NUMBERS.user, name: "Ana" });
  emulator.inject({ kind: "duplicate", contact: NUMBERS.user });
  ana.says("hi");
  await emulator.settle();
  emulator.inject({ kind: "failDelivery", rate: 1, times: 1 });
  ana.taps("Soap");
  await emulator.settle();
  emulator.inject({ kind: "late", ms: 3_600_000 });
  ana.says("help");
  await emulator.settle();
  await emulator.advance(2 * 3_600_000);
  const [only] = await written(world);
  expect(only?.text).toMatch(/deliver twice\n {2}user says "hi"/);
  expect(only?.text).toMatch(/fail delivery\n {2}mock stock = .*\n {2}mock rate = .*\n {2}user taps soap/);
  expect(only?.text).toMatch(/deliver late 1h\n {2}user says "help"[\s\S]*\n {2}advance [\s\S]*A person writes to you/);
});

test("ads, places, files, cards, carts, reactions, events and the end of a hand-off are said in the words of a test", async () => {
  const world = await open();
  const { emulator, host } = world;
  const ana = emulator.phone({ phone: NUMBERS.user, name: "Ana" });
  ana.opens("summer");
  await emulator.settle();
  ana.reacts("🎉");
  await emulator.settle();
  ana.sendsLocation({ latitude: 45.5, longitude: 9.2 });
  await emulator.settle();
  ana.sendsMedia({ kind: "image" });
  await emulator.settle();
  ana.sendsContacts([{ name: { formatted_name: "Bo", first_name: "Bo" } }]);
  await emulator.settle();
  ana.sendsOrder({
    items: [{ product_retailer_id: "s1", quantity: 2, item_price: 3, currency: "EUR" }],
    text: "quick",
  });
  await emulator.settle();
  ana.says("help");
  await emulator.settle();
  await host.release(NUMBERS.user);
  await emulator.settle();
  await host.trigger(NUMBERS.user, "closing", { at: "17:00" });
  await emulator.settle();
  ana.taps("Fine");
  await emulator.settle();
  const [only] = await written(world);
  expect(only?.text.match(/^ {2}(?:user|release|event).*/gm)).toEqual([
    '  user opens "summer"',
    '  user reacts "🎉"',
    "  user sends location 45.5, 9.2",
    "  user sends image",
    "  user sends contact",
    '  user sends order { items: [{ sku: "s1", quantity: 2, price: 3, currency: "EUR" }], note: "quick" }',
    '  user says "help"',
    "  release",
    '  event closing("17:00")',
    "  user taps fine",
  ]);
});

test.each([
  ["edits a message", (world: World) => edits(world)],
  ["deletes a message", (world: World) => void phoneOf(world).deletes(phoneOf(world).history[0]?.id ?? "")],
  ["moves to another number", (world: World) => phoneOf(world).changesNumber("393339999999")],
  [
    "gets a message that a person at the business wrote",
    (world: World) => void world.emulator.writes(NUMBERS.user, "Hello!"),
  ],
])("where the user %s, the test ends: it has no words for that", async (what, run) => {
  const world = await open();
  const { emulator } = world;
  emulator.phone({ phone: NUMBERS.user, name: "Ana" }).says("hi");
  await emulator.settle();
  run(world);
  await emulator.settle();
  emulator.phone(emulator.contacts()[0]?.id ?? "").says("and more");
  await emulator.settle();
  const [only, ...others] = await written(world);
  expect(only?.why).toBe(what);
  expect(only?.text).toContain('user says "hi"');
  expect(only?.text).not.toContain("and more");
  expect(others).toEqual([]);
});

function phoneOf({ emulator }: World) {
  return emulator.phone(NUMBERS.user);
}

test("where the user quotes an earlier question, the test ends; to quote the newest says the same as not to", async () => {
  const world = await open();
  const { emulator } = world;
  const ana = emulator.phone({ phone: NUMBERS.user, name: "Ana" });
  const asked = (): string => ana.history.findLast(({ kind }) => kind === "buttons")?.id ?? "";
  ana.says("hi");
  await emulator.settle();
  const first = asked();
  ana.says("towel", { quote: first });
  await emulator.settle();
  ana.says("soap", { quote: first });
  await emulator.settle();
  const [only] = await written(world);
  expect(only?.text.match(/user says .*/g)).toEqual(['user says "hi"', 'user says "towel"']);
  expect(only?.why).toBe("quotes an earlier message");
});

function edits(world: World): void {
  phoneOf(world).edits(phoneOf(world).history[0]?.id ?? "", "hello");
}

test("what people take between two things is left out, and a time-out is waited for exactly", async () => {
  const world = await open();
  const { emulator } = world;
  const ana = emulator.phone({ phone: NUMBERS.user, name: "Ana" });
  ana.says("hi");
  await emulator.advance(40_000);
  ana.says("what?");
  await emulator.advance(200_000);
  ana.taps("Soap");
  await emulator.advance(3_600_000);
  const [only] = await written(world);
  expect(only?.text.match(/advance .*/g)).toEqual(["advance 30m"]);
});
