/** An HTTP action as the request that it makes. */

import { type Env, envOf } from "../expr/env.ts";
import { evaluate } from "../expr/evaluate.ts";
import { printHole } from "../expr/print.ts";
import type { Expr, Hole, HttpDef, Machine, Template, Value } from "../format.ts";
import type { Snapshot } from "../snapshot.ts";

export interface HttpRequest {
  readonly method: HttpDef["method"];
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** To be sent as JSON; absent where there is none. */
  readonly body?: Value;
}

export interface HttpCall {
  readonly args: Readonly<Record<string, Value>>;
  /** The contact's id, which `variant` goes by. */
  readonly contact: string;
  /** Ms since 1970 at which the action was called: the same for each attempt. */
  readonly now: number;
  /** What `random` goes by: the same for each attempt. */
  readonly seed: string;
  /** What `env.X` reads. */
  readonly env: Readonly<Record<string, string>>;
}

/** Undefined where the values make an address of another path than the one that is written. */
export function httpRequest(machine: Machine, http: HttpDef, call: HttpCall): HttpRequest | undefined {
  const env = surroundings(machine, call);
  const url = urlOf(env, http.url);
  if (url === undefined) return undefined;
  const headers = http.headers.map(({ name, value }) => [name, printed(env, value)] as const);
  const request = { method: http.method, url, headers };
  return http.body === undefined ? request : { ...request, body: evaluate(env, http.body) };
}

/** The address for logs: holes as they are written, without the query. */
export function httpAddress({ url }: HttpDef): string {
  const text = url.map((part) => (typeof part === "string" ? part : part.source)).join("");
  return text.replace(/[?#][\s\S]*$/, "");
}

/** The part of an answer that is the result; null where the way leads nowhere. */
export function httpResult(http: HttpDef, answer: unknown): unknown {
  let at = answer;
  for (const step of http.result) {
    if (typeof at !== "object" || at === null || Array.isArray(at) !== (typeof step === "number")) return null;
    if (!Object.hasOwn(at, step)) return null;
    at = (at as Readonly<Record<string | number, unknown>>)[step];
  }
  return at ?? null;
}

function surroundings(machine: Machine, { args, contact, now, seed, env }: HttpCall): Env {
  const nobody: Snapshot = {
    v: 1,
    machine: machine.hash,
    turn: 0,
    locale: machine.locales.default,
    contact: { id: contact, phone: null, name: null },
    profile: {},
    lastUserAt: null,
    reply: null,
    pending: {},
    conversation: null,
  };
  return { ...envOf(machine, nobody, { now, seed, outside: env }), vars: args };
}

function printed(env: Env, template: Template): string {
  return template.map((part) => (typeof part === "string" ? part : printHole(env, part, evaluate))).join("");
}

function urlOf(env: Env, template: Template): string | undefined {
  let url = "";
  for (const [i, part] of template.entries()) url += typeof part === "string" ? part : encoded(env, part, i === 0);
  return climbs(url) ? undefined : url;
}

function encoded(env: Env, hole: Hole, raw: boolean): string {
  const text = printHole(env, hole, evaluate);
  return raw ? text : percentEncoded(text);
}

/** Like `encodeURIComponent`, with the marks that mean something somewhere; half a character becomes the sign for one. */
function percentEncoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** With `.` or `..` as a part of its path an address is another one. */
function climbs(url: string): boolean {
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/[?#][\s\S]*$/, "");
  return path.split(/[/\\]/).some((part) => /^(?:\.|%2e){1,2}$/i.test(part));
}

/** An expression whose texts print enums by their names: a request knows no language. */
export function withoutLabels(e: Expr): Expr {
  return JSON.parse(JSON.stringify(e), (_key, value: unknown) =>
    isLabelled(value) ? { ...value, as: "text" } : value,
  ) as Expr;
}

function isLabelled(value: unknown): value is Hole {
  if (typeof value !== "object" || value === null || !("as" in value) || !("e" in value)) return false;
  return typeof value.as === "object" && value.as !== null && "enum" in value.as;
}
