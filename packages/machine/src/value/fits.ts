/**
 * Whether a value from outside (an action's result, an event's argument, a typed answer) is one of a type, and the value
 * as it is kept: texts trimmed, blank ones none where that is allowed, moments in ms, unknown fields left out.
 */
import { codePoints } from "@parley/whatsapp";
import type { Machine, Value, ValueType } from "../format.ts";
import { setOwn } from "../own.ts";
import { parseDate, parseMoment, parseTime } from "./calendar.ts";
import { LARGEST, printNumber } from "./number.ts";
import { CARD, CART, LOCATION, MEDIA } from "./shapes.ts";

export type Fit =
  | { readonly ok: true; readonly value: Value }
  /** `path` in the value, such as `.items[2].name`, and what was wanted there. */
  | { readonly ok: false; readonly path: string; readonly wanted: string };

type Enums = Pick<Machine, "enums">;

export function fits(machine: Enums, type: ValueType, value: unknown): boolean {
  return fitValue(machine, type, value).ok;
}

export function fitValue(machine: Enums, type: ValueType, value: unknown): Fit {
  switch (type.t) {
    case "text":
      return fitText(type.max, value);
    case "number":
      return fitNumber(value);
    case "range":
      return fitRange(type.min, type.max, value);
    case "bool":
      return typeof value === "boolean" ? ok(value) : misfit("true or false");
    case "date":
      return fitPattern(value, (text) => parseDate(text) !== null, "a date as YYYY-MM-DD");
    case "time":
      return fitPattern(value, (text) => parseTime(text) !== null, "a time as HH:MM");
    case "moment":
      return fitMoment(value);
    case "duration":
      return Number.isFinite(value) ? ok(value as number) : misfit("a number of milliseconds");
    case "phone":
      return fitPattern(value, (text) => PHONE.test(text), "a phone number with + and country code");
    case "url":
      return fitPattern(value, isUrl, "an http or https URL");
    case "location":
    case "media":
    case "cart":
    case "card":
      return fitShape(machine, type.t, value);
    case "enum":
      return fitCase(machine, type.name, value);
    case "record":
      return fitRecord(machine, type.fields, value);
    case "list":
      return fitList(machine, type, value);
    case "optional":
      return isBlank(value) ? ok(null) : fitValue(machine, type.of, value);
    default:
      return type satisfies never;
  }
}

function ok(value: Value): Fit {
  return { ok: true, value };
}

function misfit(wanted: string): Fit {
  return { ok: false, path: "", wanted };
}

function inside(path: string, fit: Fit & { ok: false }): Fit {
  return { ok: false, path: `${path}${fit.path}`, wanted: fit.wanted };
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "string" && value.trim() === "");
}

function fitText(max: number, value: unknown): Fit {
  const text = typeof value === "string" ? value.trim() : "";
  if (text === "") return misfit("a text that is not blank");
  return codePoints(text) <= max ? ok(text) : misfit(`a text of at most ${max} characters`);
}

function fitNumber(value: unknown): Fit {
  if (typeof value !== "number" || !Number.isFinite(value)) return misfit("a number");
  return Math.abs(value) < LARGEST ? ok(value) : misfit("a number below 10^15");
}

function fitRange(min: number, max: number, value: unknown): Fit {
  const whole = Number.isInteger(value) ? (value as number) : Number.NaN;
  return whole >= min && whole <= max
    ? ok(whole)
    : misfit(`a whole number from ${printNumber(min)} to ${printNumber(max)}`);
}

function fitMoment(value: unknown): Fit {
  const moment = typeof value === "string" ? parseMoment(value) : value;
  return Number.isSafeInteger(moment) ? ok(moment as number) : misfit("a moment in ms since 1970 or as ISO 8601");
}

const PHONE = /^\+[1-9]\d{4,14}$/;
const URL = /^https?:\/\/[^\s/?#]+[^\s]*$/i;
const URL_MAX = 2000;

export function isUrl(text: string): boolean {
  return URL.test(text) && codePoints(text) <= URL_MAX;
}

function fitPattern(value: unknown, test: (text: string) => boolean, wanted: string): Fit {
  const text = typeof value === "string" ? value.trim() : "";
  return test(text) ? ok(text) : misfit(wanted);
}

function fitCase(machine: Enums, name: string, value: unknown): Fit {
  const cases = machine.enums[name]?.cases;
  // The language's own enums are in no machine.
  const known = typeof value === "string" && value !== "" && (cases === undefined || Object.hasOwn(cases, value));
  return known ? ok(value) : misfit(`a case of ${name}`);
}

function fitRecord(machine: Enums, fields: Readonly<Record<string, ValueType>>, value: unknown): Fit {
  if (!isRecord(value)) return misfit("a record");
  const out: Record<string, Value> = {};
  for (const [name, type] of Object.entries(fields)) {
    const fit = fitValue(machine, type, Object.hasOwn(value, name) ? value[name] : undefined);
    if (!fit.ok) return inside(`.${name}`, fit);
    setOwn(out, name, fit.value);
  }
  return ok(out);
}

function fitList(machine: Enums, type: Extract<ValueType, { t: "list" }>, value: unknown): Fit {
  if (!Array.isArray(value)) return misfit("a list");
  if (value.length < type.min || value.length > type.max) return misfit(`a list of ${type.min} to ${type.max} items`);
  const out: Value[] = [];
  for (const [i, item] of value.entries()) {
    const fit = fitValue(machine, type.of, item);
    if (!fit.ok) return inside(`[${i}]`, fit);
    out.push(fit.value);
  }
  return ok(out);
}

const SHAPES = { location: LOCATION, media: MEDIA, cart: CART, card: CARD } as const;

function fitShape(machine: Enums, name: keyof typeof SHAPES, value: unknown): Fit {
  const fit = fitRecord(machine, SHAPES[name], value);
  if (!fit.ok) return fit;
  if (name === "location" && !isOnEarth(fit.value)) return misfit("a latitude up to 90 and a longitude up to 180");
  if (name === "media" && !hasFile(fit.value)) return misfit("a media value with an id or a link");
  return fit;
}

function isOnEarth(value: Value): boolean {
  if (!isRecord(value)) return false;
  return Math.abs(Number(value["latitude"])) <= 90 && Math.abs(Number(value["longitude"])) <= 180;
}

function hasFile(value: Value): boolean {
  return isRecord(value) && (value["id"] === null) !== (value["link"] === null);
}

export function isRecord(value: unknown): value is Readonly<Record<string, Value>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
