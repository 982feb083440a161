import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { hashMachine, type Snapshot, type StepResult, step, validateMachine } from "@parley/machine";
import { expect, test } from "vitest";
import schema from "../schema/machine.schema.json" with { type: "json" };

const page = readFileSync(fileURLToPath(new URL("../../../docs/machine-format.md", import.meta.url)), "utf8");
const blocks = Array.from(page.matchAll(/```json\n([\s\S]*?)```/g), ([, json]) => JSON.parse(json ?? ""));

test("the example of the page runs as the page says", () => {
  const [machine, hello, asked, tap, answered] = blocks;
  validateMachine(machine);
  expect(hashMachine(machine)).toBe(machine.hash);
  const first: StepResult<Snapshot> = step(machine, null, hello);
  expect(JSON.parse(JSON.stringify(first))).toEqual(asked);
  expect(JSON.parse(JSON.stringify(step(machine, first.snapshot, tap)))).toEqual(answered);
});

test("every field, instruction and operation of the schema is named on the page", () => {
  const { $defs, properties } = schema;
  const ops = $defs.instr.oneOf.map(({ properties: { op } }) => op.const);
  const fields = [
    ...Object.keys(properties),
    ...Object.keys($defs.ask.properties),
    ...Object.keys($defs.flow.properties),
  ];
  expect([...ops, ...fields].filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
});
