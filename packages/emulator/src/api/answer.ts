import { errorStatus, graphError } from "@parley/whatsapp";
import type { Context } from "../context.ts";
import { createTraceId } from "../ids.ts";
import { RULES, type RuleName, ruleStatus } from "../rules.ts";

/** What a handler answers with; `ConnectionCut` in its place is a connection that breaks. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The connection of an API call broke, as a fault wanted: `fetch` rejects with it, the server destroys the socket. */
export class ConnectionCut extends Error {
  override readonly name = "ConnectionCut";
  constructor() {
    super("the connection was cut");
  }
}

/** An error in WhatsApp's shape, with the code's own HTTP status. */
export function refuse(ctx: Context, code: number, details: string): Answer {
  return { status: errorStatus(code), body: graphError(code, details, createTraceId(ctx.random)) };
}

/** The same for a rule of the emulator's table. */
export function broken(ctx: Context, name: RuleName, details: string): Answer {
  const rule = RULES[name];
  return { ...refuse(ctx, rule.code, details), status: ruleStatus(name) };
}

interface GraphError {
  readonly message: string;
  readonly type: string;
  readonly error_subcode?: number;
  readonly error_user_title?: string;
  readonly error_user_msg?: string;
}

/** An error of the Graph API itself, before WhatsApp sees the request. */
export function graphBroken(ctx: Context, name: RuleName, { message, type, ...more }: GraphError): Answer {
  const { code } = RULES[name];
  return {
    status: ruleStatus(name),
    body: { error: { message, type, code, ...more, fbtrace_id: createTraceId(ctx.random) } },
  };
}

export function unknownObject(ctx: Context, id: string, name: RuleName = "object-is-known"): Answer {
  const message = `Unsupported request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`;
  return graphBroken(ctx, name, { message, type: "GraphMethodException", error_subcode: 33 });
}

export function unknownPath(ctx: Context, path: string): Answer {
  return graphBroken(ctx, "path-is-known", { message: `Unknown path components: ${path}`, type: "OAuthException" });
}

export function json({ status, body, headers }: Answer): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=UTF-8", ...headers },
  });
}
