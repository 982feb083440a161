/**
 * Meta's own OpenAPI file as a second judge of our payloads, where it lies beside the project; `undefined` elsewhere.
 * Where the file is known to be wrong it is corrected by name, with the reason.
 */
import { existsSync, readFileSync } from "node:fs";
import { Ajv2020, type AnySchemaObject } from "ajv/dist/2020.js";
import { parse } from "yaml";

const FILE = new URL("../../../shared/reference/business-messaging-api_v23.0.yaml", import.meta.url);

/** Gives the complaints about a request body; none when Meta's schema takes it. */
export type Judge = (payload: unknown) => readonly string[];

export function metaJudge(): Judge | undefined {
  if (!existsSync(FILE)) return undefined;
  const document = parse(readFileSync(FILE, "utf8")) as { components: { schemas: Record<string, AnySchemaObject> } };
  const { schemas } = document.components;
  for (const correct of CORRECTIONS) correct.apply(schemas);
  const ajv = new Ajv2020({ strict: false, allErrors: false, discriminator: false, validateFormats: false });
  ajv.addSchema({ $id: "https://meta.example/api", components: { schemas } });
  return (payload) => {
    const type = (payload as { type: string }).type;
    const name = MESSAGE_SCHEMAS[type];
    if (name === undefined) return [`no schema for type ${type}`];
    const validate = ajv.getSchema(`https://meta.example/api#/components/schemas/${name}`);
    if (!validate) return [`no schema ${name} in Meta's file`];
    if (validate(payload)) return [];
    return (validate.errors ?? []).map((e) => `${e.instancePath} ${e.message ?? ""}`);
  };
}

/** `Message` is a `oneOf` with a discriminator; its mapping, so that an error names the place. */
const MESSAGE_SCHEMAS: Readonly<Record<string, string>> = {
  text: "TextMessage",
  audio: "AudioMessage",
  document: "DocumentMessage",
  image: "ImageMessage",
  location: "LocationMessage",
  video: "VideoMessage",
  sticker: "StickerMessage",
  reaction: "ReactionMessage",
  interactive: "InteractiveMessage",
  template: "TemplateMessage",
  contacts: "ContactsMessage",
};

/** Meta's guide on interactive media carousel messages (2025-12-15). */
const CAROUSEL_ACTION: AnySchemaObject = {
  required: ["cards"],
  additionalProperties: false,
  properties: {
    cards: {
      type: "array",
      minItems: 2,
      maxItems: 10,
      items: {
        type: "object",
        required: ["card_index", "type", "header", "action"],
        additionalProperties: false,
        properties: {
          card_index: { type: "integer", minimum: 0, maximum: 9 },
          type: { const: "cta_url" },
          header: { type: "object", required: ["type"], properties: { type: { enum: ["image", "video"] } } },
          body: {
            type: "object",
            required: ["text"],
            properties: { text: { type: "string", minLength: 1, maxLength: 160 } },
          },
          action: {
            type: "object",
            required: ["name", "parameters"],
            additionalProperties: false,
            properties: {
              name: { const: "cta_url" },
              parameters: {
                type: "object",
                required: ["display_text", "url"],
                additionalProperties: false,
                properties: { display_text: { type: "string", minLength: 1, maxLength: 20 }, url: { type: "string" } },
              },
            },
          },
        },
      },
    },
  },
};

/** Meta's guide on address messages (2025-12-15). */
const ADDRESS_ACTION: AnySchemaObject = {
  required: ["name", "parameters"],
  additionalProperties: false,
  properties: {
    name: { const: "address_message" },
    parameters: { type: "object", required: ["country"], properties: { country: { const: "IN" } } },
  },
};

interface Correction {
  readonly why: string;
  readonly apply: (schemas: Record<string, AnySchemaObject>) => void;
}

const CORRECTIONS: readonly Correction[] = [
  {
    why: "`additionalProperties: false` in one branch of an `allOf` refuses the properties of the other; meant is `unevaluatedProperties`",
    apply: (schemas) => {
      for (const name of Object.values(MESSAGE_SCHEMAS)) {
        const schema = schemas[name];
        const own = (schema?.["allOf"] as AnySchemaObject[] | undefined)?.[1];
        if (!schema || !own) continue;
        delete own["additionalProperties"];
        schema["unevaluatedProperties"] = false;
      }
    },
  },
  {
    why: "the file was written before cta_url and location_request_message; both are documented message kinds",
    apply: (schemas) => {
      const properties = schemas["InteractiveObject"]?.["properties"] as { type: { enum: string[] } };
      properties.type.enum.push("cta_url", "location_request_message");
      const actions = schemas["ActionObject"]?.["oneOf"] as AnySchemaObject[];
      actions.push(
        {
          required: ["name", "parameters"],
          properties: {
            name: { const: "cta_url" },
            parameters: {
              type: "object",
              required: ["display_text", "url"],
              additionalProperties: false,
              properties: { display_text: { type: "string", minLength: 1, maxLength: 20 }, url: { type: "string" } },
            },
          },
        },
        { required: ["name"], additionalProperties: false, properties: { name: { const: "send_location" } } },
      );
    },
  },
  {
    why: "a location's degrees are texts in the file's schema and numbers in its examples; both are sent by others",
    apply: (schemas) => {
      const own = (schemas["LocationMessage"]?.["allOf"] as AnySchemaObject[] | undefined)?.[1];
      const message = own?.["properties"] as { location: { properties: Record<string, AnySchemaObject> } };
      for (const name of ["latitude", "longitude"]) message.location.properties[name] = { type: ["string", "number"] };
    },
  },
  {
    why: "the file was written before carousels and address messages, which are documented message kinds",
    apply: (schemas) => {
      const properties = schemas["InteractiveObject"]?.["properties"] as { type: { enum: string[] } };
      properties.type.enum.push("carousel", "address_message");
      const actions = schemas["ActionObject"]?.["oneOf"] as AnySchemaObject[];
      actions.push(CAROUSEL_ACTION, ADDRESS_ACTION);
    },
  },
  {
    why: "`policy` of a template's language is required in the file and left out in all of Meta's documentation",
    apply: (schemas) => {
      (schemas["LanguageObject"] as AnySchemaObject)["required"] = ["code"];
    },
  },
  {
    why: "the pattern of a template button's index, ^[2-6, 11-14]$, refuses 0 and 1; documented is 0 to 9",
    apply: (schemas) => {
      const properties = schemas["TemplateComponent"]?.["properties"] as { index: { pattern: string } };
      properties.index.pattern = "^[0-9]$";
    },
  },
];
