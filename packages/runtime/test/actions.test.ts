import { describe, expect, test } from "vitest";
import { sqliteStore } from "../src/sqlite.ts";
import { memoryStore } from "../src/stores/memory.ts";
import type { ActionContext } from "../src/types.ts";
import { logOf } from "./support/fake-step.ts";
import { rig } from "./support/rig.ts";
import { ANA, sender, text } from "./support/webhooks.ts";

describe.each([
  ["memory", memoryStore],
  ["sqlite", () => sqliteStore(":memory:")],
] as const)("on %s", (_name, create) => {
  test("an action's result comes back as an event", async () => {
    const calls: (readonly [object, ActionContext])[] = [];
    const pay = (args: object, context: ActionContext): string => {
      calls.push([args, context]);
      return "paid";
    };
    const { says, api, events, inspect } = rig({ store: create(), pay });
    await says("act");
    expect(api.texts()).toEqual(['result "paid"']);
    const contact = (await inspect())?.contact.id ?? "";
    expect(calls).toMatchObject([[{}, { idempotencyKey: `${contact}/1`, contact }]]);
    expect(events.find(({ kind }) => kind === "action")).toEqual({
      kind: "action",
      contact,
      action: "pay",
      args: {},
      outcome: "ok",
    });
  });

  test.each([
    ["throws", () => Promise.reject(new Error("no"))],
    ["returns what does not fit its type", () => 17],
    ["returns what is no JSON", () => () => 1],
    ["returns nothing where a value is declared", () => undefined],
  ])("an action that %s has failed", async (_what, pay) => {
    const { says, api } = rig({ store: create(), pay });
    await says("act");
    expect(api.texts()).toEqual(["result failed"]);
  });

  test("an action that takes too long is aborted, and what it returns later counts for nothing", async () => {
    let finish = (_value: string): void => {};
    let aborted = false;
    const pay = (_args: object, { signal }: ActionContext): Promise<string> => {
      signal.addEventListener("abort", () => {
        aborted = true;
      });
      return new Promise((resolve) => {
        finish = resolve;
      });
    };
    const { says, api, bot, clock, advance, settle } = rig({ store: create(), pay });
    await says("act");
    expect(await bot.nextDue()).toBe(clock.now() + 10_000);
    await advance(9_999);
    expect([aborted, api.texts()]).toEqual([false, []]);
    await advance(1);
    expect([aborted, api.texts()]).toEqual([true, ["result timeout"]]);
    finish("paid");
    await settle();
    expect(api.texts()).toEqual(["result timeout"]);
  });

  test("of an action that runs once and takes too long nobody knows what it did", async () => {
    const { says, api, advance } = rig({ store: create(), charge: () => new Promise(() => {}) });
    await says("charge");
    await advance(10_000);
    expect(api.texts()).toEqual(["result unknown"]);
  });

  test("messages that come while an action runs wait for its end, in their order", async () => {
    let finish = (_value: string): void => {};
    const pay = (): Promise<string> =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const { says, api, settle, inspect, store } = rig({ store: create(), pay });
    await says("act", "m1");
    await says("hello", "m2");
    await says("hello", "m2");
    await says("there", "m3");
    expect([api.texts(), (await store.stats()).held]).toEqual([[], 2]);
    finish("paid");
    await settle();
    expect(api.texts()).toEqual(['result "paid"', "echo hello", "echo there"]);
    expect(logOf(await inspect())).toEqual(["m1", expect.stringMatching(/^result\//), "m2", "m3"]);
    expect((await store.stats()).held).toBe(0);
  });

  test("a held message that begins another action makes the ones behind it wait on", async () => {
    const finish: ((value: string) => void)[] = [];
    const pay = (): Promise<string> => new Promise((resolve) => finish.push(resolve));
    const { says, api, settle, store } = rig({ store: create(), pay });
    for (const body of ["act", "act", "hello"]) await says(body);
    finish[0]?.("one");
    await settle();
    expect([api.texts(), (await store.stats()).held]).toEqual([['result "one"'], 1]);
    finish[1]?.("two");
    await settle();
    expect(api.texts()).toEqual(['result "one"', 'result "two"', "echo hello"]);
  });

  test("held messages that throw are filed by themselves, apologised for once, and hold back nothing", async () => {
    let finish = (_value: string): void => {};
    const pay = (): Promise<string> =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const { says, api, settle, events, store } = rig({ store: create(), pay });
    for (const body of ["act", "boom", "hello", "boom"]) await says(body);
    finish("paid");
    await settle();
    expect(api.texts()).toEqual(['result "paid"', "Sorry", "echo hello"]);
    expect(events.filter(({ kind }) => kind === "dead-letter").length).toBe(2);
    expect([(await store.stats()).held, (await store.filed(9)).map(({ event }) => event?.kind)]).toEqual([
      0,
      ["message", "message"],
    ]);
    await says("there");
    expect(api.texts().at(-1)).toBe("echo there");
  });

  test("a result whose turn throws is filed, and the conversation goes on as after a failure", async () => {
    const { says, api, events } = rig({ store: create(), pay: () => "boom" });
    await says("act");
    expect(api.texts()).toEqual(["result failed", "Sorry"]);
    expect(events.filter(({ kind }) => kind === "dead-letter").length).toBe(1);
    await says("hello");
    expect(api.texts().at(-1)).toBe("echo hello");
  });

  test("after the process died an action is run again with the same key, one that runs once is unknown", async () => {
    const store = create();
    const keys: string[] = [];
    const hang = (_args: object, context: ActionContext): Promise<never> => {
      keys.push(context.idempotencyKey);
      return new Promise(() => {});
    };
    const first = rig({ store, pay: hang, charge: hang });
    await first.says("act");
    const ben = { waId: "16505550000" };
    await first.receive({ contacts: [sender(ben)], messages: [text("b", first.clock.now(), "charge", ben)] });
    await first.settle();
    const second = rig({
      store,
      clock: first.clock,
      api: first.api,
      pay: (_args, context) => {
        keys.push(context.idempotencyKey);
        return "paid";
      },
      charge: () => {
        throw new Error("ran twice");
      },
    });
    await second.settle();
    expect(first.api.texts().toSorted()).toEqual(['result "paid"', "result unknown"]);
    expect(keys.length).toBe(3);
    expect(keys[2]).toBe(keys[0]);
    expect(ANA).toBeTruthy();
  });
});
