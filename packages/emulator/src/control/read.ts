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

/** Some properties of a value, those that are there. */
export function picked<T extends object, K extends keyof T>(value: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]])) as Pick<
    T,
    K
  >;
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    throw new ControlError(400, '"base64" is no base64');
  }
}

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** A clock cannot be put forward further than dates go. */
const LONGEST_MS = 100 * 365 * UNITS.d;

/** Milliseconds: a number, or a text such as `1h30m`; at most a hundred years. */
export function duration(body: Body, key: string): number {
  const ms = millisecondsOf(body[key], key);
  if (ms <= LONGEST_MS) return ms;
  throw new ControlError(400, `"${key}" is longer than a hundred years`);
}

function millisecondsOf(value: unknown, key: string): number {
  if (typeof value === "number" && value >= 0) return value;
  if (typeof value === "string" && /^(?:\d+(?:ms|[smhdw]))+$/.test(value)) {
    let total = 0;
    for (const [, count, unit] of value.matchAll(/(\d+)(ms|[smhdw])/g))
      total += Number(count) * UNITS[unit as keyof typeof UNITS];
    return total;
  }
  throw new ControlError(400, `"${key}" must be milliseconds, or a duration such as "1h30m"`);
}
