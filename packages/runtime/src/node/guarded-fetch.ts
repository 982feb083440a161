/** A `fetch` for HTTP actions that connects only to addresses of the public internet. */
import { lookup as resolve } from "node:dns";
import { type IncomingMessage, request as plain, type RequestOptions } from "node:http";
import { request as secure } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { Readable } from "node:stream";
import { type AllowPrivate, isAllowed, isPrivateAddress } from "../actions/guard.ts";

/**
 * What the name of a host resolves to is looked at, and exactly that address is connected to: a name that changes in between
 * reaches nothing else. Redirects are not followed; whoever calls looks at them.
 */
export function guardedFetch(options: { readonly allowPrivate?: AllowPrivate } = {}): typeof fetch {
  const { allowPrivate = false } = options;
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.protocol !== "http:" && url.protocol !== "https:") throw new TypeError(`no requests to ${url.protocol}`);
    const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
    const allowed = isAllowed(url, allowPrivate);
    const host = url.hostname.replace(/^\[|\]$/g, "");
    if (!allowed && isIP(host) !== 0 && isPrivateAddress(host)) throw new PrivateAddressError();
    return exchange(url, body, request, allowed ? {} : { lookup: publicLookup });
  };
}

/** A name resolves to an address that is not of the public internet. */
class PrivateAddressError extends Error {
  override readonly name: string = "PrivateAddressError";
  readonly code = "EPRIVATE";
}

/** All addresses of a name must be public: which one is taken is not ours to say. */
const publicLookup: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) done(error ?? new Error("the name has no address"), "");
    else if (addresses.some(({ address }) => isPrivateAddress(address))) done(new PrivateAddressError(), "");
    else if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  });
};

function exchange(
  url: URL,
  body: Buffer | undefined,
  { method, headers, signal }: Request,
  more: Pick<RequestOptions, "lookup">,
): Promise<Response> {
  const send = url.protocol === "https:" ? secure : plain;
  return new Promise((done, failed) => {
    const options = { method, headers: Object.fromEntries(headers), signal, agent: false as const, ...more };
    const outgoing = send(url, options, (incoming) => done(responseOf(incoming)));
    outgoing.once("error", failed);
    outgoing.end(body);
  });
}

function responseOf(incoming: IncomingMessage): Response {
  const status = incoming.statusCode ?? 500;
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const empty = [204, 205, 304].includes(status);
  if (empty) incoming.resume();
  const body = empty ? null : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>);
  return new Response(body, { status, headers });
}
