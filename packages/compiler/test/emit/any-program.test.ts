/** Whatever the text: `compile` gives a compilation, and what it builds is a machine that runs. Seeded. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { validateMachine } from "@parley/machine";
import { validateRequest } from "@parley/whatsapp";
import fc from "fast-check";
import { expect, test } from "vitest";
import { buildFiles, type Compilation, compile, type Input } from "../../src/compile.ts";
import { describe as inWords } from "../../src/diagnostics/report.ts";
import { parseLocale } from "../../src/project/locale-file.ts";
import { parseProject } from "../../src/project/project.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../src/project/settings.ts";
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
  .map((name) => ({ name, files: filesOf(name), project: projectOf(name) }));

function settingsOf(name: string): Settings {
  const file = new URL(`${name}/parley.yaml`, EXAMPLES);
  if (!existsSync(file)) return DEFAULT_SETTINGS;
  const { value } = parseProject({ path: "parley.yaml", text: readFileSync(file, "utf8") }, name);
  return { ...value, lone: true };
}

interface Project {
  readonly settings: Settings;
  readonly locales: Input["locales"];
}

function projectOf(name: string): Project {
  const settings = settingsOf(name);
  const { dir, others } = settings.locales;
  const locales = others.map((locale) => {
    const path = `${dir}/${locale}.yaml`;
    return parseLocale({ path, text: readFileSync(new URL(`${name}/${path}`, EXAMPLES), "utf8") }, locale);
  });
  return { settings, locales };
}

const ALONE: Project = { settings: DEFAULT_SETTINGS, locales: [] };

function compiled(files: readonly Source[], { settings, locales }: Project = ALONE): Compilation {
  return compile({ settings, files, ...(locales ? { locales } : {}) });
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

test.each(projects)("the example $name is a machine and requests that WhatsApp takes", ({ files, project }) => {
  const compilation = compiled(files, project);
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
    text.match(
      /"(?:[^"\\\n{]|\\.|\{(?:[^"}\n]|"[^"\n]*")*\})*"|\/\/[^\n]*|\/\S+\/i?|[A-Za-z_]\w*|\d+\.\d+|\d+\w*|->|[=!<>]=|\?\?|\.\.|\S/g,
    ) ?? [];
  return tokens.filter((token) => !token.startsWith("//"));
}

const mangling = fc.constantFrom("drop", "double", "swap", "replace");

test("a program with tokens dropped, doubled, swapped or replaced compiles or is told what is wrong", {
  timeout: 60_000,
}, () => {
  const programs = projects.map(({ files, project }) => ({
    tokens: files.map((file) => tokensOf(file.text)),
    project,
  }));
  for (const { tokens, project } of programs)
    expect(compiled(inFiles(tokens), project).diagnostics.map(inWords)).toEqual([]);
  const vocabulary = [...new Set(programs.flatMap(({ tokens }) => tokens.flat()))];
  fc.assert(
    fc.property(
      fc.constantFrom(...programs),
      fc.array(fc.tuple(fc.nat(), mangling, fc.nat()), { minLength: 1, maxLength: 6 }),
      (program, changes) => {
        const changed = program.tokens.map((tokens) =>
          changes.reduce((all, change) => mangled(all, change, vocabulary), tokens),
        );
        makesSense(compiled(inFiles(changed), program.project));
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
  const text = `flow isPrototypeOf { on message -> constructor
    var toString: text(10) = "x"
    state constructor { ask "{toString}" { option propertyIsEnumerable "A" -> valueOf option hasOwnProperty "B" -> end after 1h -> end } }
    state valueOf { let __defineGetter__ = "y" say "{__defineGetter__}" -> end } }`;
  const compilation = compiled([{ path: "names.flow", text }]);
  expect(compilation.diagnostics.map(inWords)).toEqual([]);
  makesSense(compilation);
  expect(Object.keys(compilation.output?.machine.flows ?? {})).toEqual(["isPrototypeOf"]);
});
