import {
  type HttpDef,
  httpAddress,
  httpRequest,
  httpResult,
  type Machine,
  redact,
  withoutLabels,
} from "@parley/machine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { oneAsk } from "./fixtures/small.ts";

const machine: Machine = { ...oneAsk(), hours: {} };

function get(name: string): { readonly e: readonly ["get", string]; readonly as: "text"; readonly source: string } {
  return { e: ["get", name], as: "text", source: `{${name}}` };
}

const CALL = { args: {}, contact: "c1", now: 0, seed: "s", env: { BASE: "https://api.example/v1" } };
const PLAIN: HttpDef = { method: "GET", url: [], headers: [], result: [] };

test("whatever a value is, the address keeps its host, its path and its parameters", () => {
  const http: HttpDef = { ...PLAIN, url: ["https://api.example/find/", get("a"), "/in?x=", get("b"), "&y=1"] };
  const value = fc.string({ unit: "binary", minLength: 1 }).filter((text) => text !== "." && text !== "..");
  fc.assert(
    fc.property(value, fc.string({ unit: "binary" }), (a, b) => {
      const url = new URL(httpRequest(machine, http, { ...CALL, args: { a, b } })?.url ?? "");
      expect([url.host, url.username, url.hash]).toEqual(["api.example", "", ""]);
      expect(url.pathname.split("/").map(decodeURIComponent)).toEqual(["", "find", a.toWellFormed(), "in"]);
      expect([...url.searchParams]).toEqual([
        ["x", b.toWellFormed()],
        ["y", "1"],
      ]);
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("a value that would be a step in the path makes no address", () => {
  const http: HttpDef = { ...PLAIN, url: ["https://api.example/find/", get("a"), "/in"] };
  for (const a of [".", ".."]) expect(httpRequest(machine, http, { ...CALL, args: { a } })).toBeUndefined();
});

test("a hole at the begin of an address is put in as it is", () => {
  const base = { e: ["field", ["root", "env"], "BASE"], as: "text", source: "{env.BASE}" } as const;
  const http: HttpDef = { ...PLAIN, url: [base, "/x?q=", get("q")] };
  expect(httpRequest(machine, http, { ...CALL, args: { q: "a/b" } })?.url).toBe("https://api.example/v1/x?q=a%2Fb");
  expect(httpAddress(http)).toBe("{env.BASE}/x");
});

test("random numbers of a request are those of its call", () => {
  const body = ["call", "random", 1_000_000] as const;
  const bodies = [1, 2].map(() => httpRequest(machine, { ...PLAIN, body }, CALL)?.body);
  expect(bodies[0]).toBe(bodies[1]);
});

test.each([
  [[], { a: 1 }, { a: 1 }],
  [["a"], { a: 1 }, 1],
  [["a", 1, "b"], { a: [0, { b: "x" }] }, "x"],
  [["a"], {}, null],
  [["a"], null, null],
  [["a", 0], { a: { 0: "x" } }, null],
  [["length"], [1, 2], null],
  [["constructor"], {}, null],
])("the way %j leads in %j to %j", (result, answer, found) => {
  expect(httpResult({ ...PLAIN, result }, answer)).toEqual(found);
});

test("an enum in a text of a request is its name", () => {
  const size = { e: ["get", "size"], as: { enum: "Size" }, source: "{size}" } as const;
  expect(withoutLabels(["concat", ["a ", size]])).toEqual(["concat", ["a ", { ...size, as: "text" }]]);
  const record = ["record", { as: ["get", "enum"], e: 1 }] as const;
  expect(withoutLabels(record)).toEqual(record);
});

test("of what is personal the type is left, wherever it is", () => {
  const text = { t: "text", max: 9 } as const;
  const person = { t: "record", fields: { name: text, nick: text } } as const;
  const params = {
    who: { t: "list", of: { t: "optional", of: person }, min: 0, max: 9 },
    mail: text,
    n: { t: "number" },
  } as const;
  const personal = [["who", "name"], ["mail"]];
  expect(redact({ params, personal }, { who: [{ name: "Ana", nick: "a" }, null], mail: "x", n: 1 })).toEqual({
    who: [{ name: "<text>", nick: "a" }, null],
    mail: "<text>",
    n: 1,
  });
  expect(redact({ params, personal }, { who: null, mail: null, n: 1 })).toEqual({ who: null, mail: null, n: 1 });
  expect(redact({ params, personal: [["who"]] }, { who: [] })).toEqual({ who: "<list>" });
});
