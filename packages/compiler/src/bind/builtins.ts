/** The names that the language itself gives. */
import { type FunctionName, FUNCTION_NAMES as MACHINE_FUNCTIONS } from "@parley/machine";
import type { Root } from "./names.ts";

/** Built-in enums and their cases in order. */
export const BUILTIN_ENUMS = {
  Failure: ["failed", "timeout", "unknown"],
  ReplyKind: [
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contact",
    "order",
    "tap",
    "form",
    "address",
    "other",
  ],
  MediaKind: ["image", "video", "audio", "document", "sticker"],
} as const;

export type BuiltinEnum = keyof typeof BUILTIN_ENUMS;

export const BUILTIN_TYPES: readonly string[] = [
  "text",
  "number",
  "bool",
  "date",
  "time",
  "moment",
  "duration",
  "phone",
  "url",
  "location",
  "media",
  "cart",
  "card",
  ...Object.keys(BUILTIN_ENUMS),
];

/** `failure` has a value only in the `else` of an action. */
export const ROOTS: readonly Root[] = ["contact", "profile", "reply", "window", "env", "failure"];

/** Names of the built-in functions; `types/functions.ts` has their signatures. */
export const FUNCTION_NAMES: readonly FunctionName[] = MACHINE_FUNCTIONS;

export type { FunctionName };
