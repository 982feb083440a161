/** Messages of the host, outside of every flow, and what became of any message. */
import { type OutgoingMessage, validateMessage } from "@parley/whatsapp";
import type { Core } from "../engine/core.ts";
import type { Job, Prepared } from "../engine/job.ts";
import type { Queue } from "../engine/queue.ts";
import { ArgumentError, WindowClosedError } from "../errors.ts";
import { digest } from "../hash.ts";
import type { Address, Find, Loaded, NewSend, SendRow } from "../store.ts";
import { windowIsOpen } from "../stores/rules.ts";
import { addressOfName, contactInfo, findOrMake } from "../turn/contact.ts";
import { freeFormMs } from "../turn/effects.ts";
import type { SendOptions, SendStatus } from "../types.ts";

const LONGEST_ID = 100;
const LONGEST_TTL_MS = 7 * 24 * 60 * 60 * 1000;

function checked({ id, ttlMs, policy }: SendOptions): void {
  if (id !== undefined && (id === "" || id.length > LONGEST_ID))
    throw new ArgumentError(`an id of a message has 1 to ${LONGEST_ID} characters`);
  if (ttlMs !== undefined && !(Number.isSafeInteger(ttlMs) && ttlMs >= 1_000 && ttlMs <= LONGEST_TTL_MS))
    throw new ArgumentError(`\`ttlMs\` must be a whole number from 1000 to ${LONGEST_TTL_MS}`);
  if (policy !== undefined && policy !== "atLeastOnce" && policy !== "atMostOnce")
    throw new ArgumentError("`policy` must be `atLeastOnce` or `atMostOnce`");
}

function valid(message: OutgoingMessage, now: number): void {
  const result = validateMessage(message, { nowMs: now });
  if (result.ok) return;
  throw new ArgumentError(`WhatsApp would refuse the message: ${result.errors[0].details}`);
}

function newSend(
  message: OutgoingMessage,
  options: SendOptions,
  of: string,
  windowMs: number | null,
  at: number,
): NewSend {
  const { replyTo, ttlMs } = options;
  return {
    turn: -1,
    index: 0,
    last: false,
    body: { kind: "message", message, ...(replyTo === undefined ? {} : { replyTo }) },
    windowMs,
    policy: options.policy ?? "atLeastOnce",
    of,
    ask: null,
    conversation: null,
    at,
    silent: true,
    ...(ttlMs === undefined ? {} : { lifeMs: ttlMs }),
  };
}

/** People answer in a chat that is handed off: the hand-off lasts on from here. */
function staying(loaded: Loaded, id: string, now: number): Pick<Prepared, "event"> {
  const { contact, snapshot } = loaded;
  if (!contact || snapshot?.conversation?.wait.kind !== "handoff") return {};
  const event = { kind: "echo", id: `echo/${id}`, contact: contactInfo(contact), sentAt: now, begins: false } as const;
  return { event };
}

/** What the store has for it, without any change. */
async function look(core: Core, find: Find): Promise<Loaded | undefined> {
  const [outcome] = await core.store.ingest<Loaded>([{ now: core.clock.now(), find }], {
    run: (_index, loaded) => ({ writes: [], result: loaded }),
    poison: (_index, _loaded, error) => {
      throw error;
    },
  });
  return outcome?.kind === "done" ? outcome.result : undefined;
}

/** The claim looks at the window again: it may close while the message waits for its turn. */
async function mayWrite(core: Core, address: Address, windowMs: number): Promise<void> {
  const loaded = await look(core, { by: "address", address });
  if (!loaded?.contact) throw new ArgumentError("nobody of this name has written: only a template can be sent");
  if (!windowIsOpen(windowMs, loaded.lastUserAt, core.clock.now()))
    throw new WindowClosedError("the window is closed: only a template can be sent");
}

/** Resolves with the message's id when the message is committed; see `Bot.send`. */
export async function sendMessage(
  core: Core,
  queue: Queue,
  contact: string,
  message: OutgoingMessage,
  options: SendOptions = {},
): Promise<string> {
  const now = core.clock.now();
  const address = addressOfName(core.phoneNumberId, contact);
  checked(options);
  valid(message, now);
  const windowMs = message.type === "template" ? null : freeFormMs(core.machines.newest);
  if (windowMs !== null) await mayWrite(core, address, windowMs);
  const id = options.id ?? crypto.randomUUID();
  const of = `host/${id}`;
  const job: Job = {
    what: "host",
    id: of,
    arrival: {
      now,
      dedupe: digest(32, core.phoneNumberId, "host", id),
      find: findOrMake(core, address),
    },
    prepare: (loaded): Prepared => ({
      writes: [{ kind: "send", send: newSend(message, options, of, windowMs, now) }],
      ...staying(loaded, id, now),
    }),
  };
  await queue.push([job]);
  return id;
}

function statusOf(row: SendRow): SendStatus {
  const { contact, wamid, of, ask, state, error, at } = row;
  return { contact: contact.id, wamid, of, ask, state, error, at };
}

/** Null for a message that is not known, or not any more. */
export async function statusOfMessage(core: Core, wamid: string): Promise<SendStatus | null> {
  const loaded = await look(core, { by: "send", wamid });
  return loaded?.send ? statusOf(loaded.send) : null;
}
