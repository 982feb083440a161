/** One conversation, from hello to the oven, as the events that each contender gets. */
import type { Effect, Event } from "../../packages/machine/src/index.ts";
import { pizzas } from "../../packages/machine/test/fixtures/order.ts";

const NOW = 1_764_000_000_000;

type Move = { readonly says: string } | { readonly taps: string } | { readonly result: unknown };

const MOVES: readonly Move[] = [
  { says: "hi" },
  { taps: "Order" },
  { result: pizzas(4) },
  { taps: "Pizza 2" },
  { taps: "Large" },
  { says: "how many can I have?" },
  { says: "3" },
  { taps: "Yes" },
  { result: { number: "17" } },
];

/** Turns of one conversation. */
export const TURNS: number = MOVES.length;

type Contender = (
  snapshot: string | null,
  event: Event,
) => { readonly snapshot: string; readonly effects: readonly Effect[] };

function titles(effects: readonly Effect[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const effect of effects) {
    if (effect.kind !== "send" || effect.message.type !== "interactive") continue;
    const { interactive } = effect.message;
    if (interactive.type === "button")
      for (const { reply } of interactive.action.buttons) ids.set(reply.title, reply.id);
    if (interactive.type === "list")
      for (const { rows } of interactive.action.sections) for (const { id, title } of rows) ids.set(title, id);
  }
  return ids;
}

/** Plays the conversation once and writes down the events; the ids that are tapped are the contender's own. */
export function record(contender: Contender): readonly Event[] {
  const events: Event[] = [];
  let snapshot: string | null = null;
  let effects: readonly Effect[] = [];
  for (const [i, move] of MOVES.entries()) {
    const event = eventOf(move, i, effects);
    events.push(event);
    ({ snapshot, effects } = contender(snapshot, event));
  }
  const end: unknown = JSON.parse(snapshot ?? "null");
  if (!JSON.stringify(effects).includes("Order 17 is in the oven.")) throw new Error("the conversation went astray");
  if (typeof end !== "object") throw new Error("no snapshot");
  return events;
}

function eventOf(move: Move, i: number, effects: readonly Effect[]): Event {
  const base = { id: `e${i}`, now: NOW + i * 60_000, seed: `${i}`.padStart(32, "5e") };
  if ("result" in move) {
    const action = effects.find((effect) => effect.kind === "action");
    if (!action) throw new Error("no action was called");
    const value = JSON.parse(JSON.stringify(move.result));
    return { ...base, kind: "result", call: action.call, armed: action.armed, outcome: { ok: true, value } };
  }
  const contact = { id: "8f14e45fceea167a5a36dedd4bea2543", phone: "393331234567", name: "Ana Conti" };
  const message = {
    ...base,
    kind: "message" as const,
    contact,
    messageId: `wamid.HBgLMzkzMzMxMjM0NTY3FQIAEhg${i}`,
    sentAt: base.now,
  };
  if ("says" in move) return { ...message, message: { type: "text", text: { body: move.says } } };
  const id = titles(effects).get(move.taps);
  if (id === undefined) throw new Error(`nothing to tap: ${move.taps}`);
  return {
    ...message,
    message: { type: "interactive", interactive: { type: "list_reply", list_reply: { id, title: move.taps } } },
  };
}
