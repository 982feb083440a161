/**
 * The one description of `parley.yaml`: checked here, published for editors as `schemas/parley.schema.json`
 * (`tools/gen.mjs` writes it from this table, a test compares the two).
 */

/** The part of JSON Schema (draft 2020-12) that `check.ts` understands. */
export interface Schema {
  readonly type: "object" | "array" | "string";
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** Of keys that are not among `properties`: none are allowed, or each has this form. */
  readonly additionalProperties?: false | Schema;
  readonly propertyNames?: { readonly pattern: string };
  readonly items?: Schema;
  readonly minItems?: number;
  readonly uniqueItems?: true;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** What a value looks like, said where it does not. Our own keyword; validators leave `x-` keywords alone. */
  readonly "x-form"?: string;
}

const DURATION = {
  type: "string",
  pattern: "^(?=[0-9])([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$",
  "x-form": "a duration such as `5m`, `20h` or `1h30m`",
} as const;

const LOCALE = {
  type: "string",
  pattern: "^[a-z]{2,3}(_[A-Z]{2,3})?$",
  "x-form": "a language code of WhatsApp such as `en` or `pt_BR`",
} as const;

const COUNTRY = {
  type: "string",
  pattern: "^[A-Z]{2}$",
  "x-form": "a country code of two capital letters such as `IN`",
} as const;

/** `__proto__` is no name: records cannot hold it. */
const NAME = "^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]*$";

export const PROJECT_SCHEMA: Schema = {
  type: "object",
  description: "Settings of a Parley bot.",
  additionalProperties: false,
  properties: {
    name: {
      type: "string",
      description: "Name of the bot. Default: the folder's name.",
      minLength: 1,
      maxLength: 100,
    },
    flows: {
      type: "array",
      description: "Which files belong to the bot: globs relative to this file.",
      default: ["**/*.flow"],
      minItems: 1,
      items: { type: "string", minLength: 1 },
    },
    platform: { type: "string", enum: ["cloud", "on_premises"], default: "cloud" },
    api: {
      type: "string",
      description: "Graph API version of the requests.",
      pattern: "^v[0-9]{1,3}\\.[0-9]$",
      "x-form": "a version of the Graph API such as `v23.0`",
      default: "v23.0",
    },
    locales: {
      type: "object",
      description: "Languages. The texts in the .flow files are the default one.",
      additionalProperties: false,
      properties: {
        default: { ...LOCALE, default: "en" },
        others: { type: "array", items: LOCALE, uniqueItems: true, default: [] },
        dir: { type: "string", minLength: 1, default: "locales", description: "Folder of the locale files." },
      },
    },
    timezone: {
      type: "string",
      description: "IANA name of the time zone of dates and times.",
      minLength: 1,
      default: "UTC",
    },
    hours: {
      type: "object",
      description:
        'Opening hours by name, for `open("NAME")`: `mon-fri 08:00-12:00, 14:00-18:00, sat 09:00-13:00, closed 12-25`.',
      propertyNames: { pattern: NAME },
      additionalProperties: { type: "string", minLength: 1 },
    },
    window: {
      type: "object",
      additionalProperties: false,
      properties: {
        margin: { ...DURATION, description: "Safety margin before the 24 hours end.", default: "5m" },
      },
    },
    idle: { ...DURATION, description: "A typed message later than this starts a new conversation.", default: "3d" },
    quiet: {
      ...DURATION,
      description: "How long the user must be silent before an event may interrupt.",
      default: "5m",
    },
    markets: { type: "array", description: "Countries where the users are.", items: COUNTRY, uniqueItems: true },
    business: {
      type: "object",
      description: "Turns on the rules for sellers of that country.",
      additionalProperties: false,
      required: ["country"],
      properties: { country: COUNTRY, compliance: { type: "string", enum: ["filed"] } },
    },
    catalog: {
      type: "string",
      description: "Catalog id for product messages, in quotes.",
      pattern: "^[0-9]+$",
      "x-form": 'the digits of a catalog id, in quotes: "194836987003835"',
    },
    templates: { type: "string", description: "File of templates that were approved elsewhere.", minLength: 1 },
    libraries: {
      type: "array",
      description: "Packages or folders whose .flow files join the bot.",
      items: { type: "string", minLength: 1 },
    },
    env: {
      type: "array",
      description: "Names that `env.NAME` may read at run time.",
      uniqueItems: true,
      items: { type: "string", pattern: NAME, "x-form": "a name of letters, digits and `_`" },
    },
    lint: {
      type: "object",
      description: "Severity of diagnostics by code.",
      propertyNames: { pattern: "^P[0-9]{4}$" },
      additionalProperties: { type: "string", enum: ["off", "info", "warning", "error"] },
    },
  },
};

/** The text of the published file. */
export function publishedSchema(): string {
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", title: "parley.yaml", ...PROJECT_SCHEMA };
  return `${JSON.stringify(schema, null, 2)}\n`;
}
