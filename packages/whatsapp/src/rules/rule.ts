/** What the schemas cannot say, as small named rules. They run on bodies that the schemas passed. */
import type { Interactive, MessageRequest, OutgoingMessage, Template } from "../messages.ts";
import type { MessageKind } from "../schema/types.ts";
import type { ValidationOptions } from "../validate/types.ts";

/** Where and how a rule is broken. `path` is a JSON pointer from the payload. */
export interface Finding {
  readonly path: string;
  readonly details: string;
}

export interface Rule<P> {
  /** The rule as a claim: `list-row-ids-are-unique`. */
  readonly name: string;
  /** WhatsApp's error code; a warning has none, such a message may be sent. */
  readonly code?: number;
  readonly check: (payload: P, options: ValidationOptions) => readonly Finding[];
}

/** Payload of a kind of message. */
type PayloadOf<K extends MessageKind> = K extends `interactive.${infer T}`
  ? Extract<Interactive, { readonly type: T }>
  : K extends "template"
    ? Template
    : Extract<OutgoingMessage, { readonly type: K }> extends infer M
      ? K extends keyof M
        ? M[K]
        : never
      : never;

export type RulesByKind = { readonly [K in MessageKind]?: readonly Rule<PayloadOf<K>>[] };

/** A rule of the whole body, whatever its kind. Its paths start at the body. */
export type BodyRule = Rule<{ readonly body: MessageRequest; readonly kind: MessageKind }>;

/** Findings for all but the first of equal values; `pathOf` says where the i-th value stands. */
export function repeats(
  values: readonly (string | number)[],
  pathOf: (index: number) => string,
  details: string,
): readonly Finding[] {
  const found: Finding[] = [];
  values.forEach((value, i) => {
    if (values.indexOf(value) < i) found.push({ path: pathOf(i), details });
  });
  return found;
}
