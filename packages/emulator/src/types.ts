import type { ContactCard, OrderedProduct } from "@parley/whatsapp";
import type { Bubble, MediaKind } from "./bubble.ts";
import type { Clock } from "./clock.ts";
import type { WireEntry } from "./log.ts";

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
}

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

/**
 * Something that goes wrong once, or `times` times, at the next occasion, for `contact` or whoever comes first.
 * `apiStatus` answers without a Graph error body; `drop` cuts the connection before or after the message was accepted.
 */
export type Fault = {
  /** Default 1. */
  readonly times?: number;
  readonly contact?: string;
} & (
  | { readonly kind: "duplicate" }
  | { readonly kind: "late"; readonly ms: number }
  | { readonly kind: "failDelivery"; readonly code?: number }
  | { readonly kind: "apiError"; readonly code: number }
  | { readonly kind: "apiStatus"; readonly status: number }
  | { readonly kind: "drop"; readonly accepted: boolean }
);

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

export interface EmulatorOptions {
  readonly clock: Clock;
  /** Reaches the bot's webhook; default the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
  readonly webhook?: WebhookTarget;
  /** The bearer token that is accepted; default: any. */
  readonly token?: string;
  readonly phoneNumberId?: string;
  /** Digits. */
  readonly displayPhoneNumber?: string;
  readonly wabaId?: string;
  readonly templates?: readonly EmulatorTemplate[];
  readonly contacts?: readonly ContactInit[];
  /** The pair limit and the throughput of the number; default true. */
  readonly rates?: boolean;
  /**
   * Messages to numbers that no contact has: `create` (default) makes a contact, `fail` reports 131026, as WhatsApp does
   * for numbers that it does not know.
   */
  readonly unknownNumbers?: "create" | "fail";
  /** Ms from acceptance to each status; `read: null` for never. Default 0, 0, 0. */
  readonly delays?: { readonly sent?: number; readonly delivered?: number; readonly read?: number | null };
  /** `automatic` (default): what is due goes out by itself. `manual`: only inside `settle`, for virtual clocks. */
  readonly delivery?: "automatic" | "manual";
  readonly companion?: Companion;
  /** Of ids; default: from the clock, so that a restart brings new ids. */
  readonly seed?: string;
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
  readonly contacts: () => readonly Contact[];
  readonly templates: () => readonly EmulatorTemplate[];
  readonly setTemplate: (template: EmulatorTemplate) => void;
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
  | { readonly kind: "wire"; readonly entry: WireEntry };

export interface SayOptions {
  /** Quotes this message. */
  readonly quote?: string;
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
}

/** A user cannot do this: the phone shows no such thing. */
export class PhoneError extends Error {
  override readonly name = "PhoneError";
}

/** What is going on does not come to rest: somebody answers without end, or does not do what is due. */
export class RestlessError extends Error {
  override readonly name = "RestlessError";
}
