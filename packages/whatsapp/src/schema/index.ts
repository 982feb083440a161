import { PHONE_PATTERN, USER_ID_PATTERN } from "../ids.ts";
import { BASIC, MEDIA } from "./basic.ts";
import {
  constant,
  oneOfTexts,
  open,
  pattern,
  ref,
  type Schema,
  type Schemas,
  someText,
  strict,
  tagged,
  text,
} from "./build.ts";
import { CAROUSEL } from "./carousel.ts";
import { INTERACTIVE, PARTS } from "./interactive.ts";
import { MESSAGE_TEMPLATE } from "./message-template.ts";
import { AMOUNTS, ORDERS } from "./orders.ts";
import { TEMPLATE } from "./template.ts";
import type { MessageKind, SchemaKind } from "./types.ts";
import { WEBHOOK } from "./webhook.ts";

function prefixed(prefix: string, schemas: Schemas): Schemas {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [`${prefix}.${name}`, schema]));
}

const ENVELOPE: Schemas = {
  messaging_product: constant("whatsapp"),
  recipient_type: oneOfTexts("individual", "group"),
  to: someText,
  recipient: pattern(USER_ID_PATTERN, "a business-scoped user id"),
  context: strict({ message_id: someText }, ["message_id"]),
  biz_opaque_callback_data: text("callbackData"),
  recipient_identity_key_hash: someText,
  category: oneOfTexts("utility", "authentication"),
};

/** Who gets the message: at least one address, and a phone number unless a group is meant. */
const ADDRESSED: Schema = {
  anyOf: [{ required: ["to"] }, { required: ["recipient"] }],
  if: { properties: { recipient_type: { const: "group" } }, required: ["recipient_type"] },
  else: open({ to: pattern(PHONE_PATTERN, "a phone number") }),
};

function request(type: string, payload: Schema): Schema {
  const required = ["messaging_product", "type", type];
  return strict({ ...ENVELOPE, type: constant(type), [type]: payload }, required, ADDRESSED);
}

const READ: Schema = strict(
  {
    messaging_product: constant("whatsapp"),
    status: constant("read"),
    message_id: someText,
    typing_indicator: strict({ type: constant("text") }, ["type"]),
  },
  ["messaging_product", "status", "message_id"],
);

const INTERACTIVES: Schemas = { ...INTERACTIVE, ...CAROUSEL, ...ORDERS };

/** Message types, and of each the name of its payload's schema. */
const TYPES: readonly string[] = [...Object.keys(BASIC), "interactive", "template"];

/**
 * The envelope alone: payloads are looked at elsewhere. Validation of a request is this schema and the payload's; the
 * published schema of a kind joins the two.
 */
function envelope(): Schema {
  const payloads = Object.fromEntries(TYPES.map((type) => [type, {}]));
  return strict({ ...ENVELOPE, type: oneOfTexts(...TYPES), ...payloads }, ["messaging_product", "type"], ADDRESSED);
}

function requests(): Schemas {
  const names = [...Object.keys(BASIC), "template", ...Object.keys(prefixed("interactive", INTERACTIVES))];
  return Object.fromEntries(names.map((name) => [`request.${name}`, request(name.split(".")[0] ?? name, ref(name))]));
}

/** All schemas by name, each referring to others by `#/$defs/<name>`. */
export function definitions(): Schemas {
  const interactive = prefixed("interactive", INTERACTIVES);
  const byType = Object.fromEntries(Object.keys(INTERACTIVES).map((name) => [name, ref(`interactive.${name}`)]));
  return {
    ...MEDIA,
    ...PARTS,
    ...AMOUNTS,
    ...BASIC,
    ...interactive,
    interactive: tagged("type", byType),
    ...TEMPLATE,
    envelope: envelope(),
    ...requests(),
    read: READ,
    ...MESSAGE_TEMPLATE,
    request: tagged("type", Object.fromEntries(TYPES.map((type) => [type, request(type, ref(type))]))),
    ...WEBHOOK,
  };
}

const MORE_KINDS = ["read", "request", "webhook", "message_template"] as const;

/** All kinds of message requests. */
export function messageKinds(): readonly MessageKind[] {
  // The names of the schemas are the kinds; a test compares them with the types.
  return [...Object.keys(BASIC), ...Object.keys(prefixed("interactive", INTERACTIVES)), "template"] as MessageKind[];
}

/** Everything that `schemaFor` takes. */
export function schemaKinds(): readonly SchemaKind[] {
  return [...messageKinds(), ...MORE_KINDS];
}

/** Name of the definition that is the schema of `kind`. */
function definitionOf(kind: SchemaKind): string {
  return (MORE_KINDS as readonly string[]).includes(kind) ? kind : `request.${kind}`;
}

function collect(value: unknown, all: Schemas, found: Map<string, Schema>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, entry] of Object.entries(value)) {
    if (key === "$ref" && typeof entry === "string") {
      const name = entry.slice("#/$defs/".length);
      const schema = all[name];
      if (!schema || found.has(name)) continue;
      found.set(name, schema);
      collect(schema, all, found);
    } else collect(entry, all, found);
  }
}

/** The JSON Schema (draft 2020-12) of a request's body or of a webhook's, complete in itself. */
export function schemaFor(kind: SchemaKind): Schema {
  const all = definitions();
  const schema = all[definitionOf(kind)] ?? {};
  const found = new Map<string, Schema>();
  collect(schema, all, found);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: kind,
    ...schema,
    ...(found.size ? { $defs: Object.fromEntries([...found].toSorted(([a], [b]) => (a < b ? -1 : 1))) } : {}),
  };
}
