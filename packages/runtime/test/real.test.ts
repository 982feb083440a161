/** The bot on the real interpreter, as hosts make it. */
import { type AskDef, type Machine, validateMachine } from "@parley/machine";
import type { MessageRequest } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { ConfigError, createBot } from "../src/index.ts";
import { sqliteStore } from "../src/sqlite.ts";
import type { Store } from "../src/store.ts";
import { memoryStore } from "../src/stores/memory.ts";
import type { ActionContext, Bot, BotTypes } from "../src/types.ts";
import { type VirtualClock, virtualClock } from "./support/clock.ts";
import { fakeApi, textOf } from "./support/fake-api.ts";
import { pizza } from "./support/pizza.ts";
import { ANA, change, NUMBER, post, SECRET, sender, status, tap, text, webhook } from "./support/webhooks.ts";

/** As the compiler writes it to `bot.d.ts`. */
interface Pizza extends BotTypes {
  readonly actions: {
    readonly pay: (args: { readonly size: string }, context: ActionContext) => Promise<number> | number;
  };
  readonly events: { readonly ready: object };
  readonly profile: object;
}

interface Given {
  readonly machine?: Machine;
  readonly store?: Store;
  readonly clock?: VirtualClock;
}

function gatheringTexts(ask: AskDef): AskDef {
  return { ...ask, answer: { kind: "text", type: { t: "text", max: 20 } }, gatherMs: 10_000 };
}

/** The size may also be typed, in several messages. */
const gathering: Machine = {
  ...pizza,
  asks: Object.fromEntries(Object.entries(pizza.asks).map(([id, ask]) => [id, gatheringTexts(ask)])),
};

test("the machine of these tests is one", () => {
  expect(() => validateMachine(pizza)).not.toThrow();
});

test("a machine with a part missing is refused when the bot is made", () => {
  const make = () =>
    createBot({
      machine: { ...pizza, asks: {} },
      actions: { pay: () => 7 },
      store: memoryStore(),
      phoneNumberId: NUMBER,
      token: "token",
      appSecrets: [SECRET],
      verifyToken: "verify",
    });
  expect(make).toThrow(ConfigError);
  expect(make).toThrow("there is no ask order.start");
});

describe.each([
  ["memory", memoryStore],
  ["sqlite", () => sqliteStore(":memory:")],
] as const)("on %s", (_name, create) => {
  const make = (
    pay: Pizza["actions"]["pay"] = ({ size }) => (size === "small" ? 7 : 9),
    { machine = pizza, store = create(), clock = virtualClock() }: Given = {},
  ) => {
    const api = fakeApi();
    const bot: Bot<Pizza> = createBot<Pizza>({
      machine,
      actions: { pay },
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
      expect((await bot.fetch(post(body))).status).toBe(200);
      await bot.settle();
    };
    const advance = async (ms: number): Promise<void> => {
      clock.advance(ms);
      await bot.settle();
    };
    return { bot, clock, api, receive, advance, now: clock.now };
  };

  function buttons(request: MessageRequest | undefined): readonly string[] {
    if (request?.type !== "interactive" || request.interactive.type !== "button") return [];
    return request.interactive.action.buttons.map(({ reply }) => reply.id);
  }

  test("a conversation from the first message over a tap and an action to its end", async () => {
    const { bot, api, receive, now } = make();
    await receive(text("m1", now(), "hi"));
    const [small = ""] = buttons(api.requests[0]);
    expect(small).toMatch(/^order\.start:small#[0-9a-z]{6}\.1$/);
    await receive(tap("m2", now(), small, "wamid.out1"));
    expect(api.texts()).toEqual(["interactive", "A small one costs 7."]);
    expect((await bot.inspect(ANA))?.conversation).toBe(null);
  });

  test("a tap that is delivered twice is answered once, in one webhook or in two", async () => {
    const { api, receive, now } = make();
    await receive(text("m1", now(), "hi"));
    const [small = ""] = buttons(api.requests[0]);
    await receive(tap("m2", now(), small), tap("m2", now(), small));
    await receive(tap("m2", now(), small));
    expect(api.texts()).toEqual(["interactive", "A small one costs 7."]);
  });

  test("the reminder comes when nothing was answered, once", async () => {
    const { api, receive, advance, now } = make();
    await receive(text("m1", now(), "hi"));
    await advance(59_999);
    expect(api.texts()).toEqual(["interactive"]);
    await advance(1);
    await advance(3_600_000);
    expect(api.texts()).toEqual(["interactive", "Still there?"]);
  });

  test("a message that comes while the host pays waits, and then begins a conversation of its own", async () => {
    let finish = (_price: number): void => {};
    const { bot, api, receive, now } = make(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    await receive(text("m1", now(), "hi"));
    const [small = ""] = buttons(api.requests[0]);
    await receive(tap("m2", now(), small));
    await receive(text("m3", now(), "hello?"));
    expect(api.texts()).toEqual(["interactive"]);
    finish(7);
    await bot.settle();
    expect(api.texts()).toEqual(["interactive", "A small one costs 7.", "interactive"]);
  });

  test.each([
    ["throws", () => Promise.reject(new Error("no"))],
    ["returns what is no number", () => "seven" as never],
  ])("an action that %s takes the way of failure", async (_what, pay) => {
    const { api, receive, now } = make(pay);
    await receive(text("m1", now(), "hi"));
    await receive(tap("m2", now(), buttons(api.requests[0])[0] ?? ""));
    expect(api.texts()).toEqual(["interactive", "That did not work.", "interactive"]);
  });

  test("an ask that could not be delivered goes out once more as numbered text", async () => {
    const { bot, api, receive, now } = make();
    await receive(text("m1", now(), "hi"));
    const failed = status("wamid.out1", now(), "failed", { errors: [{ code: 131_026, title: "undeliverable" }] });
    expect((await bot.fetch(post(webhook(change({ statuses: [failed] }))))).status).toBe(200);
    await bot.settle();
    expect(textOf(api.requests[1] ?? ({} as MessageRequest))).toMatch(
      /Which size\?[\s\S]*1[\s\S]*Small[\s\S]*2[\s\S]*Large/,
    );
    await receive(text("m2", now(), "2"));
    expect(api.texts().at(-1)).toBe("A large one costs 9.");
  });

  test("a tap on an earlier message re-opens its ask", async () => {
    const sizes: string[] = [];
    const { bot, api, receive, now } = make(({ size }) => {
      sizes.push(size);
      if (sizes.length === 1) throw new Error("no");
      return 9;
    });
    await receive(text("m1", now(), "hi"));
    const [small = "", large = ""] = buttons(api.requests[0]);
    await receive(tap("m2", now(), small));
    expect((await bot.inspect(ANA))?.conversation?.wait).toMatchObject({ kind: "ask", turn: 3 });
    await receive(tap("m3", now(), large));
    expect(sizes).toEqual(["small", "large"]);
    expect(api.texts()).toEqual(["interactive", "That did not work.", "interactive", "A large one costs 9."]);
  });

  test("an answer in several messages survives a restart between them, and is complete by its timer alone", async () => {
    const store = create();
    const first = make(undefined, { store, machine: gathering });
    await first.receive(text("m1", first.now(), "hi"));
    await first.receive(text("m2", first.now(), "sm"));
    await first.advance(9_000);
    await first.receive(text("m3", first.now(), "all"), text("m3", first.now(), "all"));
    // Nothing but the store goes over to the second process.
    const second = make(undefined, { store, machine: gathering, clock: first.clock });
    await second.advance(9_999);
    expect(second.api.texts()).toEqual([]);
    await second.advance(1);
    expect(second.api.texts()).toEqual(["A sm\nall one costs 9."]);
    await second.advance(60_000);
    expect(second.api.texts()).toEqual(["A sm\nall one costs 9."]);
  });

  test("the host's event starts a conversation", async () => {
    const { bot, api, receive, now } = make();
    await receive(text("m1", now(), "hi"));
    await receive(tap("m2", now(), buttons(api.requests[0])[0] ?? ""));
    await bot.trigger(ANA, "ready", {});
    await bot.settle();
    expect(api.texts().at(-1)).toBe("Your pizza is ready.");
  });
});
