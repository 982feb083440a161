/** Reading of control requests: everything that is wrong with one is a `ControlError`, with words for people. */
export class ControlError extends Error {
  override readonly name = "ControlError";
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type Body = Readonly<Record<string, unknown>>;

export async function readBody(request: Request): Promise<Body> {
  const text = await request.text();
  let value: unknown;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch {
    throw new ControlError(400, "the body is not JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ControlError(400, "the body must be a JSON object");
  }
  return value as Body;
}

function optional<T>(body: Body, key: string, is: (value: unknown) => value is T, kind: string): T | undefined {
  const value = body[key];
  if (value === undefined || value === null) return undefined;
  if (!is(value)) throw new ControlError(400, `"${key}" must be ${kind}`);
  return value;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}
function isObject(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

export const text = (body: Body, key: string): string | undefined => optional(body, key, isText, "a text");
export const number = (body: Body, key: string): number | undefined => optional(body, key, isNumber, "a number");
export const flag = (body: Body, key: string): boolean | undefined => optional(body, key, isBoolean, "true or false");
export const object = (body: Body, key: string): Body | undefined => optional(body, key, isObject, "an object");
export const list = (body: Body, key: string): readonly unknown[] | undefined => optional(body, key, isList, "a list");

/** The value, or the complaint that it is missing. */
export function need<T>(value: T | undefined, key: string): T {
  if (value === undefined) throw new ControlError(400, `"${key}" is missing`);
  return value;
}

/** One of `values`. */
export function word<T extends string>(body: Body, key: string, values: readonly T[]): T {
  const value = need(text(body, key), key);
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new ControlError(400, `"${key}" must be one of ${values.join(", ")}`);
  return found;
}

/** Properties that are there: absent ones stay absent. */
export function present<T extends object>(value: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** A clock cannot be put forward further than dates go. */
const LONGEST_MS = 100 * 365 * UNITS.d;

/** Milliseconds: a number, or a text such as `1h30m`; at most a hundred years. */
export function duration(body: Body, key: string): number {
  const ms = millisecondsOf(need(body[key], key), key);
  if (ms <= LONGEST_MS) return ms;
  throw new ControlError(400, `"${key}" is longer than a hundred years`);
}

function millisecondsOf(value: unknown, key: string): number {
  if (isNumber(value) && value >= 0) return value;
  if (isText(value) && /^(?:\d+(?:ms|[smhdw]))+$/.test(value)) {
    let total = 0;
    for (const [, count, unit] of value.matchAll(/(\d+)(ms|[smhdw])/g))
      total += Number(count) * UNITS[unit as keyof typeof UNITS];
    return total;
  }
  throw new ControlError(400, `"${key}" must be milliseconds, or a duration such as "1h30m"`);
}
