/** Whatever the text: `compile` gives a compilation, and what it builds is a machine that runs. Seeded. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { validateMachine } from "@parley/machine";
import { validateRequest } from "@parley/whatsapp";
import fc from "fast-check";
import { expect, test } from "vitest";
import { buildFiles, type Compilation, compile } from "../../src/compile.ts";
import { describe as inWords } from "../../src/diagnostics/report.ts";
import { DEFAULT_SETTINGS } from "../../src/project/settings.ts";
import type { Source } from "../../src/text/source.ts";
import { withSamples } from "./built.ts";

const EXAMPLES = new URL("../../../../examples/", import.meta.url);

function filesOf(name: string): readonly Source[] {
  const folder = new URL(`${name}/`, EXAMPLES);
  const names = readdirSync(folder).filter((file) => file.endsWith(".flow"));
  return names.map((path) => ({ path, text: readFileSync(new URL(path, folder), "utf8") }));
}

const projects = readdirSync(EXAMPLES)
  .filter((name) => existsSync(new URL(`${name}/README.md`, EXAMPLES)))
  .map((name) => ({ name, files: filesOf(name) }));

function compiled(files: readonly Source[]): Compilation {
  return compile({ settings: DEFAULT_SETTINGS, files });
}

/** Reads all that is made only when it is asked for. */
function makesSense(compilation: Compilation): void {
  expect(compilation.failures).toEqual([]);
  for (const d of compilation.diagnostics) expect(inWords(d)).not.toContain("undefined");
  const { output } = compilation;
  const errors = compilation.diagnostics.filter((d) => d.severity === "error");
  expect(output === undefined).toBe(errors.length > 0);
  if (!output) return;
  expect(() => validateMachine(JSON.parse(JSON.stringify(output.machine)))).not.toThrow();
  expect(buildFiles(output).size).toBeGreaterThan(0);
}

test.each(projects)("the example $name is a machine and requests that WhatsApp takes", ({ files }) => {
  const compilation = compiled(files);
  expect(compilation.diagnostics.map(inWords)).toEqual([]);
  makesSense(compilation);
  for (const [path, content] of compilation.output?.files ?? []) {
    if (!path.startsWith("payloads/")) continue;
    expect([path, validateRequest(withSamples(JSON.parse(content)))]).toMatchObject([path, { ok: true }]);
  }
});

/** Words, texts, patterns, numbers, brackets and arrows, without the space and the comments between. */
function tokensOf(text: string): readonly string[] {
  const tokens =
    text.match(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\S+\/i?|[A-Za-z_]\w*|\d+\.\d+|\d+\w*|->|[=!<>]=|\?\?|\.\.|\S/g) ?? [];
  return tokens.filter((token) => !token.startsWith("//"));
}

const mangling = fc.constantFrom("drop", "double", "swap", "replace");

test("a program with tokens dropped, doubled, swapped or replaced compiles or is told what is wrong", {
  timeout: 60_000,
}, () => {
  const programs = projects.map(({ files }) => files.map((file) => tokensOf(file.text)));
  for (const program of programs) expect(compiled(inFiles(program)).diagnostics.map(inWords)).toEqual([]);
  const vocabulary = [...new Set(programs.flat(2))];
  fc.assert(
    fc.property(
      fc.constantFrom(...programs),
      fc.array(fc.tuple(fc.nat(), mangling, fc.nat()), { minLength: 1, maxLength: 6 }),
      (program, changes) => {
        const changed = program.map((tokens) =>
          changes.reduce((all, change) => mangled(all, change, vocabulary), tokens),
        );
        makesSense(compiled(inFiles(changed)));
      },
    ),
    { seed: 2, numRuns: 300 },
  );
});

function inFiles(program: readonly (readonly string[])[]): readonly Source[] {
  return program.map((tokens, i) => ({ path: `f${i}.flow`, text: tokens.join("\n") }));
}

function mangled(
  tokens: readonly string[],
  [at, how, word]: readonly [number, "drop" | "double" | "swap" | "replace", number],
  vocabulary: readonly string[],
): readonly string[] {
  if (tokens.length < 2) return tokens;
  const i = at % (tokens.length - 1);
  const [token = "", next = ""] = tokens.slice(i, i + 2);
  const kept = {
    drop: [],
    double: [token, token],
    swap: [next, token],
    replace: [vocabulary[word % vocabulary.length] ?? token],
  }[how];
  return [...tokens.slice(0, i), ...kept, ...tokens.slice(how === "swap" ? i + 2 : i + 1)];
}

test("names that objects have by birth are names like any other", () => {
  const text = `flow __proto__ { on message -> constructor
    var toString: text(10) = "x"
    state constructor { ask "{toString}" { option __proto__ "A" -> valueOf option hasOwnProperty "B" -> end after 1h -> end } }
    state valueOf { let __proto__ = "y" say "{__proto__}" -> end } }`;
  const compilation = compiled([{ path: "names.flow", text }]);
  expect(compilation.diagnostics.map(inWords)).toEqual([]);
  makesSense(compilation);
  expect(Object.keys(compilation.output?.machine.flows ?? {})).toEqual(["__proto__"]);
});
