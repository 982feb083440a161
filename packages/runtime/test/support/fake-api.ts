/** A Cloud API that answers as it is told and remembers what it took. */
import { graphError, type MessageRequest } from "@parley/whatsapp";

export type Behaviour =
  | { readonly do: "accept" }
  | { readonly do: "error"; readonly code: number; readonly http: number }
  /** An answer that is not the Graph API's. */
  | { readonly do: "raw"; readonly http: number; readonly body: string }
  /** Takes the message, then the connection breaks. */
  | { readonly do: "accept-then-reset" }
  | { readonly do: "refuse-connection" }
  | { readonly do: "reset" }
  /** Takes the message; the answer comes when the test calls `release`. */
  | { readonly do: "hold" };

export interface Accepted {
  readonly wamid: string;
  readonly request: MessageRequest;
}

export interface FakeApi {
  readonly fetch: typeof fetch;
  /** Requests of messages in order, taken or not. */
  readonly requests: MessageRequest[];
  readonly reads: { readonly message_id: string; readonly typing_indicator?: object }[];
  readonly accepted: Accepted[];
  readonly headers: Headers[];
  readonly urls: string[];
  /** For the next requests, in order; after them everything is accepted. */
  readonly script: Behaviour[];
  readonly release: () => void;
  /** Requests under way to one recipient, at most. */
  readonly mostAtOnce: () => number;
  readonly texts: () => readonly string[];
}

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json" } });
}

export function textOf(request: MessageRequest): string {
  return request.type === "text" ? request.text.body : request.type;
}

export function fakeApi(): FakeApi {
  const held: (() => void)[] = [];
  const running = new Map<string, number>();
  let most = 0;
  const api: FakeApi = {
    requests: [],
    reads: [],
    accepted: [],
    headers: [],
    urls: [],
    script: [],
    release: () => {
      for (const resolve of held.splice(0)) resolve();
    },
    mostAtOnce: () => most,
    texts: () => api.accepted.map(({ request }) => textOf(request)),
    fetch: async (input, init) => {
      const body = JSON.parse(init?.body as string) as MessageRequest & { readonly status?: string };
      api.urls.push(input as string);
      api.headers.push(new Headers(init?.headers));
      if (body.status === "read") {
        api.reads.push(body as never);
        return json({ success: true });
      }
      api.requests.push(body);
      const to = body.to ?? body.recipient ?? "";
      running.set(to, (running.get(to) ?? 0) + 1);
      most = Math.max(most, running.get(to) ?? 0);
      try {
        await Promise.resolve();
        return await behave(api.script.shift() ?? { do: "accept" }, body);
      } finally {
        running.set(to, (running.get(to) ?? 1) - 1);
      }
    },
  };
  const accept = (request: MessageRequest): Response => {
    const wamid = `wamid.out${api.accepted.length + 1}`;
    api.accepted.push({ wamid, request });
    return json({ messaging_product: "whatsapp", contacts: [], messages: [{ id: wamid }] });
  };
  const behave = async (behaviour: Behaviour, request: MessageRequest): Promise<Response> => {
    switch (behaviour.do) {
      case "accept":
        return accept(request);
      case "error":
        return json(graphError(behaviour.code, "details"), behaviour.http);
      case "raw":
        return new Response(behaviour.body, { status: behaviour.http });
      case "accept-then-reset":
        accept(request);
        throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
      case "reset":
        throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
      case "refuse-connection":
        throw new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
      case "hold": {
        const response = accept(request);
        await new Promise<void>((resolve) => held.push(resolve));
        return response;
      }
      default:
        return behaviour satisfies never;
    }
  };
  return api;
}
