/** What a bot is made of: the public interfaces of the runtime. */
import type { Effect, Machine, Snapshot, Trace, Value } from "@parley/machine";
import type { OutgoingMessage } from "@parley/whatsapp";
import type { Limits } from "./limits.ts";
import type { Sending } from "./outbox/sending.ts";
import type { Filed, SendState, Store } from "./store.ts";
import type { Telemetry } from "./telemetry/types.ts";
import type { PlainRequest, PlainResponse } from "./webhook/plain.ts";

export type { Attributes, Span, SpanOptions, Telemetry } from "./telemetry/types.ts";
export type { PlainRequest, PlainResponse } from "./webhook/plain.ts";

/** What the compiler's `bot.d.ts` says of one bot; `createBot<Bot>` then demands every action with its exact types. */
export interface BotTypes {
  /** Implemented by the host: one function per `action` without an HTTP request. */
  readonly actions: object;
  /** Arguments of each `on event`, by name. */
  readonly events: object;
  readonly profile: object;
}

/** A bot of which nothing is known at compile time: everything is checked when it runs. */
export interface UntypedBot extends BotTypes {
  readonly events: Readonly<Record<string, Readonly<Record<string, Value>>>>;
}

export interface BotOptions<B extends BotTypes = UntypedBot> {
  /** As `parley build` wrote it. */
  readonly machine: Machine;
  readonly actions: B["actions"];
  readonly store: Store;
  readonly phoneNumberId: string;
  /** Access token for the Cloud API. */
  readonly token: string;
  /** App secrets that sign webhooks: the current one and, while rotating, the one before. */
  readonly appSecrets: readonly string[];
  /** What Meta sends in `hub.verify_token`. */
  readonly verifyToken: string;
  /** Base address of the Cloud API; default `https://graph.facebook.com`. */
  readonly apiUrl?: string;
  /** What `env.X` reads. */
  readonly env?: Readonly<Record<string, string>>;
  /** Makes the requests to the Cloud API; default the global one. */
  readonly fetch?: typeof fetch;
  /** Of actions that are HTTP requests. */
  readonly http?: HttpOptions;
  readonly clock?: Clock;
  /** Default: nothing is logged. Compatible with pino. */
  readonly logger?: Logger;
  /** Each has a default. */
  readonly limits?: Partial<Limits>;
  /**
   * Files of the host: gives what a link in a message stands for, or null for one that WhatsApp fetches itself. The file is
   * uploaded when a message needs it, sent by the id that it got, and uploaded anew when that has expired. Default: none.
   */
  readonly media?: MediaSource;
  /** How messages are sent; each has a default. */
  readonly sending?: Partial<Sending>;
  /** Spans and metrics, as `openTelemetry()` of `@parley/runtime/opentelemetry` makes them; default none. */
  readonly telemetry?: Telemetry;
}

/** How actions that are HTTP requests are made, where `actions` has no function of their name. */
export interface HttpOptions {
  /**
   * Default the global one. Only the `guardedFetch` of `@parley/runtime/node` looks at the addresses that names resolve
   * to; any other is as safe as the network that it runs in.
   */
  readonly fetch?: typeof fetch;
  /**
   * Hosts that may be reached although they are private, with or without port: `localhost`, `10.0.0.5:8080`. Default none,
   * so that nobody reaches through the bot what only its own network can; `true`: all.
   */
  readonly allowPrivate?: boolean | readonly string[];
  /** The longest answer that is read, in bytes; default 1 MiB. */
  readonly maxBytes?: number;
  /** Told what a request that succeeded gave, before it is held against its type; for recordings of conversations. */
  readonly onResult?: (call: { readonly action: string; readonly contact: string }, value: Value) => void;
}

/** Given to an action with its arguments. */
export interface ActionContext {
  /** The same for every repetition of this very call. */
  readonly idempotencyKey: string;
  readonly contact: string;
  /** Aborted at the action's time-out. */
  readonly signal: AbortSignal;
}

export interface Bot<B extends BotTypes = UntypedBot> {
  /** The webhook: GET verification and signed POSTs. Answers 200 only after everything in the body is committed. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The same for servers whose requests are none of the web's: without the cost of making some. */
  readonly handle: (request: PlainRequest) => Promise<PlainResponse>;
  /** Begins to send, to run actions and timers; takes up what an earlier process left. */
  readonly start: () => Promise<void>;
  /** Stops taking new work, waits for what is under way, closes nothing that it was given. */
  readonly stop: () => Promise<void>;
  /**
   * Resolves when the bot is over: with null after `stop`; with the error where the store broke (a disk that is full or
   * fails). Then webhooks are answered 503, nothing is sent any more, and the process should end with a failure, so that
   * it is started anew.
   */
  readonly closed: Promise<Error | null>;
  /**
   * Raises `on event`; resolves when the event is committed. `contact` is a phone number or a user id; who is not known yet
   * becomes a contact. Rejects with `ArgumentError` where name or arguments do not fit the machine.
   */
  readonly trigger: <E extends keyof B["events"] & string>(
    contact: string,
    event: E,
    args: B["events"][E],
  ) => Promise<void>;
  /** Gives a chat that is handed off back to the bot. Rejects with `ArgumentError` for who is not known. */
  readonly release: (contact: string) => Promise<void>;
  /**
   * Sends a message outside of every flow; resolves with its id when it is committed. It goes out behind what waits for the
   * contact, at the rates and with the repetitions of any other; its failure is told to listeners (\`of\` is \`host/<id>\`), not
   * to a flow. In a chat that is handed off it counts as a message of ours: the hand-off lasts on. \`contact\` as in
   * \`trigger\`. Rejects with \`WindowClosedError\` where only a template may be sent, with \`ArgumentError\` for what WhatsApp
   * would refuse and for who is not known (but with a template).
   */
  readonly send: (contact: string, message: OutgoingMessage, options?: SendOptions) => Promise<string>;
  /**
   * Uploads a file and gives its id, which messages of \`send\` can carry for 30 days. Rejects with \`ArgumentError\` for a
   * file that WhatsApp does not take, and with \`UploadError\` where the upload failed.
   */
  readonly upload: (media: MediaUpload) => Promise<string>;
  /** What became of a message of ours, by the id that WhatsApp gave it; null for one that is not known, or not any more. */
  readonly status: (wamid: string) => Promise<SendStatus | null>;
  /** `contact` as in `trigger`; null for who is not known. */
  readonly inspect: (contact: string) => Promise<Snapshot | null>;
  /**
   * Conversations that were begun on other machines and had no event since: where they stand, and whether they will move to
   * this one. Those of an ask that was taken away are seen here. Reads all of them: for people, not for each request.
   */
  readonly olderVersions: () => Promise<readonly OlderVersion[]>;
  readonly on: (listener: (event: BotEvent) => void) => () => void;
  /** Events that were not stepped, the oldest first; `limit` from 1 to 1,000, default 100. */
  readonly deadLetters: (limit?: number) => Promise<readonly DeadLetter[]>;
  /**
   * Steps the event of a dead letter in the conversation as it stands now. Resolves when that is committed, with whether it
   * could be stepped; where not, it stays a dead letter. Rejects with `ArgumentError` where there is none of this id.
   */
  readonly redrive: (id: string) => Promise<boolean>;
  /** Whether the bot can take webhooks now; looks at the store, and rejects never. */
  readonly health: () => Promise<BotHealth>;
  /** All metrics in the text format of Prometheus. */
  readonly metrics: () => Promise<string>;
  /** As they are in force. */
  readonly limits: Limits;
  /**
   * Works until nothing is left that is due at `clock.now()`: sends, actions, timers, with or without `start`. For virtual
   * clocks; with one, an action that does not end by itself is left running for the clock to end it.
   */
  readonly settle: () => Promise<void>;
  /** When the next timer, retry or action time-out is due, ms since 1970; undefined when nothing is planned. */
  readonly nextDue: () => Promise<number | undefined>;
}

export interface MediaUpload {
  readonly bytes: Uint8Array;
  /** As WhatsApp takes it: `image/jpeg`, `application/pdf`, … */
  readonly mimeType: string;
  readonly filename?: string;
}

export type MediaSource = (link: string) => MediaUpload | null | Promise<MediaUpload | null>;

export interface SendOptions {
  /** 1 to 100 characters; what is sent again with the same id within 8 days is not sent. Default a random one. */
  readonly id?: string;
  /** Quotes this message of the user, by its wamid. */
  readonly replyTo?: string;
  /** How long it is worth sending, ms; default `sending.lifeMs`, 1,000 to 604,800,000. */
  readonly ttlMs?: number;
  /** Whether it is sent again where nobody knows if WhatsApp took it; default `atLeastOnce`. */
  readonly policy?: "atLeastOnce" | "atMostOnce";
}

export interface SendStatus {
  /** The contact's opaque id. */
  readonly contact: string;
  readonly wamid: string | null;
  /** Id of the message in the machine, or `host/<id>`. */
  readonly of: string;
  /** The ask that it carried. */
  readonly ask: string | null;
  readonly state: SendState;
  /** Code of WhatsApp's last refusal. */
  readonly error: number | null;
  /** When it was written, ms since 1970. */
  readonly at: number;
}

export interface BotHealth {
  readonly ready: boolean;
  /** What is wrong, in words for a person; empty where it is ready. */
  readonly reasons: readonly string[];
}

export interface DeadLetter {
  readonly id: string;
  readonly kind: Filed["kind"];
  /** Name of the error and where in a flow, without what a user wrote. */
  readonly reason: string;
  /** Ms since 1970. */
  readonly at: number;
  /** The contact's opaque id. */
  readonly contact: string;
  /** Kind of the event; null where it was not kept. */
  readonly event: string | null;
}

/** A machine of before that still has conversations. */
export interface OlderVersion {
  /** Its hash. */
  readonly machine: string;
  /** False where it is not in the store, so that what does not move is given up. */
  readonly kept: boolean;
  readonly places: readonly {
    /** Id of the ask, wait, action or hand-off that they stand at; empty for hand-offs that people began. */
    readonly at: string;
    /** Their next event takes them to the bot's own machine; else they end on the one that began them. */
    readonly moves: boolean;
    readonly conversations: number;
  }[];
}

/**
 * `contact` is the contact's opaque id. Told after the commit, in the order of commits. Of arguments that are `personal` only
 * the type is told, as `<text>`.
 */
export type BotEvent =
  | {
      readonly kind: "turn";
      readonly contact: string;
      readonly event: string;
      readonly trace: readonly Trace[];
      /** Messages are as they were sent, with whatever values they hold; copies are told without variables. */
      readonly effects: readonly Effect[];
    }
  | { readonly kind: "sent"; readonly contact: string; readonly of: string; readonly wamid: string }
  | {
      readonly kind: "send-failed";
      readonly contact: string;
      readonly of: string;
      /** Of WhatsApp's error; null where it gave none. */
      readonly code: number | null;
      /** It is not sent again. */
      readonly final: boolean;
      /** Nobody knows whether it arrived, and it is not to be sent twice: the id of the send, for somebody to look. */
      readonly unknown?: string;
    }
  /** A status of a message of ours, where it says something new. `of` as in `sent`; `ask`: the ask that it carried. */
  | {
      readonly kind: "status";
      readonly contact: string;
      readonly wamid: string;
      readonly of: string;
      readonly ask: string | null;
      readonly status: "sent" | "delivered" | "read" | "failed";
      readonly error?: number;
    }
  /** The number cannot send until a person acts (`code` says why), or can again. */
  | { readonly kind: "number"; readonly state: "stopped" | "sending"; readonly code: number | null }
  | {
      readonly kind: "action";
      readonly contact: string;
      readonly action: string;
      readonly args: Readonly<Record<string, Value>>;
      readonly outcome: "ok" | "failed" | "timeout" | "unknown";
    }
  /** A webhook about the account: a template's review, the number's quality, … `value` is as WhatsApp sends it, `field` says of what. */
  | { readonly kind: "account"; readonly field: string; readonly value: unknown }
  /** An event that was not stepped: it came too late, or stepping it threw `error`, which may quote what a user wrote. */
  | { readonly kind: "dead-letter"; readonly id: string; readonly reason: string; readonly error?: unknown };

/** Real by default; a virtual one in tests and in the simulator. */
export interface Clock {
  /** Ms since 1970. */
  readonly now: () => number;
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (handle: unknown) => void;
}

/** Compatible with pino. */
export interface Logger {
  readonly debug: (facts: object, message: string) => void;
  readonly info: (facts: object, message: string) => void;
  readonly warn: (facts: object, message: string) => void;
  readonly error: (facts: object, message: string) => void;
}
