/** People with phones: they tap and type what they like, when they like, and some of them change their number. */
import type { MessageRequest } from "@parley/whatsapp";
import { type From, message, sender } from "../support/webhooks.ts";
import { POISON } from "./process.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";
import type { Item } from "./whatsapp.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Shown {
  readonly wamid: string;
  readonly buttons: readonly {
    readonly id: string;
    readonly title: string;
    readonly kind: "reply" | "row" | "template";
  }[];
}

export interface Phone {
  readonly name: string;
  waId: string;
  readonly userId: string;
  /** What its webhooks say of it. */
  readonly shows: "number" | "both" | "id";
  lastWrote: number;
  readonly shown: Shown[];
}

export interface People {
  /** Ids of messages that make the interpreter throw. */
  readonly poison: ReadonlySet<string>;
  readonly phones: readonly Phone[];
  readonly show: (to: string, wamid: string, request: MessageRequest) => void;
  readonly lastWrote: (to: string) => number;
  /** Does one thing, now. */
  readonly act: (phone: Phone) => void;
}

const WORDS = ["hi", "2", "seven", "stop", "no", "a longer text, with é and 🍕", "hello?", "yes"];

function buttonsOf(request: MessageRequest): Shown["buttons"] {
  if (request.type === "template") {
    const components = (request.template.components ?? []) as readonly {
      readonly type: string;
      readonly parameters?: readonly { readonly payload?: string }[];
    }[];
    return components.flatMap(({ type, parameters = [] }) =>
      type === "button"
        ? parameters.flatMap(({ payload }) =>
            payload === undefined ? [] : [{ id: payload, title: "x", kind: "template" as const }],
          )
        : [],
    );
  }
  if (request.type !== "interactive") return [];
  const { interactive } = request;
  if (interactive.type === "button")
    return interactive.action.buttons.map(({ reply }) => ({
      id: reply.id,
      title: reply.title,
      kind: "reply" as const,
    }));
  if (interactive.type === "list")
    return interactive.action.sections.flatMap(({ rows }) =>
      rows.map(({ id, title }) => ({ id, title, kind: "row" as const })),
    );
  return [];
}

function contentOf(random: Random, phone: Phone): object {
  const shown = phone.shown.length > 0 && random.chance(0.75) ? phone.shown : [];
  const of = random.chance(0.8) ? shown.at(-1) : shown.length > 0 ? random.pick(shown) : undefined;
  if (of && of.buttons.length > 0) {
    const { id, title, kind } = random.pick(of.buttons);
    const context = { from: "15550783881", id: of.wamid };
    if (kind === "template") return { type: "button", button: { payload: id, text: title }, context };
    const answer = { id, title };
    return kind === "reply"
      ? { type: "interactive", interactive: { type: "button_reply", button_reply: answer }, context }
      : { type: "interactive", interactive: { type: "list_reply", list_reply: answer }, context };
  }
  if (random.chance(0.02)) return { type: "text", text: { body: POISON } };
  if (random.chance(0.05))
    return { type: "reaction", reaction: { message_id: of?.wamid ?? "wamid.none", emoji: "👍" } };
  const quoted = of && random.chance(0.2) ? { context: { from: "15550783881", id: of.wamid } } : {};
  return { type: "text", text: { body: random.pick(WORDS) }, ...quoted };
}

function fromOf({ shows, waId, userId }: Phone): From {
  return { ...(shows === "id" ? {} : { waId }), ...(shows === "number" ? {} : { userId }) };
}

export interface PeopleOptions {
  readonly random: Random;
  readonly time: Timeline;
  readonly count: number;
  readonly tell: (item: Item, ms: number) => void;
  readonly calm: () => boolean;
}

function phoneOf(random: Random, index: number): Phone {
  return {
    name: `p${index}`,
    waId: `1650555${1000 + index}`,
    userId: `US.${1000000 + index}`,
    shows: random.pick(["number", "number", "both", "id"] as const),
    lastWrote: 0,
    shown: [],
  };
}

/** How long WhatsApp keeps a message to itself: mostly not at all, seldom for days. */
function lateness({ random, calm }: PeopleOptions): number {
  if (calm() || random.chance(0.9)) return random.around(500);
  return random.chance(0.8) ? random.around(HOUR) : random.next() * 10 * 24 * HOUR;
}

export function createPeople(options: PeopleOptions): People {
  const { random, time, tell, count } = options;
  const phones = Array.from({ length: count }, (_, index) => phoneOf(random, index));
  const poison = new Set<string>();
  let messages = 0;
  let numbers = count;
  const write = (phone: Phone, content: object, from: From, more: Partial<Item> = {}): void => {
    messages += 1;
    const id = `wamid.in${messages}`;
    if (JSON.stringify(content).includes(`"${POISON}"`)) poison.add(id);
    const sentAt = Math.floor(time.now() / 1000) * 1000;
    tell(
      {
        value: { contacts: [sender(from)], messages: [message(id, sentAt, content, from)] },
        message: id,
        sentAt,
        contact: phone.name,
        ...more,
      },
      lateness(options),
    );
  };
  const find = (to: string): Phone | undefined => phones.find(({ waId, userId }) => waId === to || userId === to);
  const people: People = {
    poison,
    phones,
    show: (to, wamid, request) => find(to)?.shown.push({ wamid, buttons: buttonsOf(request) }),
    lastWrote: (to) => find(to)?.lastWrote ?? Number.POSITIVE_INFINITY,
    act: (phone) => {
      if (phone.shows === "number" && random.chance(0.01)) {
        const before = phone.waId;
        numbers += 1;
        phone.waId = `1650555${1000 + numbers}`;
        const system = { body: "changed", type: "user_changed_number", wa_id: phone.waId };
        tell(
          {
            value: {
              contacts: [sender({ waId: before })],
              messages: [message(`wamid.sys${numbers}`, time.now(), { type: "system", system }, { waId: before })],
            },
          },
          0,
        );
        return;
      }
      phone.lastWrote = time.now();
      const content = contentOf(random, phone);
      write(phone, content, fromOf(phone));
      // Nobody waits for an answer before writing on.
      if (random.chance(0.2)) time.after(random.around(3_000), () => people.act(phone));
      // Fingers are quick: the same tap twice is two messages.
      if (random.chance(0.05)) write(phone, content, fromOf(phone));
    },
  };
  return people;
}
