/** Readers of untrusted JSON: a value of another type than asked for counts as absent. */
import { isObject } from "../json.ts";

export type Raw = Readonly<Record<string, unknown>>;

export function text(raw: Raw, key: string): string | undefined {
  const value = raw[key];
  return typeof value === "string" ? value : undefined;
}

/** A text that may also come as a number (ids of groups' participants do). */
function textOrNumber(raw: Raw, key: string): string | undefined {
  const value = raw[key];
  return typeof value === "number" ? String(value) : typeof value === "string" ? value : undefined;
}

export function nonEmpty(raw: Raw, key: string): string | undefined {
  const value = textOrNumber(raw, key);
  return value === "" ? undefined : value;
}

export function object(raw: Raw, key: string): Raw | undefined {
  const value = raw[key];
  return isObject(value) ? value : undefined;
}

export function list(raw: Raw, key: string): readonly unknown[] {
  const value = raw[key];
  return Array.isArray(value) ? value : [];
}

/** A finite number, or a text that spells one. */
export function number(raw: Raw, key: string): number | undefined {
  const value = raw[key];
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/** Above this, a timestamp counts milliseconds: as seconds it would lie beyond the year 5000. */
const LARGEST_SECONDS = 1e11;

/** Unix milliseconds of a timestamp in seconds, as the wire has it; gateways were seen to send milliseconds. */
export function timestampMs(raw: Raw): number | undefined {
  const value = number(raw, "timestamp");
  if (value === undefined || value < 0) return undefined;
  return value > LARGEST_SECONDS ? Math.trunc(value) : Math.trunc(value * 1000);
}

/** `source` without its undefined fields, so that optional fields are absent, not undefined. */
export function defined<T extends object>(source: { readonly [K in keyof T]: T[K] | undefined }): T {
  const out: Record<string, unknown> = {};
  for (const key in source) if (source[key] !== undefined) out[key] = source[key];
  // Exactly the fields of T that had a value.
  return out as T;
}
