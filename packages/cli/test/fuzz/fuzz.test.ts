/** A few seconds of what `npm run fuzz` does, and the inputs with which it once found something. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { importMessages, parse } from "@parley/compiler";
import { describe, expect, test } from "vitest";
import { createFuzzer } from "./cases.ts";
import type { Files } from "./corpus.ts";
import { diceOf } from "./dice.ts";
import { judge, wrongImport } from "./holds.ts";

const CASES = Number(process.env["PARLEY_RUNS"] ?? 150);
const SEED = Number(process.env["PARLEY_SEED"] ?? 20_261_124);

test("whatever becomes of a project, what must hold of any holds", { timeout: 60_000 + CASES * 500 }, async () => {
  const fuzzer = createFuzzer();
  const count = { compiled: 0 };
  for (let seed = SEED; seed < SEED + CASES; seed++) {
    const { wrong, compiled } = await fuzzer.run(seed);
    if (compiled) count.compiled++;
    expect(wrong, `run: npm run fuzz -- --case ${seed}`).toEqual([]);
  }
  expect(count.compiled).toBeGreaterThan(CASES / 20);
});

const FOUND = join(import.meta.dirname, "found");

describe("found once", () => {
  test.each(readdirSync(FOUND).filter((name) => name.endsWith(".txt")))("%s", async (name) => {
    const files = filesIn(readFileSync(join(FOUND, name), "utf8"));
    for (let seed = 0; seed < 5; seed++) expect((await judge(files, diceOf(seed), 15)).wrong).toEqual([]);
  });

  test.each(readdirSync(FOUND).filter((name) => name.endsWith(".json")))("%s", (name) => {
    const json: unknown = JSON.parse(readFileSync(join(FOUND, name), "utf8"));
    expect(wrongImport(json, true)).toEqual([]);
    const { text, refused } = importMessages(json);
    expect(refused.length).toBeGreaterThan(0);
    expect(parse({ path: "imported.flow", text }).diagnostics).toEqual([]);
  });
});

/** Several files in one: each begins with a line `=== path`. */
function filesIn(text: string): Files {
  const parts = text.split(/^=== (.+)\n/m).slice(1);
  return Object.fromEntries(parts.flatMap((path, i) => (i % 2 === 0 ? [[path, parts[i + 1] ?? ""]] : [])));
}
