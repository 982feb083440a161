/** A small pizzeria, compiled by hand: what the tests of this package need of a machine. */
import {
  type AskDef,
  type Expr,
  type FlowDef,
  type Instr,
  MACHINE_FORMAT,
  type Machine,
  type OptionDef,
  type Template,
  type TestDef,
  type TestPlace,
  type TestStep,
  type ValueType,
} from "@parley/machine";

const texts: Record<string, Record<string, Template>> = {};

/** A key of a text; `other` in Spanish. */
function text(key: string, template: string | Template, other?: string): string {
  const literal = (value: string | Template): Template => (typeof value === "string" ? [value] : value);
  texts[key] = { en: literal(template), ...(other === undefined ? {} : { es: [other] }) };
  return key;
}

function hole(e: Expr, source: string, as: "text" | "number" = "text"): Template[number] {
  return { e, as, source };
}

type At = (label: string) => number;
type Item = string | Instr | ((at: At) => Instr);

/** Code with labels; a label is a text, and stands for the instruction behind it. */
function assemble(items: readonly Item[]): { readonly code: readonly Instr[]; readonly at: At } {
  const labels = new Map<string, number>();
  let pc = 0;
  for (const item of items) {
    if (typeof item === "string") labels.set(item, pc);
    else pc += 1;
  }
  const at: At = (label) => {
    const found = labels.get(label);
    if (found === undefined) throw new Error(`no label ${label}`);
    return found;
  };
  const code = items.flatMap((item) => {
    if (typeof item === "string") return [];
    return [typeof item === "function" ? item(at) : item];
  });
  return { code, at };
}

const PIZZA: ValueType = {
  t: "record",
  fields: { id: { t: "text", max: 24 }, name: { t: "text", max: 24 }, price: { t: "number" } },
};
const PIZZAS: ValueType = { t: "list", of: PIZZA, min: 0, max: 30 };

const pizza: Expr = ["get", "pizza"];

const { code, at } = assemble([
  "welcome",
  { op: "ask", ask: "order.welcome" },
  "welcome next",
  { op: "send", message: "order.bye" },
  { op: "end" },
  "hours",
  { op: "send", message: "order.hours" },
  (l) => ({ op: "jump", to: l("welcome next") }),
  "choose",
  (l) => ({
    op: "action",
    id: "order.choose.menu",
    action: "menu",
    args: [],
    into: ["slot", "choose.pizzas"],
    fail: l("no menu"),
  }),
  { op: "ask", ask: "order.choose" },
  "choose next",
  { op: "go", state: "how_many" },
  "no menu",
  { op: "go", state: "sorry" },
  "set pizza",
  { op: "set", path: ["slot", "pizza"], value: ["get", "choose.p"] },
  (l) => ({ op: "jump", to: l("choose next") }),
  "reminder",
  { op: "send", message: "order.reminder" },
  { op: "keep" },
  "end",
  { op: "end" },
  "how_many",
  { op: "ask", ask: "order.how_many" },
  "how_many next",
  { op: "go", state: "where" },
  "to human",
  { op: "go", state: "human" },
  "where",
  { op: "ask", ask: "order.where" },
  "where next",
  (l) => ({
    op: "action",
    id: "order.where.place_order",
    action: "place_order",
    args: [pizza, ["get", "count"]],
    into: ["slot", "where.ticket"],
    fail: l("no order"),
  }),
  { op: "react", emoji: "👍" },
  { op: "send", message: "order.done" },
  { op: "end" },
  "no order",
  { op: "go", state: "sorry" },
  "sorry",
  { op: "send", message: "order.sorry" },
  { op: "go", state: "human" },
  "human",
  { op: "handoff", id: "order.human.handoff", queue: "order.queue" },
  "ready",
  { op: "ask", ask: "order.ready" },
  "ready next",
  { op: "end" },
  "to welcome",
  { op: "go", state: "welcome" },
  "to choose",
  { op: "go", state: "choose" },
  "where is it",
  { op: "send", message: "order.counter" },
  (l) => ({ op: "jump", to: l("ready next") }),
]);

const STATES = ["welcome", "choose", "how_many", "where", "sorry", "human", "ready"] as const;

function option(ask: string, id: string, title: string, to?: string, spanish?: string): OptionDef {
  return {
    kind: "option",
    id,
    title: text(`${ask}.option.${id}`, title, spanish),
    value: true,
    ...(to === undefined ? {} : { to: at(to) }),
  };
}

function ask(
  id: string,
  rest: Omit<AskDef, "id" | "flow" | "state" | "texts" | "after"> & Partial<Pick<AskDef, "after">>,
): AskDef {
  const [flow = "", state = ""] = id.split(".");
  return { id, flow, state, texts: [], after: [], ...rest };
}

const asks: readonly AskDef[] = [
  ask("order.welcome", {
    prompt: {
      kind: "options",
      layout: { en: "buttons", es: "buttons" },
      body: text("order.welcome.body", "Welcome! What can we do for you?", "¡Hola! ¿Qué quieres?"),
      sections: [
        {
          rows: [
            option("order.welcome", "order", "Order a pizza", "to choose", "Pedir una pizza"),
            option("order.welcome", "hours", "Opening hours", "hours", "Horario"),
          ],
        },
      ],
    },
    next: at("welcome next"),
  }),
  ask("order.choose", {
    prompt: {
      kind: "options",
      layout: { en: "pages", es: "pages" },
      body: text("order.choose.body", "Which pizza would you like?"),
      header: { kind: "text", text: text("order.choose.header", "Today's menu") },
      footer: { text: text("order.choose.footer", "All prices in euro") },
      open: text("order.choose.open", "See the pizzas"),
      more: text("order.choose.more", "More pizzas"),
      sections: [
        {
          title: text("order.choose.section", "Pizzas"),
          rows: [
            {
              kind: "for",
              slot: "choose.p",
              list: ["get", "choose.pizzas"],
              rows: [
                {
                  kind: "option",
                  id: { e: ["field", ["get", "choose.p"], "id"] },
                  title: text("order.choose.row", [hole(["field", ["get", "choose.p"], "name"], "p.name")]),
                  description: text("order.choose.row.description", [
                    hole(["field", ["get", "choose.p"], "price"], "p.price", "number"),
                    " euro",
                  ]),
                  to: at("set pizza"),
                },
              ],
            },
            option("order.choose", "back", "Back", "to welcome"),
          ],
        },
      ],
    },
    next: at("choose next"),
    after: [
      { ms: 7_200_000, to: at("reminder") },
      { ms: 72_000_000, to: at("end") },
    ],
    empty: at("no menu"),
  }),
  ask("order.how_many", {
    prompt: { kind: "text", body: text("order.how_many.body", "How many of them?") },
    answer: { kind: "number", type: { t: "range", min: 1, max: 20 } },
    into: ["slot", "count"],
    next: at("how_many next"),
    orElse: { text: text("order.how_many.else", "A number from 1 to 20, please."), retries: 1, to: at("to human") },
  }),
  ask("order.where", {
    prompt: { kind: "location", body: text("order.where.body", "Where shall we bring it?") },
    answer: { kind: "location" },
    into: ["slot", "place"],
    next: at("where next"),
  }),
  ask("order.ready", {
    prompt: {
      kind: "template",
      template: "order_ready",
      args: [
        ["get", "customer"],
        ["get", "ticket"],
      ],
      options: [option("order.ready", "where", "Where is it?", "where is it")],
    },
    next: at("ready next"),
  }),
];

const vars: FlowDef["vars"] = {
  pizza: { type: PIZZA },
  count: { type: { t: "range", min: 1, max: 20 }, init: 1 },
  place: { type: { t: "location" } },
  customer: { type: { t: "text", max: 60 } },
  ticket: { type: { t: "text", max: 20 } },
};

const order: FlowDef = {
  params: [],
  vars,
  lets: {
    "choose.pizzas": PIZZAS,
    "choose.p": PIZZA,
    "where.ticket": { t: "record", fields: { number: { t: "text", max: 20 } } },
  },
  triggers: [
    { on: { kind: "message" }, state: "welcome" },
    { on: { kind: "text", texts: ["menu"], patterns: [] }, state: "choose" },
    { on: { kind: "event", name: "order_ready", params: ["customer", "ticket"] }, state: "ready" },
    { on: { kind: "stale" }, state: "welcome" },
  ],
  states: Object.fromEntries(STATES.map((state) => [state, at(state)])),
  code,
};

function say(id: string, template: string | Template): Machine["messages"][string] {
  return { id, content: { kind: "text", body: text(id, template) } };
}

const messages = [
  say("order.bye", "See you soon!"),
  say("order.hours", "We bake every day from 11 to 23."),
  say("order.reminder", "Still hungry? The list above is waiting."),
  say("order.done", [
    hole(["get", "count"], "count", "number"),
    " × ",
    hole(["field", pizza, "name"], "pizza.name"),
    ": order ",
    hole(["field", ["get", "where.ticket"], "number"], "ticket.number"),
    " is in the oven.",
  ]),
  say("order.sorry", "The kitchen does not answer at the moment."),
  say("order.counter", [...["On the counter, order "], hole(["get", "ticket"], "ticket"), "."]),
];

text("order.queue", "counter");

function byKey<T>(items: readonly T[], key: (item: T) => string): Readonly<Record<string, T>> {
  return Object.fromEntries(items.map((item) => [key(item), item]));
}

export const PIZZERIA: Machine = {
  format: MACHINE_FORMAT,
  hash: "0123456789abcdef",
  name: "pizzeria",
  api: "v23.0",
  timezone: "Europe/Rome",
  locales: { default: "en", others: ["es"] },
  windowMarginMs: 300_000,
  idleMs: 259_200_000,
  quietMs: 300_000,
  enums: {},
  profile: {},
  actions: {
    menu: { params: {}, result: PIZZAS, timeoutMs: 10_000 },
    place_order: {
      params: { pizza: PIZZA, count: { t: "range", min: 1, max: 20 } },
      result: { t: "record", fields: { number: { t: "text", max: 20 } } },
      timeoutMs: 10_000,
      once: true,
    },
  },
  templates: {
    order_ready: {
      name: "order_ready",
      category: "utility",
      locales: ["en"],
      params: { name: { t: "text", max: 60 }, number: { t: "text", max: 20 } },
      header: [],
      body: ["name", "number"],
      options: [{ id: "where", title: "order.ready.option.where" }],
      texts: {
        body: text("template.order_ready.body", [
          "Hi ",
          hole(["get", "name"], "name"),
          ", your order ",
          hole(["get", "number"], "number"),
          " is ready.",
        ]),
      },
    },
  },
  events: { order_ready: { params: { customer: { t: "text", max: 60 }, ticket: { t: "text", max: 20 } } } },
  flows: { order },
  messages: byKey(messages, (message) => message.id),
  asks: byKey(asks, (one) => one.id),
  texts,
  builtin: {
    open: { en: "Options", es: "Opciones" },
    more: { en: "More", es: "Más" },
    numbered: { en: "Please answer with a number.", es: "Responde con un número." },
    error: { en: "Something went wrong.", es: "Algo falló." },
  },
  was: { flow: {}, state: {}, ask: {}, option: {}, var: {}, case: {} },
};

// ---------------------------------------------------------------- tests as data

let line = 0;

function place(source: string): TestPlace {
  line += 1;
  return { file: "order.test.flow", line, column: 3, source };
}

type Unplaced = TestStep extends infer S ? (S extends TestStep ? Omit<S, "at"> : never) : never;

/** A test in the pizzeria's flow; each step is on a line of its own. */
export function flowTest(title: string, ...steps: readonly Unplaced[]): TestDef {
  line = 0;
  const at = place(`test "${title}" in order`);
  return { title, flow: "order", at, steps: steps.map((step) => ({ ...step, at: place(step.kind) })) };
}

export const says = (said: string): Unplaced => ({ kind: "says", text: said });
export const taps = (name: string, of?: string): Unplaced => ({
  kind: "taps",
  option: name,
  ...(of === undefined ? {} : { of }),
});
export const advance = (hours: number): Unplaced => ({ kind: "advance", ms: hours * 3_600_000 });
export const expects = (
  sent: "text" | "buttons" | "list" | "location",
  containing?: string,
  withOption?: string,
): Unplaced => ({
  kind: "expect",
  what: {
    kind: "sent",
    sent,
    ...(containing === undefined ? {} : { containing }),
    ...(withOption === undefined ? {} : { option: withOption }),
  },
});
export const expectsEnd: Unplaced = { kind: "expect", what: { kind: "end" } };
export const expectsNothing: Unplaced = { kind: "expect", what: { kind: "nothing" } };
export const expectsHandoff: Unplaced = { kind: "expect", what: { kind: "handoff" } };
export const expectsState = (path: string): Unplaced => ({ kind: "expect", what: { kind: "state", path } });
export const expectsThat = (condition: Expr): Unplaced => ({ kind: "expect", what: { kind: "that", condition } });
export const expectsCall = (action: string, ...args: readonly Expr[]): Unplaced => ({
  kind: "expect",
  what: { kind: "call", action, args },
});
export const expectsTemplate = (template: string, containing?: string): Unplaced => ({
  kind: "expect",
  what: { kind: "template", template, ...(containing === undefined ? {} : { containing }) },
});
export const mocks = (action: string, value: Expr): Unplaced => ({ kind: "mock", action, behaviour: "value", value });
export const mockFails = (action: string): Unplaced => ({ kind: "mock", action, behaviour: "fails" });
export const mockTimesOut = (action: string): Unplaced => ({ kind: "mock", action, behaviour: "times out" });
export const sendsLocation: Unplaced = { kind: "sendsLocation", latitude: 45.46, longitude: 9.19 };
export const event = (name: string, ...args: readonly Expr[]): Unplaced => ({ kind: "event", name, args });

/** A menu of so many pizzas: p1 Pizza 1, p2 Pizza 2, … */
export function menu(count: number): Expr {
  const pizzas = Array.from(
    { length: count },
    (_, i): Expr => ["record", { id: `p${i + 1}`, name: `Pizza ${i + 1}`, price: 7.5 + i }],
  );
  return ["list", ...pizzas];
}
