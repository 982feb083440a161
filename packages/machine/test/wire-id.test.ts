import { decodeWireId, encodeWireId, type WireId } from "@parley/machine";
import fc from "fast-check";
import { expect, test } from "vitest";

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);
const ask = fc
  .tuple(name, name, fc.option(name))
  .map(([flow, state, own]) => [flow, state, ...(own === null ? [] : [own])].join("."));
const base = fc.record({ ask, conversation: fc.stringMatching(/^[0-9a-z]{6}$/), turn: fc.nat() });

test("ids of options, pages and asks lead back to what they were made of", () => {
  const id: fc.Arbitrary<WireId> = fc.oneof(
    base,
    fc.tuple(base, fc.string()).map(([wire, option]) => ({ ...wire, option })),
    fc.tuple(base, fc.integer({ min: 1, max: 99 })).map(([wire, page]) => ({ ...wire, page })),
  );
  fc.assert(
    fc.property(id, (wire) => {
      expect(decodeWireId(encodeWireId(wire))).toEqual(wire);
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

test("the form is <ask>:<option>#<conversation>.<turn in base 36>", () => {
  expect(encodeWireId({ ask: "order.size", option: "small", conversation: "abc123", turn: 36 })).toBe(
    "order.size:small#abc123.10",
  );
  expect(encodeWireId({ ask: "order.size", page: 2, conversation: "abc123", turn: 1 })).toBe("order.size+2#abc123.1");
});

test("anything else is no id of ours, and nothing makes decoding fail", () => {
  const others = ["", "#", "yes", "a#b", "a:b#ABCDEF.1", "a+0#abcdef.1", "a+x#abcdef.1", ":b#abcdef.1"];
  expect(others.filter((text) => decodeWireId(text) !== undefined)).toEqual([]);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => void decodeWireId(text)),
    { seed: 1 },
  );
});
