/** What every part of a running bot can reach. One object for each bot, made by `createBot`. */
import type { Event, Machine, Snapshot, StepResult, Value, ValueType } from "@parley/machine";
import type { CloudApi } from "../cloud-api/client.ts";
import type { Limits } from "../limits.ts";
import type { Gate } from "../outbox/gate.ts";
import type { Rates } from "../outbox/rates.ts";
import type { Sending } from "../outbox/sending.ts";
import type { Store } from "../store.ts";
import type { Meter } from "../telemetry/registry.ts";
import type { StartSpan } from "../telemetry/tracer.ts";
import type { Machines } from "../turn/machines.ts";
import type { ActionContext, BotEvent, Clock, HttpOptions, Logger } from "../types.ts";
import type { Throttle } from "../webhook/throttle.ts";
import type { Health } from "./health.ts";

/** The interpreter; `env` is what `env.X` reads. */
export type Step = (
  machine: Machine,
  snapshot: Snapshot | null,
  event: Event,
  env: Readonly<Record<string, string>>,
) => StepResult<Snapshot>;

/** A value from outside as one of a type of the machine, as it is kept. */
export type Fit = (
  machine: Machine,
  type: ValueType,
  value: unknown,
) =>
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly path: string; readonly wanted: string };

export type ActionFunction = (args: Readonly<Record<string, Value>>, context: ActionContext) => unknown;

export interface Core {
  readonly store: Store;
  readonly step: Step;
  readonly fit: Fit;
  readonly machines: Machines;
  readonly actions: Readonly<Record<string, ActionFunction>>;
  readonly http: HttpOptions;
  readonly api: CloudApi;
  readonly clock: Clock;
  /** The clock is the host's: nothing may wait for real time. */
  readonly virtual: boolean;
  readonly log: Logger;
  readonly meter: Meter;
  readonly startSpan: StartSpan;
  readonly health: Health;
  readonly limits: Limits;
  readonly throttle: Throttle;
  readonly sending: Sending;
  readonly rates: Rates;
  readonly gate: Gate;
  readonly env: Readonly<Record<string, string>>;
  readonly phoneNumberId: string;
  /** Makes contact ids that tell nothing of the number. */
  readonly idSecret: string;
  /** Of the store; first part of our callback data. Set when the store is open. */
  readonly storeId: () => string;
  /** How long to sleep at most while other processes work on the same store, ms. Set when the store is open. */
  readonly pollMs: () => number | undefined;
  readonly emit: (event: BotEvent) => void;
}
