/**
 * Conversations as earlier versions of the examples left them, with what came next, replayed by the code of today: the
 * same bytes. And taken over by the examples of today: each moves, or stays on its own machine, and can be stepped.
 * `PARLEY_RECORD=1` writes the corpora anew; a change in them is a change for every conversation under way.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { createStep, type Machine, validateMachine } from "@parley/machine";
import { describe, expect, test } from "vitest";
import { compileExample, exampleNames } from "../../../../examples/test/project.ts";
import { sha256 } from "../../src/hash.ts";
import { createMachines } from "../../src/turn/machines.ts";
import { explore, type Standing } from "./explore.ts";

interface Corpus {
  readonly machine: Machine;
  readonly cases: readonly (Standing & { readonly result: string })[];
}

const FOLDER = new URL("data/", import.meta.url);
const step = createStep();

function replay(machine: Machine, { snapshot, event }: Standing): string {
  const { snapshot: after, effects } = step(machine, snapshot, event, {});
  return sha256(JSON.stringify([after, effects])).slice(0, 16);
}

function fileOf(name: string): URL {
  return new URL(`${name}.json.gz`, FOLDER);
}

function record(name: string, machine: Machine): void {
  const cases = explore(machine).map((standing) => ({ ...standing, result: replay(machine, standing) }));
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf(name), gzipSync(JSON.stringify({ machine, cases } satisfies Corpus), { level: 9 }));
}

const examples = exampleNames.flatMap((name) => {
  const { output } = compileExample(name);
  return output ? [[name, output.machine] as const] : [];
});

if (process.env["PARLEY_RECORD"]) for (const [name, machine] of examples) record(name, machine);

describe.each(examples)("%s", (name, today) => {
  const corpus = (): Corpus => JSON.parse(gunzipSync(readFileSync(fileOf(name))).toString("utf8")) as Corpus;

  test("has a corpus that stands at its asks", () => {
    expect(existsSync(fileOf(name))).toBe(true);
    const { machine, cases } = corpus();
    expect(() => validateMachine(machine)).not.toThrow();
    const stood = new Set(cases.map(({ snapshot }) => snapshot.conversation?.wait.id));
    const asks = Object.keys(machine.asks);
    expect(asks.filter((ask) => stood.has(ask)).length).toBeGreaterThanOrEqual(Math.ceil(asks.length * 0.4));
  });

  test("goes on with old conversations as it did", () => {
    const { machine, cases } = corpus();
    const changed = cases.filter((one) => replay(machine, one) !== one.result);
    expect(changed.map(({ snapshot, event }) => `${snapshot.conversation?.wait.id} ${event.kind}`)).toEqual([]);
  });

  test("takes old conversations over, or leaves them on their own machine", () => {
    const { machine, cases } = corpus();
    const machines = createMachines(today);
    machines.add({ [machine.hash]: JSON.stringify(machine) });
    for (const { snapshot, event } of cases) {
      const chosen = machines.choose(snapshot);
      expect(chosen.lost).toBe(undefined);
      expect(() => step(chosen.machine, chosen.snapshot, event, {})).not.toThrow();
    }
  });
});
