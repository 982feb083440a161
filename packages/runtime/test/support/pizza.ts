/** A small machine for the real interpreter: asks a size, reminds once, lets the host pay, says what came of it. */
import { MACHINE_FORMAT, type Machine, type TextKey } from "@parley/machine";

const WORDS: Readonly<Record<string, string>> = {
  which: "Which size?",
  small: "Small",
  large: "Large",
  hurry: "Still there?",
  failed: "That did not work.",
  ready: "Your pizza is ready.",
};

function option(id: string): { kind: "option"; id: string; title: TextKey; value: true } {
  return { kind: "option", id, title: id, value: true };
}

export const pizza: Machine = {
  format: MACHINE_FORMAT,
  hash: "0123456789abcdef",
  name: "pizza",
  api: "v23.0",
  timezone: "UTC",
  locales: { default: "en", others: [] },
  windowMarginMs: 300_000,
  idleMs: 259_200_000,
  quietMs: 300_000,
  enums: {},
  profile: {},
  actions: { pay: { params: { size: { t: "text", max: 20 } }, result: { t: "number" }, timeoutMs: 10_000 } },
  templates: {},
  events: { ready: { params: {} } },
  flows: {
    order: {
      params: [],
      vars: { size: { type: { t: "text", max: 200 } }, price: { type: { t: "number" } } },
      lets: {},
      triggers: [
        { on: { kind: "message" }, state: "start" },
        { on: { kind: "event", name: "ready", params: [] }, state: "ready" },
      ],
      states: { start: 0, ready: 8 },
      code: [
        { op: "ask", ask: "order.start" },
        {
          op: "action",
          id: "order.start.pay",
          action: "pay",
          args: [["get", "size"]],
          into: ["slot", "price"],
          fail: 4,
        },
        { op: "send", message: "order.start~1" },
        { op: "end" },
        { op: "send", message: "order.start~2" },
        { op: "go", state: "start" },
        { op: "send", message: "order.start~3" },
        { op: "keep" },
        { op: "send", message: "order.ready~1" },
        { op: "end" },
      ],
    },
  },
  messages: {
    "order.start~1": { id: "order.start~1", content: { kind: "text", body: "paid" } },
    "order.start~2": { id: "order.start~2", content: { kind: "text", body: "failed" } },
    "order.start~3": { id: "order.start~3", content: { kind: "text", body: "hurry" } },
    "order.ready~1": { id: "order.ready~1", content: { kind: "text", body: "ready" } },
  },
  asks: {
    "order.start": {
      id: "order.start",
      flow: "order",
      state: "start",
      prompt: {
        kind: "options",
        layout: { en: "buttons" },
        body: "which",
        sections: [{ rows: [option("small"), option("large")] }],
      },
      into: ["slot", "size"],
      next: 1,
      texts: [],
      after: [{ ms: 60_000, to: 6 }],
    },
  },
  texts: {
    ...Object.fromEntries(Object.entries(WORDS).map(([key, words]) => [key, { en: [words] }])),
    paid: {
      en: [
        "A ",
        { e: ["get", "size"], as: "text", source: "{size}" },
        " one costs ",
        { e: ["get", "price"], as: "number", source: "{price}" },
        ".",
      ],
    },
  },
  builtin: { open: { en: "Open" }, more: { en: "More" }, numbered: { en: "Number" }, error: { en: "Sorry" } },
  was: { flow: {}, state: {}, ask: {}, option: {}, var: {}, case: {} },
};
