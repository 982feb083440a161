/**
 * The limit to compare with: the same conversation as a table of states and a loop of forty lines, written for it alone.
 * Its snapshot has the fields that ours has; it knows no calls, interruptions, time-outs, copies or locales.
 */
import type { ContactInfo, Effect, Event, Reply, Tapped, Value } from "../../packages/machine/src/index.ts";
import type { OutgoingMessage } from "../../packages/whatsapp/src/index.ts";
import { confirm, menu, type Order, type Pizza, size, text, welcome } from "./order-messages.ts";

interface TableSnapshot {
  v: 1;
  machine: string;
  turn: number;
  locale: string;
  contact: ContactInfo;
  profile: { visits: number };
  lastUserAt: number | null;
  reply: Reply | null;
  pending: Record<string, Value>;
  conversation: {
    id: string;
    frames: { flow: string; at: string; vars: Order & { pizzas?: readonly Pizza[]; ticket?: string } }[];
    wait: { kind: string; id: string; turn: number; sentAt: number; locale: string; wrong: number; afters: number };
  } | null;
  tapped?: Tapped;
}

interface State {
  readonly show: (s: TableSnapshot, order: Vars, tail: string) => OutgoingMessage;
  /** By option, or `*` for what is typed; null where the answer does not do. */
  readonly on: Readonly<Record<string, (s: TableSnapshot, vars: Vars, input: string) => string | null>>;
}

type Vars = NonNullable<TableSnapshot["conversation"]>["frames"][number]["vars"];

const TABLE: Readonly<Record<string, State>> = {
  "order.welcome": {
    show: (s, _, tail) => welcome(s.contact.name ?? "", tail),
    on: { order: () => "!menu", hours: () => "end" },
  },
  "order.choose": {
    show: (_, vars, tail) => menu(vars.pizzas ?? [], tail),
    on: {
      back: () => "order.welcome",
      "*": (_, vars, input) => {
        const pizza = vars.pizzas?.find(({ id }) => id === input);
        if (!pizza) return null;
        Object.assign(vars, { pizza, pizzas: undefined });
        return "order.size";
      },
    },
  },
  "order.size": {
    show: (_, __, tail) => size(tail),
    on: {
      "*": (_, vars, input) => {
        if (input !== "small" && input !== "medium" && input !== "large") return null;
        Object.assign(vars, { size: input });
        return "order.count";
      },
    },
  },
  "order.count": {
    show: () => text("How many?"),
    on: {
      "*": (_, vars, input) => {
        const count = Number(input);
        if (!Number.isInteger(count) || count < 1 || count > 20) return null;
        Object.assign(vars, { count });
        return "order.confirm";
      },
    },
  },
  "order.confirm": {
    show: (_, vars, tail) => confirm(vars, tail),
    on: { yes: () => "!place", no: () => "order.welcome" },
  },
};

function begin(event: Event): TableSnapshot {
  const contact = event.kind === "message" ? event.contact : { id: "", phone: null, name: null };
  return {
    v: 1,
    machine: "0123456789abcdef",
    turn: 0,
    locale: "en",
    contact,
    profile: { visits: 0 },
    lastUserAt: null,
    reply: null,
    pending: {},
    conversation: null,
  };
}

function inputOf(event: Event & { kind: "message" }, s: TableSnapshot): string {
  const { message } = event;
  if (message.type === "text") return message.text.body.trim().toLowerCase();
  if (message.type !== "interactive" || message.interactive.type !== "list_reply") return "";
  const { id } = message.interactive.list_reply;
  const [name = "", tail = ""] = id.split("#");
  const [conversation = "", turn = ""] = tail.split(".");
  const wait = s.conversation?.wait;
  if (conversation !== s.conversation?.id || turn !== wait?.turn.toString(36)) return "";
  const option = name.slice(name.indexOf(":") + 1);
  s.tapped = { conversation, turn: wait.turn, option, at: event.sentAt, answeredAt: event.now };
  return option;
}

function hear(s: TableSnapshot, event: Event & { kind: "message" }, input: string): void {
  s.lastUserAt = event.sentAt;
  s.contact = event.contact;
  const isText = event.message.type === "text";
  s.reply = {
    kind: isText ? "text" : "tap",
    id: event.messageId,
    at: event.sentAt,
    text: isText ? input : null,
    option: isText ? null : input,
  };
}

function go(s: TableSnapshot, to: string, event: Event, effects: Effect[]): void {
  const conversation = s.conversation;
  if (!conversation) return;
  const [frame] = conversation.frames;
  if (!frame) return;
  if (to === "end") {
    s.conversation = null;
    return;
  }
  if (to.startsWith("!")) {
    const action = to.slice(1);
    const { pizza, size: chosen, count } = frame.vars;
    const args: Record<string, Value> = action === "menu" ? {} : { pizza: { ...pizza }, size: chosen, count };
    conversation.wait = { ...conversation.wait, kind: "action", id: to, turn: s.turn };
    effects.push({
      kind: "action",
      call: to,
      armed: s.turn,
      action,
      args,
      timeoutMs: 10_000,
      once: action === "place",
      idempotencyKey: `${conversation.id}-${s.turn}`,
    });
    return;
  }
  const state = TABLE[to];
  if (!state) return;
  frame.at = to;
  conversation.wait = { kind: "ask", id: to, turn: s.turn, sentAt: event.now, locale: "en", wrong: 0, afters: 0 };
  const message = state.show(s, frame.vars, `#${conversation.id}.${s.turn.toString(36)}`);
  effects.push({ kind: "send", message, window: true, category: "service", of: to });
}

function takeResult(s: TableSnapshot, event: Event & { kind: "result" }, effects: Effect[]): void {
  const vars = s.conversation?.frames[0]?.vars;
  const { outcome } = event;
  if (!vars || !outcome.ok || event.armed !== s.conversation?.wait.turn) return;
  // The host's actions give exactly these.
  if (event.call === "!menu") {
    Object.assign(vars, { pizzas: outcome.value });
    return go(s, "order.choose", event, effects);
  }
  const { number } = outcome.value as { number: string };
  effects.push({
    kind: "send",
    message: text(`Order ${number} is in the oven.`),
    window: true,
    category: "service",
    of: "bake",
  });
  s.conversation = null;
}

export function tableStep(
  json: string | null,
  event: Event,
): { readonly snapshot: string; readonly effects: readonly Effect[] } {
  const s: TableSnapshot = json === null ? begin(event) : JSON.parse(json);
  const effects: Effect[] = [];
  s.turn++;
  if (event.kind === "result") takeResult(s, event, effects);
  if (event.kind === "message") {
    const input = inputOf(event, s);
    hear(s, event, input);
    const wait = s.conversation?.wait;
    const frame = s.conversation?.frames[0];
    if (!wait || !frame) {
      s.profile.visits++;
      s.conversation = {
        id: event.seed.slice(0, 6),
        frames: [{ flow: "order", at: "", vars: { size: "medium", count: 1 } }],
        wait: { kind: "", id: "", turn: 0, sentAt: 0, locale: "en", wrong: 0, afters: 0 },
      };
      go(s, "order.welcome", event, effects);
    } else {
      const on = TABLE[wait.id]?.on ?? {};
      const to = (on[input] ?? on["*"])?.(s, frame.vars, input) ?? null;
      const wrong = wait.wrong + 1;
      go(s, to ?? wait.id, event, effects);
      if (to === null && s.conversation) s.conversation.wait.wrong = wrong;
    }
  }
  return { snapshot: JSON.stringify(s), effects };
}
