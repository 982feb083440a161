import type { PricingCategory } from "@parley/whatsapp";
import type { MutableBubble } from "./bubble.ts";
import type { Clock } from "./clock.ts";
import { record, type WireFacts, type WireLog } from "./log.ts";
import type { Random } from "./random.ts";
import type { Bucket } from "./rates.ts";
import type { Companion, Contact, EmulatorEvent, EmulatorTemplate, Fault, WebhookTarget } from "./types.ts";
import type { Queue } from "./webhooks/queue.ts";
import type { SigningKeys } from "./webhooks/sign.ts";

export interface ContactState {
  readonly id: string;
  readonly phone?: string;
  readonly userId?: string;
  readonly username?: string;
  readonly name: string;
  readonly hidden: boolean;
  readonly reads: boolean;
  readonly onWhatsApp: boolean;
  lastWroteAt: number | undefined;
  typingUntil: number | undefined;
  readonly history: MutableBubble[];
  readonly failed: MutableBubble[];
  readonly pair: Bucket;
}

/** A message of either side, by its wamid. A reaction has no bubble of its own. */
export interface StoredMessage {
  readonly id: string;
  readonly contact: ContactState;
  readonly from: "business" | "user";
  readonly at: number;
  readonly bubble?: MutableBubble;
}

interface PendingFault {
  readonly fault: Fault;
  left: number;
}

/** What the API remembers of a message on its way to a phone. */
export interface Outgoing {
  readonly id: string;
  readonly contact: ContactState;
  readonly category: PricingCategory;
  /** Whether Meta charges for it. */
  readonly billable: boolean;
  readonly callbackData?: string;
}

interface Settings {
  readonly token: string | undefined;
  readonly phoneNumberId: string;
  readonly displayPhoneNumber: string;
  readonly wabaId: string;
  readonly rates: boolean;
  readonly unknownNumbers: "create" | "fail";
  readonly delays: { readonly sent: number; readonly delivered: number; readonly read: number | null };
}

/** All that an emulator is. Passed to every function; changed only through them. */
export interface Context {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
  readonly post: (request: Request) => Promise<Response>;
  webhook: WebhookTarget | undefined;
  readonly signingKeys: SigningKeys;
  readonly companion: Companion | undefined;
  readonly contacts: ContactState[];
  readonly messages: Map<string, StoredMessage>;
  /** By `name:language`. */
  readonly templates: Map<string, EmulatorTemplate>;
  readonly faults: PendingFault[];
  readonly throughput: Bucket;
  readonly queue: Queue;
  readonly log: WireLog;
  changes: number;
  readonly listeners: Set<(event: EmulatorEvent) => void>;
}

export function emit(ctx: Context, event: EmulatorEvent): void {
  for (const listener of ctx.listeners) listener(event);
}

/** Counts a change of `bubble`, and tells it. */
export function touch(ctx: Context, contact: ContactState, bubble: MutableBubble): void {
  bubble.changed = ++ctx.changes;
  emit(ctx, { kind: "bubble", contact: publicContact(contact), bubble });
}

export function writeLog(ctx: Context, facts: WireFacts): void {
  emit(ctx, { kind: "wire", entry: record(ctx.log, ctx.clock.now(), facts) });
}

export function publicContact(contact: ContactState): Contact {
  const { id, phone, name, userId, username, hidden, reads, onWhatsApp, lastWroteAt, typingUntil } = contact;
  return {
    id,
    name,
    hidden,
    reads,
    onWhatsApp,
    ...(phone === undefined ? {} : { phone }),
    ...(userId === undefined ? {} : { userId }),
    ...(username === undefined ? {} : { username }),
    ...(lastWroteAt === undefined ? {} : { lastWroteAt }),
    ...(typingUntil === undefined ? {} : { typingUntil }),
  };
}
