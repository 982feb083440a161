/**
 * The same conversation in XState 5: an actor is restored from its persisted snapshot, gets one event, and is persisted.
 * Actions of the host are events of their own here too, so no promise is waited for.
 */

import { assign, createActor, type Snapshot, setup } from "xstate";
import type { ContactInfo, Effect, Event, Reply, Tapped, Value } from "../../packages/machine/src/index.ts";
import type { OutgoingMessage } from "../../packages/whatsapp/src/index.ts";
import { confirm, menu, type Order, type Pizza, size, text, welcome } from "./order-messages.ts";

interface Context extends Order {
  readonly machine: string;
  readonly turn: number;
  readonly locale: string;
  readonly contact: ContactInfo;
  readonly profile: { readonly visits: number };
  readonly lastUserAt: number | null;
  readonly reply: Reply | null;
  readonly pending: Readonly<Record<string, Value>>;
  readonly conversation: string;
  readonly sentAt: number;
  readonly wrong: number;
  readonly askTurn: number;
  readonly pizzas: readonly Pizza[];
  readonly tapped: Tapped | null;
}

type OrderEvent =
  | { readonly type: "message"; readonly event: Event & { kind: "message" }; readonly option: string }
  | { readonly type: "result"; readonly event: Event & { kind: "result" }; readonly value: Value };

const BLANK: Context = {
  machine: "0123456789abcdef",
  turn: 0,
  locale: "en",
  contact: { id: "", phone: null, name: null },
  profile: { visits: 0 },
  lastUserAt: null,
  reply: null,
  pending: {},
  conversation: "",
  sentAt: 0,
  wrong: 0,
  askTurn: 0,
  pizzas: [],
  tapped: null,
  size: "medium",
  count: 1,
};

/** What a turn sends; the actions put it here, since an actor's snapshot has no place for effects. */
interface Outbox {
  readonly effects: Effect[];
}

function heard(context: Context, event: OrderEvent): Partial<Context> {
  if (event.type !== "message") return { turn: context.turn + 1 };
  const { event: inbound, option } = event;
  const isText = inbound.message.type === "text";
  const reply: Reply = {
    kind: isText ? "text" : "tap",
    id: inbound.messageId,
    at: inbound.sentAt,
    text: isText ? option : null,
    option: isText ? null : option,
  };
  const { conversation, askTurn } = context;
  const tapped: Tapped | null = isText
    ? context.tapped
    : { conversation, turn: askTurn, option, at: inbound.sentAt, answeredAt: inbound.now };
  return { turn: context.turn + 1, lastUserAt: inbound.sentAt, contact: inbound.contact, reply, tapped };
}

function orderMachine(outbox: Outbox) {
  const send = (of: string, message: OutgoingMessage): void => {
    outbox.effects.push({ kind: "send", message, window: true, category: "service", of });
  };
  const tail = (context: Context): string => `#${context.conversation}.${context.turn.toString(36)}`;
  const option = (event: OrderEvent): string => (event.type === "message" ? event.option : "");
  const call = (context: Context, action: string, args: Readonly<Record<string, Value>>): void => {
    const { turn, conversation } = context;
    outbox.effects.push({
      kind: "action",
      call: action,
      armed: turn,
      action,
      args,
      timeoutMs: 10_000,
      once: action === "place",
      idempotencyKey: `${conversation}-${turn}`,
    });
  };
  return setup({
    types: { context: {} as Context, events: {} as OrderEvent },
    actions: {
      hear: assign(({ context, event }) => heard(context, event)),
      begin: assign(({ context, event }) => ({
        conversation: event.event.seed.slice(0, 6),
        profile: { visits: context.profile.visits + 1 },
      })),
      asked: assign(({ context, event }) => ({ askTurn: context.turn, sentAt: event.event.now, wrong: 0 })),
      wrong: assign(({ context }) => ({ wrong: context.wrong + 1 })),
      setMenu: assign(({ event }) =>
        event.type === "result" ? { pizzas: event.value as unknown as readonly Pizza[] } : {},
      ),
      setPizza: assign(({ context, event }) => {
        const pizza = context.pizzas.find(({ id }) => id === option(event));
        return pizza ? { pizza, pizzas: [] } : {};
      }),
      setSize: assign(({ event }) => ({ size: option(event) as Order["size"] })),
      setCount: assign(({ event }) => ({ count: Number(option(event)) })),
      askWelcome: ({ context }) => send("order.welcome", welcome(context.contact.name ?? "", tail(context))),
      askMenu: ({ context }) => send("order.choose", menu(context.pizzas, tail(context))),
      askSize: ({ context }) => send("order.size", size(tail(context))),
      askCount: () => send("order.count", text("How many?")),
      askConfirm: ({ context }) => send("order.confirm", confirm(context, tail(context))),
      callMenu: ({ context }) => call(context, "menu", {}),
      callPlace: ({ context: { pizza, size: chosen, count, ...context } }) =>
        call({ ...context, size: chosen, count }, "place", { pizza: { ...pizza }, size: chosen, count }),
      sayOven: ({ event }) => {
        const { number } = (event.type === "result" ? event.value : null) as { number: string };
        send("order.bake", text(`Order ${number} is in the oven.`));
      },
    },
    guards: {
      isOrder: ({ event }) => option(event) === "order",
      isPizza: ({ context, event }) => context.pizzas.some(({ id }) => id === option(event)),
      isSize: ({ event }) => ["small", "medium", "large"].includes(option(event)),
      isCount: ({ event }) => /^\d+$/.test(option(event)) && Number(option(event)) >= 1 && Number(option(event)) <= 20,
      isYes: ({ event }) => option(event) === "yes",
      isNo: ({ event }) => option(event) === "no",
      isBack: ({ event }) => option(event) === "back",
    },
  }).createMachine({
    id: "order",
    context: BLANK,
    initial: "idle",
    states: {
      idle: { on: { message: { target: "welcome", actions: ["hear", "begin"] } } },
      welcome: {
        entry: ["asked", "askWelcome"],
        on: {
          message: [
            { guard: "isOrder", target: "loading", actions: "hear" },
            { actions: ["hear", "asked", "askWelcome", "wrong"] },
          ],
        },
      },
      loading: { entry: "callMenu", on: { result: { target: "choose", actions: ["hear", "setMenu"] } } },
      choose: {
        entry: ["asked", "askMenu"],
        on: {
          message: [
            { guard: "isPizza", target: "size", actions: ["hear", "setPizza"] },
            { guard: "isBack", target: "welcome", actions: "hear" },
            { actions: ["hear", "asked", "askMenu", "wrong"] },
          ],
        },
      },
      size: {
        entry: ["asked", "askSize"],
        on: {
          message: [
            { guard: "isSize", target: "count", actions: ["hear", "setSize"] },
            { actions: ["hear", "asked", "askSize", "wrong"] },
          ],
        },
      },
      count: {
        entry: ["asked", "askCount"],
        on: {
          message: [
            { guard: "isCount", target: "confirm", actions: ["hear", "setCount"] },
            { actions: ["hear", "asked", "askCount", "wrong"] },
          ],
        },
      },
      confirm: {
        entry: ["asked", "askConfirm"],
        on: {
          message: [
            { guard: "isYes", target: "placing", actions: "hear" },
            { guard: "isNo", target: "welcome", actions: "hear" },
            { actions: ["hear", "asked", "askConfirm", "wrong"] },
          ],
        },
      },
      placing: { entry: "callPlace", on: { result: { target: "idle", actions: ["hear", "sayOven"] } } },
    },
  });
}

function optionOf(event: Event & { kind: "message" }): string {
  const { message } = event;
  if (message.type === "text") return message.text.body.trim().toLowerCase();
  if (message.type !== "interactive" || message.interactive.type !== "list_reply") return "";
  const { id } = message.interactive.list_reply;
  return id.slice(id.indexOf(":") + 1, id.lastIndexOf("#"));
}

function orderEventOf(event: Event): OrderEvent {
  if (event.kind === "message") return { type: "message", event, option: optionOf(event) };
  if (event.kind !== "result") throw new Error(`no ${event.kind} in this conversation`);
  return { type: "result", event, value: event.outcome.ok ? event.outcome.value : null };
}

export type XStateStep = (
  json: string | null,
  event: Event,
) => { readonly snapshot: string; readonly effects: readonly Effect[] };

export function createXStateStep(): XStateStep {
  const outbox: Outbox = { effects: [] };
  const machine = orderMachine(outbox);
  return (json, event) => {
    outbox.effects.length = 0;
    // What was persisted by this very machine.
    const actor =
      json === null ? createActor(machine) : createActor(machine, { snapshot: JSON.parse(json) as Snapshot<unknown> });
    actor.start();
    actor.send(orderEventOf(event));
    const snapshot = JSON.stringify(actor.getPersistedSnapshot());
    actor.stop();
    return { snapshot, effects: [...outbox.effects] };
  };
}
