import type { JsonObject, PricingCategory } from "@parley/whatsapp";
import type { MutableBubble } from "./bubble.ts";
import type { Clock } from "./clock.ts";
import { record, type WireFacts, type WireLog } from "./log.ts";
import type { Random } from "./random.ts";
import type { Bucket } from "./rates.ts";
import type {
  Batching,
  BusinessProfile,
  Companion,
  Contact,
  Device,
  EmulatorEvent,
  EmulatorTemplate,
  Fault,
  WebhookTarget,
} from "./types.ts";
import type { Batch } from "./webhooks/batch.ts";
import type { Queue } from "./webhooks/queue.ts";
import type { Sign } from "./webhooks/sign.ts";

export interface ContactState {
  /** Changes with the number. */
  id: string;
  phone: string | undefined;
  userId: string | undefined;
  username: string | undefined;
  name: string;
  hidden: boolean;
  reads: boolean;
  onWhatsApp: boolean;
  devices: readonly Device[];
  online: boolean;
  blocks: boolean;
  blocked: boolean;
  marketing: boolean;
  identityKey: string | undefined;
  lastWroteAt: number | undefined;
  typingUntil: number | undefined;
  /** When the user came from an ad; from the answer on, what is sent is free until `freeUntil`. */
  adAt: number | undefined;
  freeUntil: number | undefined;
  /** When the business asked for permission to call, oldest first. */
  readonly callRequests: number[];
  /** Deliveries that wait for the phone to be online. */
  readonly waiting: { readonly until: number; readonly run: () => void }[];
  /** Lets go a webhook that was held back to come after the next one. */
  held: (() => void) | undefined;
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

export interface PendingFault {
  readonly fault: Fault;
  left: number;
  /** Of a rate: one stream of draws for each contact, so that contacts do not disturb each other. */
  readonly draws: Map<string, Random>;
  readonly seed: string;
}

/** A file of either side, in memory. */
export interface StoredMedia {
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mimeType: string;
  /** Hex digits. */
  readonly sha256: string;
  /** Ms since 1970. */
  readonly expiresAt: number;
  deleted: boolean;
}

export interface Call {
  readonly id: string;
  readonly contact: ContactState;
  state: "ringing" | "talking" | "over";
  since: number;
}

export type OrderStatus = "pending" | "processing" | "partially_shipped" | "shipped" | "completed" | "canceled";

/** An order that a user is asked to pay. */
export interface Order {
  readonly reference: string;
  readonly contact: ContactState;
  /** The message that asks for the payment. */
  readonly bubble: MutableBubble;
  readonly currency: string;
  readonly amount: Money;
  /** Ms since 1970; absent: it can be paid at any time. */
  readonly expiresAt?: number;
  status: OrderStatus;
  readonly transactions: Transaction[];
}

/** `value / offset` of the currency. */
type Money = { readonly value: number; readonly offset: number };

/** As WhatsApp tells it. */
export type Transaction = JsonObject & { readonly status: "success" | "failed" };

/** What the API remembers of a message on its way to a phone. */
export interface Outgoing {
  readonly id: string;
  readonly contact: ContactState;
  readonly category: PricingCategory;
  readonly price: "regular" | "free_customer_service" | "free_entry_point";
  readonly callbackData?: string;
  /** Hash of the user's identity that the business relied on. */
  readonly identityKey?: string;
}

export interface Settings {
  readonly token: string | undefined;
  readonly phoneNumberId: string;
  readonly displayPhoneNumber: string;
  readonly wabaId: string;
  readonly rates: boolean;
  readonly unknownNumbers: "create" | "fail";
  readonly delays: { readonly sent: number; readonly delivered: number; readonly read: number | null };
  readonly seed: string;
  readonly batching: Batching | null;
  readonly unknownMedia: "accept" | "refuse";
  readonly compliance: boolean;
  readonly coexistence: boolean;
}

/** All that an emulator is. Passed to every function; changed only through them. */
export interface Context {
  settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
  readonly post: (request: Request) => Promise<Response>;
  webhook: WebhookTarget | undefined;
  readonly sign: Sign;
  readonly companion: Companion | undefined;
  readonly contacts: ContactState[];
  readonly messages: Map<string, StoredMessage>;
  /** Voice messages that arrived and nobody has listened to. */
  readonly unplayed: Map<string, Outgoing>;
  /** By `name:language`. */
  readonly templates: Map<string, EmulatorTemplate>;
  readonly faults: PendingFault[];
  /** Faults so far: each has draws of its own. */
  injected: number;
  profile: BusinessProfile;
  readonly media: Map<string, StoredMedia>;
  /** Under which the last request found this emulator. */
  origin: string;
  readonly calls: Map<string, Call>;
  /** By their references. */
  readonly orders: Map<string, Order>;
  batch: Batch | undefined;
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
  const { id, name, hidden, reads, onWhatsApp, devices, online, blocks, blocked, marketing } = contact;
  const { phone, userId, username, identityKey, lastWroteAt, typingUntil } = contact;
  return {
    id,
    name,
    hidden,
    reads,
    onWhatsApp,
    devices,
    online,
    blocks,
    blocked,
    marketing,
    ...(phone === undefined ? {} : { phone }),
    ...(userId === undefined ? {} : { userId }),
    ...(username === undefined ? {} : { username }),
    ...(identityKey === undefined ? {} : { identityKey }),
    ...(lastWroteAt === undefined ? {} : { lastWroteAt }),
    ...(typingUntil === undefined ? {} : { typingUntil }),
  };
}
