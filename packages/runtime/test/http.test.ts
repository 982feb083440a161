import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ActionDef, Machine, Value } from "@parley/machine";
import { afterEach, describe, expect, test } from "vitest";
import { callHttp } from "../src/actions/http.ts";
import { guardedFetch } from "../src/node.ts";
import type { HttpOptions } from "../src/types.ts";
import { pizza } from "./support/pizza.ts";

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Api {
  readonly origin: string;
  readonly seen: Seen[];
}

/** A real server; `answer` gets the number of the request, from 0. */
async function api(answer: (n: number, ...args: Parameters<RequestListener>) => void): Promise<Api> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      answer(seen.length - 1, request, response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const json = (value: unknown) => (_: number, __: unknown, response: Parameters<RequestListener>[1]) => {
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.end(JSON.stringify(value));
};

function hole(name: string): { e: readonly ["get", string]; as: "text"; source: string } {
  return { e: ["get", name], as: "text", source: `{${name}}` };
}

const BASE = { e: ["field", ["root", "env"], "BASE"], as: "text", source: "{env.BASE}" } as const;
const TOKEN = { e: ["field", ["root", "env"], "TOKEN"], as: "text", source: "{env.TOKEN}" } as const;

function machineWith(action: Partial<ActionDef>): Machine {
  const http: ActionDef["http"] = {
    method: "GET",
    url: [BASE, "/find/", hole("what"), "?q=", hole("what")],
    headers: [{ name: "Authorization", value: ["Bearer ", TOKEN] }],
    result: ["data", 0],
  };
  const params = { what: { t: "text", max: 100 } } as const;
  return { ...pizza, actions: { find: { params, result: { t: "text", max: 20 }, timeoutMs: 1000, http, ...action } } };
}

interface Called {
  readonly outcome: unknown;
  readonly lines: readonly string[];
}

interface CallOptions {
  readonly origin: string;
  readonly what?: Value;
  readonly once?: boolean;
  readonly http?: HttpOptions;
  readonly token?: string;
}

async function call(action: Partial<ActionDef>, options: CallOptions): Promise<Called> {
  const machine = machineWith(action);
  const http = machine.actions["find"]?.http;
  if (!http) throw new Error("the action is no request");
  const lines: string[] = [];
  const log = (facts: object, message: string): void => void lines.push(`${message} ${JSON.stringify(facts)}`);
  const setup = {
    allowPrivate: true,
    fetch: guardedFetch({ allowPrivate: true }),
    ...options.http,
    env: { BASE: options.origin, TOKEN: options.token ?? "s3cret" },
    log: { debug: log, info: log, warn: log, error: log },
  };
  const outcome = await callHttp(setup, machine, http, {
    action: "find",
    args: { what: options.what ?? "a b" },
    contact: "c1",
    once: options.once ?? false,
    at: 1_764_000_000_000,
    idempotencyKey: "c1/7",
    signal: AbortSignal.timeout(5_000),
  });
  return { outcome, lines };
}

const FAILED = { ok: false, failure: "failed" };

describe("a request", () => {
  test("has its values percent-encoded, its headers, and gives the part of the answer that is the result", async () => {
    const { origin, seen } = await api(json({ data: ["Duomo", "Brera"] }));
    const { outcome, lines } = await call({}, { origin, what: "a/b?c=ü&(d)" });
    expect(outcome).toEqual({ ok: true, value: "Duomo" });
    expect(lines).toEqual([]);
    const encoded = "a%2Fb%3Fc%3D%C3%BC%26%28d%29";
    expect(seen).toMatchObject([{ method: "GET", url: `/find/${encoded}?q=${encoded}`, body: "" }]);
    expect(seen[0]?.headers).toMatchObject({ authorization: "Bearer s3cret", accept: "application/json" });
    expect(seen[0]?.headers).not.toHaveProperty("idempotency-key");
  });

  test("of POST and PUT carries its body as JSON and a key that repetitions share", async () => {
    const { origin, seen } = await api(json({}));
    for (const method of ["POST", "PUT"] as const) {
      const http = {
        method,
        url: [BASE, "/orders"],
        headers: [],
        body: ["record", { what: ["get", "what"] }],
        result: [],
      } as const;
      const machine = { http, result: { t: "optional", of: { t: "record", fields: {} } } } as const;
      expect((await call(machine, { origin })).outcome).toEqual({ ok: true, value: {} });
      expect((await call(machine, { origin })).outcome).toEqual({ ok: true, value: {} });
    }
    expect(seen.map(({ method, body }) => [method, body])).toEqual([
      ["POST", '{"what":"a b"}'],
      ["POST", '{"what":"a b"}'],
      ["PUT", '{"what":"a b"}'],
      ["PUT", '{"what":"a b"}'],
    ]);
    expect(new Set(seen.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(seen[0]?.headers["idempotency-key"]).toMatch(/^[0-9a-f]{32}$/);
    expect(seen[0]?.headers["content-type"]).toBe("application/json");
  });

  test("whose value would lead to another path is not made", async () => {
    const { origin, seen } = await api(json({ data: ["x"] }));
    for (const what of ["..", "."]) expect((await call({}, { origin, what })).outcome).toEqual(FAILED);
    expect(seen).toEqual([]);
  });

  test("whose value cannot stand in a header is not made, and the value not told", async () => {
    const { origin, seen } = await api(json({ data: ["x"] }));
    const { outcome, lines } = await call({}, { origin, token: "s3cret\r\nX-Evil: 1" });
    expect(outcome).toEqual(FAILED);
    expect(seen).toEqual([]);
    expect(lines.join()).not.toContain("s3cret");
  });
});

describe("an answer", () => {
  test.each([400, 404, 500, 503])("of status %i is a failure", async (status) => {
    const { origin } = await api((_, __, response) => {
      response.statusCode = status;
      response.end('{"data":["x"]}');
    });
    const { outcome, lines } = await call({}, { origin, once: true, what: "p3rsonal" });
    expect(outcome).toEqual(FAILED);
    expect(lines).toEqual([
      `an HTTP action failed {"action":"find","method":"GET","url":"{env.BASE}/find/{what}","why":"the answer is an error","status":${status}}`,
    ]);
  });

  test.each([
    ["not JSON by its type", "text/html", '{"data":["x"]}'],
    ["not JSON", "application/json", "{data"],
  ])("that is %s is a failure", async (_what, type, body) => {
    const { origin } = await api((_, __, response) => {
      response.setHeader("content-type", type);
      response.end(body);
    });
    expect((await call({}, { origin })).outcome).toEqual(FAILED);
  });

  test("without the result, or with nothing at all, has none", async () => {
    const bodies = ["{}", "[]", "null", '{"data":{"0":"x"}}', '{"data":[null]}', ""];
    const { origin } = await api((n, _, response) => {
      response.setHeader("content-type", "application/problem+json");
      response.end(bodies[n]);
    });
    for (const _ of bodies) expect((await call({}, { origin })).outcome).toEqual({ ok: true, value: null });
  });

  test("of an action without a result is not read", async () => {
    const { origin } = await api((_, __, response) => response.end("<html>fine</html>"));
    const { http } = machineWith({}).actions["find"] ?? {};
    const machine = { ...machineWith({}), actions: { find: { params: {}, timeoutMs: 1, ...(http ? { http } : {}) } } };
    const log = (): void => undefined;
    const setup = {
      allowPrivate: true,
      env: { BASE: origin, TOKEN: "t" },
      log: { debug: log, info: log, warn: log, error: log },
    };
    const signal = AbortSignal.timeout(5_000);
    const one = { action: "find", args: { what: "x" }, contact: "c", once: false, at: 0, idempotencyKey: "k", signal };
    expect(http && (await callHttp(setup, machine, http, one))).toEqual({ ok: true, value: null });
  });

  test.each([
    ["says that it is", true],
    ["is", false],
  ])("that %s longer than the limit is a failure", async (_what, says) => {
    const { origin } = await api((_, __, response) => {
      response.setHeader("content-type", "application/json");
      if (says) response.setHeader("content-length", 200);
      response.write(`{"data":["${"x".repeat(90)}`);
      response.end(`${"y".repeat(97)}"]}`.padEnd(100, " ").slice(0, 100));
    });
    expect((await call({}, { origin, http: { maxBytes: 100 } })).outcome).toEqual(FAILED);
  });

  test("that never comes leaves open whether something happened, where it may happen once only", async () => {
    const { origin } = await api((_, request) => request.socket.destroy());
    const first = await call({}, { origin, what: "p3rsonal" });
    expect(first.outcome).toEqual(FAILED);
    expect((await call({}, { origin, once: true })).outcome).toEqual({ ok: false, failure: "unknown" });
    expect(first.lines.join()).not.toMatch(/p3rsonal|s3cret/);
  });
});

describe("a redirect", () => {
  test("is followed, within its origin with all headers", async () => {
    const { origin, seen } = await api((n, request, response) => {
      if (n > 0) return json({ data: ["there"] })(n, request, response);
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    expect((await call({}, { origin })).outcome).toEqual({ ok: true, value: "there" });
    expect(seen.map(({ url }) => url)).toEqual(["/find/a%20b?q=a%20b", "/elsewhere"]);
    expect(seen[1]?.headers["authorization"]).toBe("Bearer s3cret");
  });

  test("to another origin takes no secrets along, and no body", async () => {
    const other = await api(json({ data: ["other"] }));
    const { origin } = await api((_, __, response) => response.writeHead(307, { location: other.origin }).end());
    expect((await call({}, { origin })).outcome).toEqual({ ok: true, value: "other" });
    expect(other.seen[0]?.headers).not.toHaveProperty("authorization");
    const http = { method: "POST", url: [BASE, "/"], headers: [], body: ["get", "what"], result: [] } as const;
    expect((await call({ http }, { origin })).outcome).toEqual(FAILED);
    expect(other.seen).toHaveLength(1);
  });

  test("without an end is given up", async () => {
    const { origin, seen } = await api((n, __, response) => response.writeHead(301, { location: `/${n}` }).end());
    expect((await call({}, { origin })).outcome).toEqual(FAILED);
    expect(seen).toHaveLength(4);
  });

  test("to a private address is not followed", async () => {
    const inner = await api(json({ data: ["secret of the network"] }));
    const { origin } = await api((_, __, response) => response.writeHead(302, { location: inner.origin }).end());
    const allowPrivate = [origin.replace("http://", "")];
    const { outcome, lines } = await call(
      {},
      { origin, http: { allowPrivate, fetch: guardedFetch({ allowPrivate }) } },
    );
    expect(outcome).toEqual(FAILED);
    expect(inner.seen).toEqual([]);
    expect(lines.join()).toContain('"why":"a private address","redirects":1');
  });
});

describe("addresses that are not of the public internet", () => {
  test.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0/",
    "http://10.1.2.3/",
    "http://172.31.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:a00:1::]/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://[2001:db8::1]/",
    "http://localhost/",
    "http://api.localhost./",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://redis/",
    "http://user:word@api.example.com/",
    "ftp://api.example.com/",
    "file:///etc/passwd",
  ])("%s is not asked", async (origin) => {
    let asked = 0;
    const fetch = (): Promise<Response> => {
      asked += 1;
      return Promise.resolve(Response.json({ data: ["x"] }));
    };
    expect((await call({}, { origin, http: { allowPrivate: false, fetch } })).outcome).toEqual(FAILED);
    expect(asked).toBe(0);
  });

  test.each(["https://api.example.com", "http://8.8.8.8:8080", "http://[2606:4700::1111]"])("%s is", async (origin) => {
    const fetch = (): Promise<Response> => Promise.resolve(Response.json({ data: ["x"] }));
    const { outcome } = await call({}, { origin, http: { allowPrivate: false, fetch } });
    expect(outcome).toEqual({ ok: true, value: "x" });
  });

  test("are not connected to by a name that resolves to one", async () => {
    const { origin, seen } = await api(json({}));
    const local = origin.replace("127.0.0.1", "localhost");
    await expect(guardedFetch()(local)).rejects.toMatchObject({ code: "EPRIVATE" });
    await expect(guardedFetch()(origin)).rejects.toMatchObject({ code: "EPRIVATE" });
    expect(seen).toEqual([]);
    expect((await guardedFetch({ allowPrivate: ["localhost"] })(local)).status).toBe(200);
  });
});
