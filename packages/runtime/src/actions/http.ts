/** Makes the requests of HTTP actions. Addresses are logged without their query, with holes as they are written. */
import {
  type ActionOutcome,
  type HttpDef,
  type HttpRequest,
  httpAddress,
  httpRequest,
  httpResult,
  type Machine,
  type Value,
} from "@parley/machine";
import { digest } from "../hash.ts";
import { errorFacts } from "../log.ts";
import type { HttpOptions, Logger } from "../types.ts";
import { refusal } from "./guard.ts";

const MAX_REDIRECTS = 3;
const MAX_BYTES = 1024 * 1024;

export interface HttpSetup extends HttpOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly log: Logger;
}

export interface HttpActionCall {
  readonly action: string;
  readonly args: Readonly<Record<string, Value>>;
  readonly contact: string;
  readonly once: boolean;
  /** When it was called, ms since 1970: the same for each attempt. */
  readonly at: number;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
}

/** What a request came to; only what the log may say of it. */
class Refused extends Error {
  override readonly name: string = "Refused";
  readonly facts: object;
  constructor(why: string, facts: object = {}) {
    super(why);
    this.facts = facts;
  }
}

/** The result is the part of the answer that is declared as such; whether it fits its type is looked at where it arrives. */
export async function callHttp(
  setup: HttpSetup,
  machine: Machine,
  http: HttpDef,
  call: HttpActionCall,
): Promise<ActionOutcome> {
  const facts = { action: call.action, method: http.method, url: httpAddress(http) };
  try {
    const hasResult = machine.actions[call.action]?.result !== undefined;
    const answer = await exchange(setup, requestOf(setup, machine, http, call), call.signal);
    return { ok: true, value: await resultOf(setup, http, answer, hasResult) };
  } catch (error) {
    if (call.signal.aborted) return { ok: false, failure: "failed" };
    if (error instanceof Refused) {
      setup.log.warn({ ...facts, why: error.message, ...error.facts }, "an HTTP action failed");
      return { ok: false, failure: "failed" };
    }
    setup.log.warn({ ...facts, ...errorFacts(error) }, "an HTTP action got no answer");
    // The request may have arrived.
    return { ok: false, failure: call.once ? "unknown" : "failed" };
  }
}

interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string | undefined;
}

function requestOf(setup: HttpSetup, machine: Machine, http: HttpDef, call: HttpActionCall): Sent {
  const { args, contact, at, idempotencyKey } = call;
  const seed = digest(32, "http", idempotencyKey);
  const request = httpRequest(machine, http, { args, contact, now: at, seed, env: setup.env });
  const url = request && URL.parse(request.url);
  if (!url) throw new Refused("its values make no address");
  url.hash = "";
  const headers = headersOf(request);
  if (!headers.has("accept")) headers.set("accept", "application/json");
  // A digest: who answers has no use for the contact's id in ours.
  if (request.method !== "GET") headers.set("idempotency-key", digest(32, "idempotency", idempotencyKey));
  if (request.body === undefined) return { method: request.method, url, headers, body: undefined };
  if (!headers.has("content-type")) headers.set("content-type", "application/json");
  return { method: request.method, url, headers, body: JSON.stringify(request.body) };
}

function headersOf({ headers }: HttpRequest): Headers {
  try {
    return new Headers(headers.map(([name, value]) => [name, value] as [string, string]));
  } catch {
    // Its message has the value in it.
    throw new Refused("a value cannot stand in a header");
  }
}

/** Follows redirects, each of which is held against the same rules. */
async function exchange(setup: HttpSetup, first: Sent, signal: AbortSignal): Promise<Response> {
  const request = setup.fetch ?? fetch;
  let sent = first;
  for (let redirects = 0; ; redirects++) {
    const why = refusal(sent.url, setup.allowPrivate ?? false);
    if (why !== undefined) throw new Refused(why, redirects > 0 ? { redirects } : {});
    const { method, headers, body } = sent;
    const answer = await request(sent.url, {
      method,
      headers,
      redirect: "manual",
      signal,
      ...(body === undefined ? {} : { body }),
    });
    if (answer.type === "opaqueredirect") throw new Refused("a redirect that cannot be looked at here");
    if (![301, 302, 303, 307, 308].includes(answer.status)) return answer;
    await discard(answer);
    if (redirects === MAX_REDIRECTS) throw new Refused(`more than ${MAX_REDIRECTS} redirects`);
    sent = redirected(sent, answer);
  }
}

/** Another origin gets neither the headers, which hold secrets, nor the body. */
function redirected(sent: Sent, answer: Response): Sent {
  const url = URL.parse(answer.headers.get("location") ?? "", sent.url.href);
  if (!url) throw new Refused("a redirect without an address", { status: answer.status });
  if (sent.url.protocol === "https:" && url.protocol !== "https:") throw new Refused("a redirect from https to http");
  const becomesGet = answer.status === 303 || (answer.status < 303 && sent.method === "POST");
  const same = url.origin === sent.url.origin;
  if (!same && !becomesGet && sent.method !== "GET") throw new Refused("a redirect of a body to another host");
  url.hash = "";
  const headers = same ? new Headers(sent.headers) : new Headers({ accept: sent.headers.get("accept") ?? "*/*" });
  if (!becomesGet) return { ...sent, url, headers };
  for (const name of ["content-type", "idempotency-key"]) headers.delete(name);
  return { method: "GET", url, headers, body: undefined };
}

async function discard(answer: Response): Promise<void> {
  await answer.body?.cancel();
}

async function resultOf(setup: HttpSetup, http: HttpDef, answer: Response, hasResult: boolean): Promise<Value> {
  const { status } = answer;
  if (!answer.ok || !hasResult) await discard(answer);
  if (!answer.ok) throw new Refused("the answer is an error", { status });
  if (!hasResult) return null;
  const text = await textOf(answer, setup.maxBytes ?? MAX_BYTES);
  if (text.trim() === "") return null;
  if (!isJson(answer.headers.get("content-type"))) throw new Refused("the answer is not JSON by its type", { status });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Refused("the answer is not JSON", { status });
  }
  return httpResult(http, json) as Value;
}

function isJson(type: string | null): boolean {
  return /^(?:application\/json|[^;\s]+\+json|text\/json)\s*(?:;|$)/i.test(type?.trim() ?? "");
}

async function textOf(answer: Response, max: number): Promise<string> {
  if (Number(answer.headers.get("content-length") ?? 0) > max) {
    await discard(answer);
    throw new Refused("the answer is too long", { max });
  }
  const decoder = new TextDecoder();
  let length = 0;
  let text = "";
  // Cast: as every runtime has it, and not all types do.
  for await (const chunk of (answer.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > max) throw new Refused("the answer is too long", { max });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
