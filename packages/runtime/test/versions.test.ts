/** What becomes of conversations under way when the bot gets a new version, and when it goes back to an old one. */
import { compile, DEFAULT_SETTINGS, describe as inWords } from "@parley/compiler";
import { type Copy, createStep, type Event, type Machine, type Snapshot, type Value } from "@parley/machine";
import { describe, expect, test } from "vitest";
import { createBot } from "../src/index.ts";
import type { Store } from "../src/store.ts";
import { memoryStore } from "../src/stores/memory.ts";
import { createMachines } from "../src/turn/machines.ts";
import { virtualClock } from "./support/clock.ts";
import { fakeApi, textOf } from "./support/fake-api.ts";
import { ANA, change, NUMBER, post, SECRET, sender, tap, text, webhook } from "./support/webhooks.ts";

function compiled(source: string): Machine {
  const { output, diagnostics } = compile({ settings: DEFAULT_SETTINGS, files: [{ path: "bot.flow", text: source }] });
  if (!output) throw new Error(diagnostics.map(inWords).join("\n"));
  return output.machine;
}

interface Parts {
  readonly sizes?: string;
  readonly profile?: string;
  readonly head?: string;
  readonly state?: string;
  readonly label?: string;
  readonly options?: string;
  readonly size?: string;
}

/** A bot of two asks; each part can be another one in another version. */
function version(parts: Parts = {}): Machine {
  const {
    sizes = 'small "Small" | large "Large"',
    profile = "likes: Size = Size.small",
    head = "order",
    state = "start",
    label = "which",
    options = 'option small "Small" option large "Large"',
    size = "size",
  } = parts;
  const largest = sizes.includes("big") ? "big" : "large";
  const [first = ""] = state.split(" ");
  const [variable = ""] = size.split(" ");
  return compiled(`
type Size = ${sizes}
profile { ${profile} }
flow ${head} {
  on message -> ${first}
  var ${size}: Size = Size.${largest}

  state ${state} {
    set profile.likes = Size.${largest}
    ask ${label}: "Which one?" as ${variable} { ${options} }
    ask sure: "A {${variable}} one, sure?" {
      option yes "Yes" { say "{${variable}} it is, as you like {profile.likes}." }
      option no "No" -> ${first}
    }
    -> end
  }
}
`);
}

function bot(store: Store, machine: Machine, api = fakeApi(), clock = virtualClock()) {
  const made = createBot({
    machine,
    actions: {},
    store,
    clock,
    fetch: api.fetch,
    phoneNumberId: NUMBER,
    token: "token",
    appSecrets: [SECRET],
    verifyToken: "verify",
  });
  const receive = async (...messages: readonly object[]): Promise<void> => {
    const body = webhook(change({ contacts: [sender({ waId: ANA })], messages }));
    expect((await made.fetch(post(body))).status).toBe(200);
    await made.settle();
  };
  const buttons = (at = -1): readonly string[] => {
    const request = api.requests.at(at);
    if (request?.type !== "interactive" || request.interactive.type !== "button") return [];
    return request.interactive.action.buttons.map(({ reply }) => reply.id);
  };
  return { bot: made, api, clock, receive, buttons, now: clock.now };
}

/** Begun on the one, standing at the first ask; gone on with on the other. */
async function upgraded(before: Machine, after: Machine) {
  const store = memoryStore();
  const first = bot(store, before);
  await first.receive(text("m1", first.now(), "hi"));
  const taps = first.buttons();
  return { taps, store, second: bot(store, after, first.api, first.clock) };
}

const base = version();

test.each([
  ["a state", version({ state: "begin was start" })],
  ["an ask", version({ label: "which_one was which" })],
  ["a variable", version({ size: "big was size" })],
  ["a flow", version({ head: "buy was order" })],
  [
    "all of them",
    version({ head: "buy was order", state: "begin was start", label: "what was which", size: "one was size" }),
  ],
  [
    "a case",
    version({
      sizes: 'small "Small" | big was large "Large"',
      options: 'option small "Small" option big was large "Large"',
    }),
  ],
  ["an option's title", version({ options: 'option small "The small one" option large "The large one"' })],
] as const)("a conversation goes on under the new name of %s", async (what, after) => {
  const { taps, second } = await upgraded(base, after);
  const large = taps[1] ?? "";
  await second.receive(tap("m2", second.now(), large));
  expect((await second.bot.inspect(ANA))?.machine).toBe(after.hash);
  expect(textOf(second.api.requests.at(-1) ?? ({} as never))).toBe("interactive");
  await second.receive(tap("m3", second.now(), second.buttons()[0] ?? ""));
  expect({ what, last: second.api.texts().at(-1) }).toEqual({ what, last: "Large it is, as you like Large." });
});

test("an ask that was taken away keeps its conversations, on the machine that sent it, to their end", async () => {
  const after = version({ label: "another", options: 'option large "Large" option small "Small"' });
  const { taps, second } = await upgraded(base, after);
  expect(await second.bot.olderVersions()).toEqual([
    { machine: base.hash, kept: true, places: [{ at: "order.start.which", moves: false, conversations: 1 }] },
  ]);
  await second.receive(tap("m2", second.now(), taps[0] ?? ""));
  expect((await second.bot.inspect(ANA))?.machine).toBe(base.hash);
  // The next ask is one that both know.
  expect((await second.bot.olderVersions())[0]?.places).toEqual([
    { at: "order.start.sure", moves: true, conversations: 1 },
  ]);
  await second.receive(tap("m3", second.now(), second.buttons()[0] ?? ""));
  expect((await second.bot.inspect(ANA))?.machine).toBe(after.hash);
  expect(second.api.texts().at(-1)).toBe("Small it is, as you like Large.");
  expect(await second.bot.olderVersions()).toEqual([]);
});

test("a roll-back takes the conversations back, and what only the newer one knows stays on it", async () => {
  const newer = version({ label: "another" });
  const { store, second } = await upgraded(newer, base);
  expect((await second.bot.olderVersions())[0]?.places).toEqual([
    { at: "order.start.another", moves: false, conversations: 1 },
  ]);
  const newerTap = second.buttons()[1] ?? "";
  await second.receive(tap("m2", second.now(), newerTap));
  expect((await second.bot.inspect(ANA))?.machine).toBe(newer.hash);
  await second.receive(tap("m3", second.now(), second.buttons()[0] ?? ""));
  expect((await second.bot.inspect(ANA))?.machine).toBe(base.hash);
  await store.sweep({ dedupe: 0, sends: 0 });
  const opened = await store.open({
    boot: "x",
    now: second.now(),
    settleMs: 0,
    machine: { hash: base.hash, json: JSON.stringify(base) },
  });
  expect(Object.keys(opened.machines)).toEqual([base.hash]);
});

test("a tap on an older message is followed under the names of today", async () => {
  const store = memoryStore();
  const first = bot(store, base);
  await first.receive(text("m1", first.now(), "hi"));
  const taps = first.buttons();
  await first.receive(tap("m2", first.now(), taps[0] ?? ""));
  const after = version({
    head: "buy was order",
    state: "begin was start",
    size: "one was size",
    sizes: 'small "Small" | big was large "Large"',
    options: 'option small "Small" option big was large "Large"',
  });
  const second = bot(store, after, first.api, first.clock);
  // Later than a repeated tap counts as one.
  second.clock.advance(60_000);
  await second.receive(tap("m3", second.now(), taps[1] ?? ""));
  expect((await second.bot.inspect(ANA))?.conversation?.frames[0]).toMatchObject({ flow: "buy", vars: { one: "big" } });
  await second.receive(tap("m4", second.now(), second.buttons()[0] ?? ""));
  expect(second.api.texts().at(-1)).toBe("Large it is, as you like Large.");
});

describe("a snapshot", () => {
  const step = createStep();
  const hello: Event = {
    kind: "message",
    id: "m1",
    now: 0,
    seed: "0123456789abcdef0123456789abcdef",
    contact: { id: "c", phone: ANA, name: null },
    messageId: "m1",
    sentAt: 0,
    message: { type: "text", text: { body: "hi" } },
  };
  const begun: Snapshot = step(base, null, hello, {}).snapshot;

  function moved(after: Machine, more: Partial<Snapshot>, keep = true) {
    const machines = createMachines(after);
    if (keep) machines.add({ [base.hash]: JSON.stringify(base) });
    return machines.choose({ ...begun, ...more });
  }

  const renamed = version({ sizes: 'small "S" | big was large "L"', options: 'option small "S" option big "L"' });

  test.each([true, false])("takes the cases of its values over, with its machine kept: %s", (keep) => {
    const { machine, snapshot } = moved(renamed, {}, keep);
    expect(machine.hash).toBe(renamed.hash);
    expect(snapshot?.profile["likes"]).toBe("big");
  });

  test.each<[string, Value]>([
    ["text", "large"],
    ["a number", 7],
  ])("loses what the profile cannot hold any more: %s", (_what, value) => {
    const after = version({
      sizes: 'tiny "T" | big "B"',
      options: 'option tiny "T" option big "B"',
      profile: "likes: Size = Size.tiny",
    });
    const { snapshot } = moved(after, { conversation: null, profile: { likes: value, gone: value } });
    expect(snapshot?.profile).toEqual({ gone: value });
  });

  test("keeps the value of a field of the profile that has a new name; one under the new name is the newer", () => {
    const machines = createMachines(
      version({ profile: "likes: Size = Size.small, favourite was best: Size = Size.small" }),
    );
    const profile = (values: Snapshot["profile"]): Snapshot["profile"] | undefined =>
      machines.choose({ ...begun, conversation: null, profile: values }).snapshot?.profile;
    expect(profile({ best: "large" })).toEqual({ favourite: "large" });
    expect(profile({ favourite: "small", best: "large" })).toEqual({ favourite: "small" });
    expect(profile({ best: "large", favourite: "small" })).toEqual({ favourite: "small" });
  });

  test("does not move where a case of a variable is gone", () => {
    const after = version({
      sizes: 'tiny "T" | big "B"',
      options: 'option tiny "T" option big "B"',
      profile: "likes: Size = Size.tiny",
    });
    expect(moved(after, {}).machine.hash).toBe(base.hash);
  });

  test("keeps events that wait, where they still fit", () => {
    const pending = { kind: "event", args: ["x"], at: 0 } as const;
    const { snapshot } = moved(renamed, { conversation: null, pending: { gone: pending } });
    expect(snapshot?.pending).toEqual({});
  });

  test("a copy of an ask that is gone is none any more", () => {
    const copy: Copy = { ask: "order.start.which", turn: 1, conversation: begun.conversation ?? ({} as never) };
    const machines = createMachines(version({ label: "another" }));
    machines.add({ [base.hash]: JSON.stringify(base) });
    expect(machines.copyFor(machines.newest, { ...copy, machine: base.hash })).toBe(undefined);
    expect(machines.copyFor(base, { ...copy, machine: base.hash })).toEqual(copy);
  });
});
