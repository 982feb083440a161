import { errorStatus, graphError } from "@parley/whatsapp";
import type { Context } from "../context.ts";
import { createTraceId } from "../ids.ts";

/** What a handler answers with; `ConnectionCut` in its place is a connection that breaks. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
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

/** An error of the Graph API itself, before WhatsApp sees the request. */
export function graphRefuse(
  ctx: Context,
  status: number,
  error: { readonly message: string; readonly type: string; readonly code: number; readonly error_subcode?: number },
): Answer {
  return { status, body: { error: { ...error, fbtrace_id: createTraceId(ctx.random) } } };
}

export function json({ status, body }: Answer): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json; charset=UTF-8" } });
}
