import type { InteractiveType, MessageType } from "../messages.ts";

/** Kind of a message request: its type, for interactive messages with the interactive type. */
export type MessageKind = Exclude<MessageType, "interactive"> | `interactive.${InteractiveType}`;

/** What there is a schema of: every kind of message request, `read`, any message request, a webhook, a template handed in for approval. */
export type SchemaKind = MessageKind | "read" | "request" | "webhook" | "message_template";

/** An error of a generated validator. */
export interface SchemaError {
  /** JSON pointer of the value. */
  readonly instancePath: string;
  /** Keyword of JSON Schema that is broken; `beside` marks an error that only accompanies others. */
  readonly keyword: string;
  /** The property that is missing (`required`) or unknown (`additionalProperties`). */
  readonly property: string | undefined;
}

/** A generated validator; it leaves its errors on itself, so they are to be read before the next call. */
export interface ValidateFunction {
  (data: unknown, at?: { readonly instancePath: string }): boolean;
  errors?: readonly SchemaError[] | null;
}
