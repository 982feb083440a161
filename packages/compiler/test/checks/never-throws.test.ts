import { readdirSync, readFileSync } from "node:fs";
import { analyse } from "@parley/compiler/testing";
import fc from "fast-check";
import { expect, test } from "vitest";

const EXAMPLES = new URL("../../../../examples/", import.meta.url);

/** All `.flow` files of the examples, each with its own folder's others. */
function examples(): readonly string[] {
  return readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".flow"))
    .map((name) => readFileSync(new URL(name, EXAMPLES), "utf8"));
}

const all = examples();
const tokens = all.map((text) => text.match(/"(?:[^"\\]|\\.)*"|\w+|\s+|[^\s\w]/gu) ?? []);

test("examples are there to be mangled", () => {
  expect(all.length).toBeGreaterThan(2);
});

test("whatever is left out, doubled or swapped, all phases give their tables and no rule throws", () => {
  const edit = fc.record({
    file: fc.nat(),
    at: fc.nat(),
    what: fc.constantFrom("delete", "double", "swap", "replace"),
    by: fc.constantFrom("{", "}", "->", "none", "ask", "state", "1..20", '"{x}"', "for", "as", ":", "match", "else"),
  });
  const mangled = fc.array(edit, { minLength: 1, maxLength: 6 }).map((edits) => {
    const first = edits[0]?.file ?? 0;
    const file = [...(tokens[first % tokens.length] ?? [])];
    for (const { at, what, by } of edits) {
      const i = at % file.length;
      if (what === "delete") file.splice(i, 1 + (at % 7));
      else if (what === "double") file.splice(i, 0, ...file.slice(i, i + (at % 30)));
      else if (what === "swap") file.splice(i, 2, file[i + 1] ?? "", file[i] ?? "");
      else file[i] = ` ${by} `;
    }
    return file.join("");
  });
  fc.assert(
    fc.property(mangled, (text) => {
      analyse(text);
    }),
    { numRuns: 300, seed: 20 },
  );
});

test("every prefix of an example gives tables", () => {
  for (const text of all) for (let end = 0; end < text.length; end += 37) analyse(text.slice(0, end));
  expect(all.length).toBeGreaterThan(0);
});
