import type { ContactCard, OrderedProduct } from "@parley/whatsapp";
import type { Bubble, MediaKind } from "./bubble.ts";
import type { Clock } from "./clock.ts";
import type { Fault } from "./faults/fault.ts";
import type { WireEntry } from "./log.ts";

export type { Fault } from "./faults/fault.ts";

/** A user of WhatsApp. */
export interface ContactInit {
  /** Digits, with or without `+` and separators; absent for a user whom the business knows by `userId` only. */
  readonly phone?: string;
  readonly name?: string;
  /** Business-scoped user id; made up where `phone` is absent. */
  readonly userId?: string;
  readonly username?: string;
  /** The number stays hidden from the business: webhooks carry `userId` alone. */
  readonly hidden?: boolean;
  /** Whether messages are marked as read when they arrive; default true. */
  readonly reads?: boolean;
  /** false: this number is not on WhatsApp, what is sent to it fails with 131026. */
  readonly onWhatsApp?: boolean;
  /** What the user reads with; default one Android phone. */
  readonly devices?: readonly Device[];
  /** Hash of the user's identity; where it is given, webhooks tell it. */
  readonly identityKey?: string;
}

/** A client of WhatsApp. `old`: it shows texts, media, locations and contact cards only. */
export interface Device {
  readonly kind: "android" | "ios" | "web";
  readonly old?: boolean;
}

/** What can be changed of a contact; what is absent stays as it is. */
export interface ContactChange {
  readonly name?: string;
  readonly username?: string;
  readonly hidden?: boolean;
  readonly reads?: boolean;
  readonly onWhatsApp?: boolean;
  readonly devices?: readonly Device[];
  /** Another identity: who relies on the one before (`recipient_identity_key_hash`) does not reach the user. */
  readonly identityKey?: string;
  /** false: what is sent waits, 30 days at most, until the phone is online again. */
  readonly online?: boolean;
  /** The user blocks the business: nothing comes from either side, and WhatsApp does not say so. */
  readonly blocks?: boolean;
  /** false: the user stopped marketing messages; what is sent fails with 131050. */
  readonly marketing?: boolean;
}

export interface Contact {
  /** Key of the control API: the number's digits, or the user id of a contact without one. */
  readonly id: string;
  readonly phone?: string;
  readonly name: string;
  readonly userId?: string;
  readonly username?: string;
  readonly hidden: boolean;
  readonly reads: boolean;
  readonly onWhatsApp: boolean;
  readonly devices: readonly Device[];
  readonly online: boolean;
  /** The user blocks the business. */
  readonly blocks: boolean;
  /** The business blocks the user, by `block_users`. */
  readonly blocked: boolean;
  readonly marketing: boolean;
  readonly identityKey?: string;
  /** Ms since 1970 of the user's last message; absent before the first. The service window ends 24 hours later. */
  readonly lastWroteAt?: number;
  /** The business shows that it is typing, until this moment. */
  readonly typingUntil?: number;
}

/** A template as the Graph API lists it; only approved ones can be sent. */
export interface EmulatorTemplate {
  readonly name: string;
  /** `en`, `pt_BR`. */
  readonly language: string;
  readonly category: "UTILITY" | "MARKETING" | "AUTHENTICATION";
  /** Default APPROVED. */
  readonly status?: "APPROVED" | "PENDING" | "REJECTED" | "PAUSED" | "DISABLED";
  readonly components: readonly TemplatePart[];
  /** Given where it is absent. */
  readonly id?: string;
}

export type TemplateStatus = NonNullable<EmulatorTemplate["status"]>;

/** Variables are `{{1}}`, `{{2}}`, … or `{{name}}`, never both kinds in one template. */
export type TemplatePart =
  | {
      readonly type: "HEADER";
      readonly format: "TEXT" | "IMAGE" | "VIDEO" | "GIF" | "DOCUMENT" | "LOCATION" | "PRODUCT";
      readonly text?: string;
    }
  /** Of authentication templates WhatsApp writes the texts itself. */
  | { readonly type: "BODY"; readonly text?: string }
  | { readonly type: "FOOTER"; readonly text?: string }
  | { readonly type: "BUTTONS"; readonly buttons: readonly TemplateButton[] }
  | {
      readonly type: "LIMITED_TIME_OFFER";
      readonly limited_time_offer: { readonly text: string; readonly has_expiration?: boolean };
    }
  | {
      readonly type: "CAROUSEL";
      readonly cards: readonly {
        readonly components: readonly Exclude<
          TemplatePart,
          { readonly type: "CAROUSEL" | "LIMITED_TIME_OFFER" | "FOOTER" }
        >[];
      }[];
    };

export interface TemplateButton {
  readonly type:
    | "QUICK_REPLY"
    | "URL"
    | "PHONE_NUMBER"
    | "COPY_CODE"
    | "FLOW"
    | "OTP"
    | "CATALOG"
    | "MPM"
    | "SPM"
    | "VOICE_CALL"
    | "ORDER_DETAILS"
    | "CALL_PERMISSION_REQUEST"
    | "REQUEST_CONTACT_INFO";
  /** Some kinds have a fixed one. */
  readonly text?: string;
  readonly url?: string;
  readonly phone_number?: string;
}

export interface WebhookTarget {
  readonly url: string;
  readonly appSecret: string;
  readonly verifyToken: string;
}

/**
 * Somebody else who lives on the emulator's clock in the same process, such as the bot: `settle` waits for them too, and
 * `advance` steps through their due times. A bot of `@parley/runtime` is one.
 */
export interface Companion {
  /** Resolves when nothing is left that is due now. */
  readonly settle: () => Promise<void>;
  /** When something is due next, ms since 1970. */
  readonly nextDue: () => Promise<number | undefined>;
}

/** How this WhatsApp behaves; can be changed while it runs. */
export interface Behaviour {
  /** The pair limit and the throughput of the number; default true. */
  readonly rates?: boolean;
  /**
   * Messages to numbers that no contact has: `create` (default) makes a contact, `fail` reports 131026, as WhatsApp does
   * for numbers that it does not know.
   */
  readonly unknownNumbers?: "create" | "fail";
  /** Ms from acceptance to each status; `read: null` for never. Default 0, 0, 0. */
  readonly delays?: { readonly sent?: number; readonly delivered?: number; readonly read?: number | null };
  /** Several updates in one webhook, as WhatsApp does under load; null (default): each by itself. */
  readonly batching?: Batching | null;
  /**
   * Messages with an id of media that was not uploaded here: `accept` (default), so that ids of a real account can be used,
   * or `refuse` with 131009, as WhatsApp does. What was uploaded here and is gone is refused either way.
   */
  readonly unknownMedia?: "accept" | "refuse";
  /** false: an Indian business without its compliance data, which can send no products. Default true. */
  readonly compliance?: boolean;
  /** The number is used in the WhatsApp Business app as well, so that the webhook hears of edits and deletions. Default false. */
  readonly coexistence?: boolean;
}

export interface EmulatorOptions extends Behaviour {
  readonly clock: Clock;
  /** Reaches the bot's webhook; default the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** The value of `X-Hub-Signature-256`; default HMAC-SHA256 by WebCrypto, which asks another thread each time. */
  readonly sign?: (body: Uint8Array<ArrayBuffer>, appSecret: string) => string | Promise<string>;
  readonly webhook?: WebhookTarget;
  /** The bearer token that is accepted; default: any. */
  readonly token?: string;
  readonly phoneNumberId?: string;
  /** Digits. */
  readonly displayPhoneNumber?: string;
  readonly wabaId?: string;
  readonly templates?: readonly EmulatorTemplate[];
  readonly contacts?: readonly ContactInit[];
  /** `automatic` (default): what is due goes out by itself. `manual`: only inside `settle`, for virtual clocks. */
  readonly delivery?: "automatic" | "manual";
  readonly companion?: Companion;
  /** Of ids and of faults with a rate; default: from the clock, so that a restart brings new ids. */
  readonly seed?: string;
  /** What goes wrong from the start. */
  readonly faults?: readonly Fault[];
  readonly profile?: BusinessProfile;
}

export interface Batching {
  /** Updates in one webhook at most, 2 to 1,000. */
  readonly most: number;
  /** How long the first of them waits for others, ms. */
  readonly waitMs: number;
}

/** As `whatsapp_business_profile` gives it. */
export interface BusinessProfile {
  readonly about?: string;
  readonly address?: string;
  readonly description?: string;
  readonly email?: string;
  readonly profile_picture_url?: string;
  readonly websites?: readonly string[];
  readonly vertical?: string;
}

export interface Emulator {
  /** The Cloud API under `/vNN.N/…` and the control API under `/_emulator/…`. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly phoneNumberId: string;
  readonly displayPhoneNumber: string;
  readonly clock: Clock;
  /** The phone of a contact, by number or user id; made if it is new. */
  readonly phone: (id: string | ContactInit) => Phone;
  /**
   * A person at the business writes a text to this contact in the WhatsApp Business app, of a number that is used there as
   * well: the webhook hears of it in \`smb_message_echoes\`. Throws \`PhoneError\` for an empty one.
   */
  readonly writes: (id: string, text: string) => Bubble;
  readonly behaviour: () => Behaviour;
  /** What is absent stays as it is. Throws `RangeError` for what is not possible. */
  readonly behave: (change: Behaviour) => void;
  readonly contacts: () => readonly Contact[];
  readonly templates: () => readonly EmulatorTemplate[];
  readonly setTemplate: (template: EmulatorTemplate) => void;
  /** Approves, rejects, pauses or disables; the webhook hears of it. False where there is no such template. */
  readonly judgeTemplate: (name: string, language: string, status: TemplateStatus, reason?: string) => boolean;
  /** Throws `RangeError` for a fault that is not possible. */
  readonly inject: (fault: Fault) => void;
  readonly faults: () => readonly Fault[];
  readonly clearFaults: () => void;
  /** Asks the webhook to verify itself, and from then on sends to it. False, and no change, where it does not. */
  readonly connect: (target: WebhookTarget) => Promise<boolean>;
  /** API calls and webhook deliveries, the last thousand. */
  readonly log: () => readonly WireEntry[];
  /** Called after every change of a phone and every entry of the log. Returns how to stop. */
  readonly on: (listener: (event: EmulatorEvent) => void) => () => void;
  /** Resolves when nothing is under way and nothing is due at `clock.now()`. Throws `RestlessError` where that never comes. */
  readonly settle: () => Promise<void>;
  /** When the next delivery or status is due; undefined without one. */
  readonly nextDue: () => number | undefined;
  /** Goes forward one due time after another. Throws where the clock cannot be advanced, and `RestlessError`. */
  readonly advance: (ms: number) => Promise<void>;
  /** Sends nothing more. */
  readonly close: () => void;
}

export type EmulatorEvent =
  | { readonly kind: "bubble"; readonly contact: Contact; readonly bubble: Bubble }
  | { readonly kind: "typing"; readonly contact: Contact }
  | { readonly kind: "contact"; readonly contact: Contact }
  /** A fault hit what the contact did last (of `late`, `ms` is what was drawn), or what the business sent there. */
  | {
      readonly kind: "fault";
      readonly contact: Contact;
      readonly fault: Extract<Fault, { readonly kind: "duplicate" | "late" | "failDelivery" }>;
    }
  | { readonly kind: "wire"; readonly entry: WireEntry };

export interface SayOptions {
  /** Quotes this message. */
  readonly quote?: string;
}

export interface PayOptions {
  readonly of?: string;
  /** The payment does not go through; the order can still be paid. */
  readonly fails?: boolean;
}

/** What a user does with the chat. Everything is done at once on the phone; `emulator.settle()` waits for the bot's side. */
export interface Phone {
  readonly contact: Contact;
  /** What arrived, oldest first, with the user's own messages. */
  readonly history: readonly Bubble[];
  /** What was accepted by the API for this phone and never arrived. */
  readonly failed: readonly Bubble[];
  readonly says: (text: string, options?: SayOptions) => Bubble;
  /**
   * Taps a reply button, list row or quick reply of a message in the history: the newest that has one with this id, else
   * with this title; or of the message `of`. Throws `PhoneError` where there is none.
   */
  readonly taps: (option: string, options?: { readonly of?: string }) => Bubble;
  readonly sendsLocation: (location: {
    readonly latitude: number;
    readonly longitude: number;
    readonly name?: string;
    readonly address?: string;
  }) => Bubble;
  readonly sendsMedia: (media: {
    readonly kind: MediaKind;
    readonly mimeType?: string;
    readonly caption?: string;
    readonly filename?: string;
    readonly voice?: boolean;
    /** What the business can download; default a few bytes. */
    readonly bytes?: Uint8Array<ArrayBuffer>;
  }) => Bubble;
  readonly sendsContacts: (contacts: readonly ContactCard[]) => Bubble;
  /**
   * Sends a cart from the newest message that shows all its products (one with the whole catalog shows all), or from the
   * message `of`; from the catalog itself where there is none. Throws `PhoneError` where `of` does not show them.
   */
  readonly sendsOrder: (order: {
    /** Default: that of the message. */
    readonly catalogId?: string;
    readonly text?: string;
    readonly items: readonly OrderedProduct[];
    readonly of?: string;
  }) => Bubble;
  /** Fills in the newest form or address message, or the message `of`. */
  readonly sendsForm: (response: object, options?: { readonly of?: string }) => Bubble;
  /** To the newest message of the business, or `to`; an empty emoji takes the reaction back. */
  readonly reacts: (emoji: string, options?: { readonly to?: string }) => Bubble;
  /** Comes from an ad that opens the chat, and sends its prepared text. */
  readonly opens: (
    ad: string,
    options?: { readonly text?: string; readonly headline?: string; readonly url?: string },
  ) => Bubble;
  /** Rewrites an own text of the last 15 minutes. Throws `PhoneError` where that is not possible. */
  readonly edits: (id: string, text: string) => Bubble;
  /** Takes an own message of the last two days back. Throws `PhoneError` where that is not possible. */
  readonly deletes: (id: string) => Bubble;
  /** Calls the business, by the button of the message `of` too, which opens the window; gives the call's id. It rings for a minute. */
  readonly calls: (options?: { readonly of?: string }) => string;
  readonly hangsUp: (call: string) => void;
  /** Pays the newest order, or that of the message `of`. Throws `PhoneError` where it cannot be paid (any more). */
  readonly pays: (options?: PayOptions) => Bubble;
  /** Listens to the newest voice message, or to the message `of`. */
  readonly plays: (options?: { readonly of?: string }) => Bubble;
  /** Answers the newest request for permission to call. */
  readonly permitsCalls: (accept: boolean) => Bubble;
  /** Answers the newest request for contact information, with the own card. */
  readonly sharesContact: () => Bubble;
  /** Moves to another number: the business hears of it in a system message. */
  readonly changesNumber: (phone: string) => void;
  readonly changes: (change: ContactChange) => Contact;
}

/** A user cannot do this: the phone shows no such thing. */
export class PhoneError extends Error {
  override readonly name = "PhoneError";
}

/** What is going on does not come to rest: somebody answers without end, or does not do what is due. */
export class RestlessError extends Error {
  override readonly name = "RestlessError";
}
