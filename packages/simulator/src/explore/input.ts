/** What can happen next in a conversation, as a test would write it. */

import {
  type AnswerDef,
  type AskDef,
  decodeWireId,
  type Machine,
  type TriggerDef,
  type Value,
  type ValueType,
} from "@parley/machine";
import type { InboundMessage } from "@parley/whatsapp";
import type { Doing, SentMedia } from "../record/doing.ts";
import { sampleOfPattern, samplesOf } from "./samples.ts";
import {
  answers,
  type Call,
  hears,
  hearsLate,
  hostSays,
  nextDue,
  releases,
  type Stepper,
  type Turned,
  type World,
  waitsUntil,
} from "./world.ts";

export type Input =
  | Exclude<Doing, { readonly kind: "taps" | "deliverTwice" | "deliverLate" | "failDelivery" }>
  /** `wire` is the id that the message on the phone carries. */
  | (Extract<Doing, { readonly kind: "taps" }> & { readonly wire: string })
  /** Shows the next page of a list; a test needs no step for it. */
  | { readonly kind: "turnsPage"; readonly wire: string };

/**
 * All that can happen next, each kind at its edges, the plainest first.
 *
 * @param before - Which options of asks before the one that waits: one of each ask, or all.
 */
export function inputsAt(machine: Machine, world: World, before: "one" | "all" = "one"): readonly Input[] {
  if (world.call) return outcomesOf(machine, world.call, world.now);
  const wait = world.snapshot?.conversation?.wait;
  const ask = wait?.kind === "ask" ? machine.asks[wait.id] : undefined;
  const due = nextDue(world);
  return [
    ...tapsOf(world, wait?.kind === "ask" ? wait.turn : undefined, before),
    ...(ask ? answersOf(machine, ask, world.now) : []),
    ...startsOf(machine, world),
    ...lateStartsOf(machine, world),
    ...(wait?.kind === "handoff" ? [{ kind: "release" } as const] : []),
    ...(due === undefined ? [] : [{ kind: "waits", ms: Math.ceil((due - world.now) / 1_000) * 1_000 } as const]),
    ...(ask ? wrongAnswersTo(ask) : []),
  ];
}

function outcomesOf(machine: Machine, { action }: Call, now: number): readonly Input[] {
  const def = machine.actions[action];
  const values = def?.result ? samplesOf(machine, def.result, now) : [null];
  const answered = values.map((value): Input => ({ kind: "answers", action, behaviour: "value", value }));
  if (def?.infallible) return answered;
  const failed = (["fails", "times out"] as const).map(
    (behaviour): Input => ({ kind: "answers", action, behaviour, value: null }),
  );
  return [...answered, ...failed];
}

/** Options of the asks that stand on the phone: all of the one that waits, and some of each older. */
function tapsOf(world: World, turn: number | undefined, before: "one" | "all"): readonly Input[] {
  const inputs: Input[] = [];
  const seen = new Set<string>();
  for (const { message } of world.tappable.toReversed()) {
    for (const wire of wireIdsIn(message)) {
      const id = decodeWireId(wire);
      if (!id) continue;
      const isWaiting = id.turn === turn;
      const key = before === "all" || isWaiting || id.option === undefined ? wire : `${id.ask} before`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (id.option !== undefined) inputs.push({ kind: "taps", ask: id.ask, option: id.option, wire });
      else if (isWaiting && id.page !== undefined) inputs.push({ kind: "turnsPage", wire });
    }
  }
  return inputs;
}

/** Ids of reply buttons, rows and quick replies, wherever they stand in a message. */
function wireIdsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === "string"
      ? (name === "id" || name === "payload") && decodeWireId(inner)
        ? [inner]
        : []
      : wireIdsIn(inner),
  );
}

function answersOf(machine: Machine, ask: AskDef, now: number): readonly Input[] {
  const texts = ask.texts.flatMap((one) => [
    ...one.texts.slice(0, 1),
    ...one.patterns.flatMap((p) => sampleOfPattern(p) ?? []),
  ]);
  return [...texts.map((text): Input => ({ kind: "says", text })), ...typedAnswers(machine, ask.answer, now)];
}

function typedAnswers(machine: Machine, answer: AnswerDef | undefined, now: number): readonly Input[] {
  if (!answer) return [];
  switch (answer.kind) {
    case "text":
    case "number":
    case "date":
    case "phone":
    case "url":
      return samplesOf(machine, answer.type, now).flatMap((value) => typedAs(value));
    case "email":
      return [{ kind: "says", text: "ana@example.com" }];
    case "location":
      return [{ kind: "sendsLocation", latitude: 45.46, longitude: 9.19 }];
    case "order":
      return [
        { kind: "sendsValue", what: "order", value: { items: [{ sku: "a", quantity: 1, price: 1, currency: "EUR" }] } },
      ];
    case "form":
    case "address":
      return formsOf(machine, answer.kind, answer.type, now);
    case "media":
      return (["image", "video", "audio", "document"] as const).map((what): Input => ({ kind: "sendsMedia", what }));
    default:
      return [{ kind: "sendsMedia", what: answer.kind }];
  }
}

function typedAs(value: Value): readonly Input[] {
  return typeof value === "string" || typeof value === "number" ? [{ kind: "says", text: String(value) }] : [];
}

function formsOf(
  machine: Machine,
  what: "form" | "address",
  type: ValueType | undefined,
  now: number,
): readonly Input[] {
  const values = type ? samplesOf(machine, type, now) : [{ name: "Ana" }];
  return values.map((value): Input => ({ kind: "sendsValue", what, value }));
}

/** A text that is none of the answers, and a picture where every text is one. */
function wrongAnswersTo({ answer, prompt }: AskDef): readonly Input[] {
  const isAnyText = answer?.kind === "text" && prompt.kind !== "options";
  const picture: Input = {
    kind: "sendsMedia",
    what: answer?.kind === "image" || answer?.kind === "media" ? "sticker" : "image",
  };
  return isAnyText ? [picture] : [{ kind: "says", text: "?!" }, ...(answer?.kind === "text" ? [picture] : [])];
}

/** What begins a conversation now, or comes between. */
function startsOf(machine: Machine, world: World): readonly Input[] {
  const isUnderWay = world.snapshot?.conversation != null;
  return Object.values(machine.flows).flatMap(({ triggers }) =>
    triggers.flatMap((trigger) => (isUnderWay && !comesBetween(trigger) ? [] : startOf(machine, trigger, world.now))),
  );
}

/** A day after it was written nothing may be answered any more but by templates. */
const A_DAY = 86_400_000;

function lateStartsOf(machine: Machine, world: World): readonly Input[] {
  const triggers = Object.values(machine.flows).flatMap((flow) => flow.triggers);
  if (world.snapshot?.conversation || !triggers.some(({ on }) => on.kind === "window_closed")) return [];
  return startsOf(machine, world).flatMap((input) =>
    input.kind === "says" ? [{ kind: "saysLate", text: input.text, ms: A_DAY } as const] : [],
  );
}

function comesBetween({ anytime, on }: TriggerDef): boolean {
  return anytime === true || on.kind === "event";
}

function startOf(machine: Machine, { on }: TriggerDef, now: number): readonly Input[] {
  switch (on.kind) {
    case "message":
      return [{ kind: "says", text: "hello" }];
    case "text":
      return [...on.texts.slice(0, 1), ...on.patterns.flatMap((pattern) => sampleOfPattern(pattern) ?? [])].map(
        (text): Input => ({ kind: "says", text }),
      );
    case "referral":
      return [{ kind: "opens", ad: on.source ?? "an ad" }];
    case "order":
      return [
        { kind: "sendsValue", what: "order", value: { items: [{ sku: "a", quantity: 1, price: 1, currency: "EUR" }] } },
      ];
    case "event":
      return eventsOf(machine, on.name, now);
    // A schedule runs by itself, `stale` by a tap, `window_closed` by a refusal.
    default:
      return [];
  }
}

function eventsOf(machine: Machine, name: string, now: number): readonly Input[] {
  const samples = Object.values(machine.events[name]?.params ?? {}).map((type) => samplesOf(machine, type, now));
  const plain = samples.map(([first]) => first ?? null);
  const edges = samples.flatMap((values, at) => values.slice(1).map((value) => plain.with(at, value)));
  return [plain, ...edges].map((args): Input => ({ kind: "event", name, args }));
}

/** What an input makes of a world. */
export function play(stepper: Stepper, world: World, input: Input): Turned {
  switch (input.kind) {
    case "reacts":
      return hears(stepper, world, { type: "reaction", reaction: { message_id: "wamid.0", emoji: input.emoji } });
    case "saysLate":
      return hearsLate(stepper, world, { type: "text", text: { body: input.text } }, input.ms);
    case "says":
      return hears(stepper, world, { type: "text", text: { body: input.text } });
    case "taps":
    case "turnsPage":
      return taps(stepper, world, input.wire);
    case "opens": {
      const referral = { source_id: input.ad, source_type: "ad", source_url: "https://fb.me/1" };
      return hears(stepper, world, { type: "text", text: { body: "Hello" } }, { referral });
    }
    case "sendsLocation": {
      const { latitude, longitude } = input;
      return hears(stepper, world, { type: "location", location: { latitude, longitude } });
    }
    case "sendsValue":
      return hears(stepper, world, valueMessage(input));
    case "sendsMedia":
      return hears(stepper, world, mediaMessage(input.what));
    case "waits":
      return waitsUntil(stepper, world, world.now + input.ms);
    case "event":
      return hostSays(stepper, world, input.name, input.args);
    case "release":
      return releases(stepper, world);
    case "answers": {
      const { call } = world;
      if (!call) throw new Error("no action was called");
      const failure = input.behaviour === "fails" ? "failed" : "timeout";
      const outcome =
        input.behaviour === "value"
          ? { ok: true as const, value: input.value }
          : ({ ok: false as const, failure } as const);
      return answers(stepper, world, call, outcome);
    }
  }
}

function taps(stepper: Stepper, world: World, wire: string): Turned {
  const id = decodeWireId(wire);
  const wait = world.snapshot?.conversation?.wait;
  const isWaiting = wait?.kind === "ask" && wait.turn === id?.turn;
  const copy = world.copies.find((one) => one.turn === id?.turn && one.conversation.id === id?.conversation);
  const message: InboundMessage = { type: "button", button: { payload: wire, text: "x" } };
  return hears(stepper, world, message, copy && !isWaiting ? { copy } : {});
}

function valueMessage({ what, value }: Extract<Input, { kind: "sendsValue" }>): InboundMessage {
  if (what !== "order") {
    const response = what === "form" ? value : { values: value };
    const reply = {
      name: what === "form" ? "flow" : "address_message",
      body: "Sent",
      response_json: JSON.stringify(response),
    };
    return { type: "interactive", interactive: { type: "nfm_reply", nfm_reply: reply } };
  }
  const { items } = value as unknown as {
    readonly items: readonly { sku: string; quantity: number; price: number; currency: string }[];
  };
  const product_items = items.map(({ sku, quantity, price, currency }) => ({
    product_retailer_id: sku,
    quantity,
    item_price: price,
    currency,
  }));
  return { type: "order", order: { catalog_id: "1", product_items } };
}

function mediaMessage(what: SentMedia): InboundMessage {
  if (what === "contact")
    return { type: "contacts", contacts: [{ name: { formatted_name: "Bo" }, phones: [{ phone: "+393330000002" }] }] };
  const media = { id: "1", mime_type: MIME_TYPES[what], sha256: "0".repeat(64) };
  return { type: what, [what]: media } as unknown as InboundMessage;
}

const MIME_TYPES = {
  image: "image/jpeg",
  video: "video/mp4",
  audio: "audio/ogg",
  document: "application/pdf",
  sticker: "image/webp",
} as const;
