import type { MessageKind } from "../schema/types.ts";

/** One thing that is wrong with a request. */
export interface Violation {
  /** JSON pointer into the body; of a missing property, where it should be. */
  readonly path: string;
  /** Name of the rule, or the keyword of JSON Schema, that is broken. */
  readonly rule: string;
  /** WhatsApp's error code. */
  readonly code: number;
  /** What is wrong, in WhatsApp's manner: the `error_data.details` of its answer. */
  readonly details: string;
}

export type RequestKind = MessageKind | "read";

export type ValidationResult =
  | { readonly ok: true; readonly kind: RequestKind }
  | { readonly ok: false; readonly errors: readonly [Violation, ...Violation[]] };

export interface ValidationOptions {
  /** The present in Unix milliseconds; without it, times in the message are not compared with it. */
  readonly nowMs?: number;
}
