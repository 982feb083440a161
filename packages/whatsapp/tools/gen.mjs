// Writes src/generated/validators.ts (ajv's standalone code) and schemas/*.json from src/schema. Run by `npm run gen`.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { definitions, messageKinds, schemaFor, schemaKinds } from "../src/schema/index.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const ROOT_ID = "whatsapp";

/** Names of the exported validators: `interactive.button` is `interactiveButton`. */
function exportName(definition) {
  return definition.replace(/[._]([a-z])/g, (_, letter) => letter.toUpperCase());
}

/** A value of one of the schemas in ajv's code: `schema31.properties.type.enum`. */
const SCHEMA_VALUE = String.raw`(schema\d+)((?:\.[A-Za-z_$][\w$]*|\[\d+\]|\["[^"]+"\])*)`;

/** Replaces what ajv's code reads from its schemas by the value itself, and drops the schemas. */
function inlineSchemas(code) {
  const schemas = new Map();
  const rest = code.replace(/^(?:export )?const (schema\d+) = (.*?);?$/gm, (_, name, json) => {
    schemas.set(name, JSON.parse(json));
    return "";
  });
  const valueAt = (name, path) => {
    const keys = [...path.matchAll(/\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\["([^"]+)"\]/g)].map((m) => m[1] ?? m[2] ?? m[3]);
    const value = keys.reduce((at, key) => at?.[key], schemas.get(name));
    if (value === undefined) throw new Error(`nothing at ${name}${path}`);
    return value;
  };
  const sets = [];
  // Whether a key is one of many known ones is asked of the schema's `properties` by hasOwnProperty: a set serves better.
  const sized = rest.replace(new RegExp(`\\w+\\.call\\(${SCHEMA_VALUE}, (\\w+)\\)`, "g"), (_, name, path, key) => {
    const set = `const keys${sets.length} = new Set(${JSON.stringify(Object.keys(valueAt(name, path)))});`;
    return `keys${sets.push(set) - 1}.has(${key})`;
  });
  const inlined = sized.replace(new RegExp(`\\b${SCHEMA_VALUE}`, "g"), (_, name, path) =>
    JSON.stringify(valueAt(name, path)),
  );
  return `${sets.join("\n")}\n${inlined.replace(/^const \w+ = Object\.prototype\.hasOwnProperty;?$/gm, "")}`;
}

/** The helpers of ajv's run time that its code asks for, and what is taken instead. */
const HELPERS = new Map([["ajv/dist/runtime/ucs2length", "codePoints"]]);

function replaceHelpers(code) {
  return code.replace(/^const (\w+) = require\("([^"]+)"\)\.default;?$/gm, (_, name, module) => {
    const helper = HELPERS.get(module);
    if (!helper) throw new Error(`ajv's code needs ${module}: add a helper of our own`);
    return `const ${name} = ${helper};`;
  });
}

/**
 * What is kept of an error: where, which keyword, which property. The rest is in the schema, where the texts are made. An
 * error of a condition (`{}`) is counted and taken back at once. One inside a branch of `oneOf` or `anyOf`, and the one of
 * `if`, say nothing that their neighbours do not say better; they only keep the count.
 */
function added(error) {
  if (error === "{}") return "";
  const parts = /^\{instancePath(?::(.*?))?,schemaPath:"((?:[^"\\]|\\.)*)",keyword:"([^"]+)",params:\{(.*)\}\}$/.exec(
    error,
  );
  if (!parts) throw new Error(`an error of a form that is not known here: ${error}`);
  const [, path = "instancePath", schemaPath, keyword, params] = parts;
  if (/\/(?:oneOf|anyOf)\/\d+\/|\/if$/.test(schemaPath)) return "vErrors = add(vErrors, instancePath, BESIDE);\n";
  const property = /^(?:missingProperty|additionalProperty): (.*)$/.exec(params)?.[1];
  return `vErrors = add(vErrors, ${path}, "${keyword}"${property === undefined ? "" : `, ${property}`});\n`;
}

/** One call in the place of the eight lines that add an error to the list. */
function shortenErrors(code) {
  const short = code.replace(
    /const (err\d+) = (\{.*\});\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\n/g,
    (_, _name, error) => added(error),
  );
  if (/\berr\d+\b/.test(short)) throw new Error("ajv's code adds an error in a way that is not known here");
  return short;
}

const OBJECT_TEST = /(\w+) && typeof \1 == "object" && !Array\.isArray\(\1\)/g;

const HELPER_CODE = `const BESIDE = "beside";
function add(errors: SchemaError[] | null, instancePath: string, keyword: string, property?: string): SchemaError[] {
const error = { instancePath, keyword, property };
if(errors === null) return [error];
errors.push(error);
return errors;
}`;

function validators() {
  // The schemas keep to what drafts 7 and 2020-12 share; ajv's code for draft 7 is half the size.
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allowUnionTypes: true,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
    schemas: [{ $id: ROOT_ID, $defs: definitions() }],
  });
  const direct = ["envelope", "read", "webhook", "message_template"];
  const names = [...direct, ...messageKinds()];
  const entries = Object.fromEntries(names.map((name) => [exportName(name), `${ROOT_ID}#/$defs/${name}`]));
  const raw = standalone.default(ajv, entries);
  const code = shortenErrors(replaceHelpers(inlineSchemas(raw)))
    .replace(OBJECT_TEST, "isObject($1)")
    .replace(/^"use strict";?$/m, "")
    .replace(/^\/\*# sourceURL=.*$/gm, "")
    .replace(/^export const (\w+) = (\w+);?$/gm, (_, name, own) => {
      const visibility = direct.map(exportName).includes(name) ? "export " : "";
      return `${visibility}const ${name}: ValidateFunction = ${own} as ValidateFunction;`;
    })
    .replace(/\n{2,}/g, "\n");
  if (/\brequire\(|\bschema\d+\b/.test(code)) throw new Error("ajv's code still refers to what is not there");
  const table = messageKinds().map((kind) => `  ["${kind}", ${exportName(kind)}],`);
  return [
    "// @ts-nocheck",
    "// Generated by packages/whatsapp/tools/gen.mjs from src/schema. Do not edit.",
    'import { isObject } from "../json.ts";',
    'import { codePoints } from "../text.ts";',
    'import type { MessageKind, SchemaError, ValidateFunction } from "../schema/types.ts";',
    HELPER_CODE,
    code.trim(),
    "/** Validator of a message's payload, by kind. */",
    "export const PAYLOADS: ReadonlyMap<string, ValidateFunction> = new Map<MessageKind, ValidateFunction>([",
    ...table,
    "]);",
    "",
  ].join("\n");
}

/** The files that this tool writes, by path from the package, with their text. */
export function outputs() {
  const files = new Map([["src/generated/validators.ts", validators()]]);
  for (const kind of schemaKinds()) files.set(`schemas/${kind}.json`, `${JSON.stringify(schemaFor(kind), null, 2)}\n`);
  return files;
}

/** Writes the files, removes schemas of kinds that are gone, and returns the paths that changed. */
export function generate() {
  const files = outputs();
  const changed = [];
  for (const folder of ["src/generated", "schemas"]) mkdirSync(join(root, folder), { recursive: true });
  for (const name of readdirSync(join(root, "schemas"))) {
    if (!files.has(`schemas/${name}`)) rmSync(join(root, "schemas", name));
  }
  for (const [path, text] of files) {
    const target = join(root, path);
    if (readText(target) === text) continue;
    writeFileSync(target, text);
    changed.push(path);
  }
  return changed;
}

function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const changed = generate();
  console.log(
    changed.length ? changed.map((path) => `wrote packages/whatsapp/${path}`).join("\n") : "whatsapp: up to date",
  );
}
