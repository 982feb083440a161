import { hashMachine, validateMachine } from "@parley/machine";
import { expect, test } from "vitest";
import { HOUR, orderMachine, pizzas } from "./fixtures/order.ts";
import { drive, texts } from "./lib/drive.ts";

test("an order goes from hello to the oven", () => {
  const bot = drive(orderMachine());
  const [hello] = bot.says("hi");
  expect(hello).toMatchObject({ kind: "button", text: "Hello Ana!" });
  const conversation = bot.snapshot?.conversation?.id;
  expect(hello?.options["Order"]).toBe(`order.welcome:order#${conversation}.1`);
  expect(bot.taps("Order")).toEqual([]);
  expect(bot.actions.at(-1)).toMatchObject({ call: "order.choose.menu", action: "menu", args: {}, once: false });
  const [menu] = bot.result({ ok: true, value: pizzas(2) });
  expect(menu?.message).toEqual({
    type: "interactive",
    interactive: {
      type: "list",
      header: { type: "text", text: "Today" },
      body: { text: "Which pizza?" },
      action: {
        button: "See pizzas",
        sections: [
          {
            title: "Pizzas",
            rows: [
              { id: `order.choose:p1#${conversation}.3`, title: "Pizza 1", description: "Good" },
              { id: `order.choose:p2#${conversation}.3`, title: "Pizza 2", description: "Good" },
            ],
          },
          { title: "Else", rows: [{ id: `order.choose:back#${conversation}.3`, title: "Back" }] },
        ],
      },
    },
  });
  expect(texts(bot.taps("Pizza 2"))).toEqual(["What size?"]);
  expect(bot.vars()).toMatchObject({ pizza: { name: "Pizza 2" }, count: 1 });
  expect(bot.vars()).not.toHaveProperty("choose.pizzas");
  expect(texts(bot.taps("Large"))).toEqual(["How many?"]);
  expect(texts(bot.says("none"))).toEqual(["How many?"]);
  expect(texts(bot.says(" 3 "))).toEqual(["3 × Pizza 2, Large?"]);
  bot.taps("Yes");
  expect(bot.actions.at(-1)).toMatchObject({ once: true, args: { size: "large", count: 3, pizza: { id: "p2" } } });
  expect(texts(bot.result({ ok: true, value: { number: "17" } }))).toEqual(["Order 17 is in the oven."]);
  expect(bot.snapshot?.conversation).toBeNull();
  expect(bot.snapshot?.profile).toEqual({ visits: 1 });
  expect(bot.timers.size).toBe(0);
});

test("the reminder runs, the ask keeps waiting, the second time-out ends", () => {
  const bot = drive(orderMachine());
  bot.says("pizza");
  bot.result({ ok: true, value: pizzas(1) });
  expect(texts(bot.advance(2 * HOUR))).toEqual(["Still hungry?"]);
  expect(bot.ask()).toBe("order.choose");
  expect(bot.timers.get("after")?.due).toBe(bot.now + 18 * HOUR);
  expect(bot.advance(18 * HOUR)).toEqual([]);
  expect(bot.snapshot?.conversation).toBeNull();
});

test("the fixture is a valid machine with a hash", () => {
  const machine = orderMachine();
  validateMachine(machine);
  expect(hashMachine(machine)).toMatch(/^[0-9a-f]{16}$/);
});
