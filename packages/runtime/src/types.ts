/** What a bot is made of: the public interfaces of the runtime. */
import type { Effect, Machine, Snapshot, Trace, Value } from "@parley/machine";
import type { Store } from "./store.ts";

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
  readonly logger?: Logger;
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
  /** Begins to send, to run actions and timers; takes up what an earlier process left. */
  readonly start: () => Promise<void>;
  /** Stops taking new work, waits for what is under way, closes nothing that it was given. */
  readonly stop: () => Promise<void>;
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
  /** `contact` as in `trigger`; null for who is not known. */
  readonly inspect: (contact: string) => Promise<Snapshot | null>;
  readonly on: (listener: (event: BotEvent) => void) => () => void;
  /**
   * Works until nothing is left that is due at `clock.now()`: sends, actions, timers, with or without `start`. For virtual
   * clocks; with one, an action that does not end by itself is left running for the clock to end it.
   */
  readonly settle: () => Promise<void>;
  /** When the next timer, retry or action time-out is due, ms since 1970; undefined when nothing is planned. */
  readonly nextDue: () => Promise<number | undefined>;
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
      readonly code: number | null;
      readonly final: boolean;
    }
  | {
      readonly kind: "action";
      readonly contact: string;
      readonly action: string;
      readonly args: Readonly<Record<string, Value>>;
      readonly outcome: "ok" | "failed" | "timeout" | "unknown";
    }
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
