/** What must hold for any project, however spoiled. Each function gives what is wrong as sentences. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  type Compilation,
  compile,
  createWorkspace,
  type Diagnostic,
  describe,
  extractLocale,
  type Fix,
  format,
  formatRange,
  type Input,
  importMessages,
  parse,
  parseLocale,
  positionAt,
  reason,
  type Source,
  type Span,
} from "@parley/compiler";
import { validateMachine } from "@parley/machine";
import { validateRequest } from "@parley/whatsapp";
import { withSamples } from "../../../compiler/test/emit/built.ts";
import { main } from "../../src/main.ts";
import { type Files, inputOf, NONE } from "./corpus.ts";
import type { Dice } from "./dice.ts";
import { play } from "./play.ts";

export type Wrong = readonly string[];

export interface Judged {
  readonly wrong: Wrong;
  /** Whether it is a machine. */
  readonly compiled: boolean;
}

export async function judge(files: Files, dice: Dice, steps: number): Promise<Judged> {
  const input = inputOf(files);
  const compilation = compile(input);
  const { output } = compilation;
  const wrong = [
    ...compilation.failures.map(({ rule, error }) => `rule ${rule}: ${traceOf(error)}`),
    ...[...input.diagnostics, ...compilation.diagnostics].flatMap((d) => wrongDiagnostic(d)),
    ...fixesOf(input, compilation, dice),
    ...input.files.flatMap((source) => wrongFormat(source, dice)),
    ...extracted(compilation),
    ...wrongWorkspace(input, compilation, dice),
  ];
  if ((output === undefined) !== (compilation.failures.length > 0 || errorsOf(compilation).length > 0))
    wrong.push("output and errors do not agree");
  if (!output) return { wrong, compiled: false };
  wrong.push(...wrongOutput(compilation));
  if (wrong.length === 0 && steps > 0) wrong.push(...(await played(compilation, dice, steps)));
  return { wrong, compiled: true };
}

export function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 8).join("\n") : String(error);
}

function errorsOf({ diagnostics }: Compilation): readonly Diagnostic[] {
  return diagnostics.filter((d) => d.severity === "error");
}

// ---------------------------------------------------------------- diagnostics

function wrongDiagnostic(d: Diagnostic): Wrong {
  const wrong: string[] = [];
  const at = (what: string, span: Span): void => {
    const { start, end, source } = span;
    if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= source.text.length))
      wrong.push(`${d.code}: ${what} at [${start}, ${end}) of a text of ${source.text.length}`);
    else if (splits(source.text, start) || splits(source.text, end))
      wrong.push(`${d.code}: ${what} splits a character`);
    else positionAt(source, start);
  };
  at("the finding", d.span);
  for (const related of d.related) at("what explains it", related.span);
  for (const fix of d.fixes) for (const edit of fix.edits) at(`the fix "${fix.title}"`, edit.span);
  for (const words of [describe(d), reason(d), ...d.fixes.map((f) => f.title), ...d.related.map((r) => r.message)])
    if (
      /\b(?:undefined|NaN|Infinity|\[object Object\])/.test(words) &&
      !/undefined|NaN|Infinity/.test(d.span.source.text)
    )
      wrong.push(`${d.code}: ${words}`);
  return wrong;
}

function splits(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text[at - 1] ?? "") && /[\udc00-\udfff]/.test(text[at] ?? "");
}

/** Every fix has edits that can be made; one of them is made: what it repaired must be gone, and may not break the syntax. */
function fixesOf(input: Input, { diagnostics }: Compilation, dice: Dice): Wrong {
  const all = diagnostics.flatMap((d) => d.fixes.map((fix) => ({ d, fix })));
  const wrong = all.flatMap(({ d, fix }) => overlaps(fix).map((what) => `${d.code} "${fix.title}": ${what}`));
  if (all.length === 0 || wrong.length > 0) return wrong;
  const { d, fix } = dice.of(all);
  if (!fix.edits.every(({ span }) => input.files.includes(span.source))) return wrong;
  const files = input.files.map((source) => ({ path: source.path, text: edited(source, fix) }));
  if (fix.edits.every(({ span, text }) => span.source.text.slice(span.start, span.end) === text))
    return [...wrong, `${d.code} "${fix.title}" changes nothing`];
  const after = compile({ ...input, files });
  const broken = (found: readonly Diagnostic[]): number => found.filter(({ code }) => code.startsWith("P1")).length;
  // A name that was meant is a guess, and what it names can have other parts.
  if (d.code !== "P2001" && broken(diagnostics) === 0 && broken(after.diagnostics) > broken(diagnostics))
    wrong.push(
      `${d.code} "${fix.title}" breaks the syntax:\n${fix.edits.map((e) => `  [${e.span.start}, ${e.span.end}) -> ${JSON.stringify(e.text)}`).join("\n")}`,
    );
  for (const { rule, error } of after.failures) wrong.push(`rule ${rule} after a fix: ${traceOf(error)}`);
  const same = (other: Diagnostic): boolean =>
    other.code === d.code && JSON.stringify(other.args) === JSON.stringify(d.args);
  if (!d.code.startsWith("P1") && after.diagnostics.filter(same).length > diagnostics.filter(same).length)
    wrong.push(`${d.code} "${fix.title}" brings more of the same`);
  return wrong;
}

function overlaps({ edits }: Fix): Wrong {
  if (edits.length === 0) return ["has no edit"];
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const over = sorted.some((edit, i) => {
    const next = sorted[i + 1];
    return next !== undefined && next.span.source === edit.span.source && next.span.start < edit.span.end;
  });
  return over ? ["has edits that overlap"] : [];
}

function edited(source: Source, fix: Fix): string {
  const edits = fix.edits.filter((e) => e.span.source === source).sort((a, b) => b.span.start - a.span.start);
  return edits.reduce((text, e) => text.slice(0, e.span.start) + e.text + text.slice(e.span.end), source.text);
}

// ---------------------------------------------------------------- formatter

/** What parses has a canonical form, which parses to the same and is its own. */
function wrongFormat(source: Source, dice: Dice): Wrong {
  const once = format(source);
  const parsed = parse(source);
  if (once.kind !== "formatted")
    return parsed.diagnostics.length === 0 ? [`${source.path} parses, but has no form`] : [];
  const again = format({ path: source.path, text: once.text });
  if (again.kind !== "formatted") return [`the form of ${source.path} does not parse:\n${once.text}`];
  const wrong: string[] = [];
  if (again.text !== once.text)
    wrong.push(`the form of ${source.path} has another form: ${difference(once.text, again.text)}`);
  if (shapeOf(parse({ path: source.path, text: once.text }).value) !== shapeOf(parsed.value))
    wrong.push(`the form of ${source.path} means something else`);
  const from = dice.below(source.text.length + 1);
  formatRange(source, from, Math.min(source.text.length, from + dice.below(200)));
  return wrong;
}

function difference(a: string, b: string): string {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return `${JSON.stringify(a.slice(Math.max(0, i - 60), i + 60))} and ${JSON.stringify(b.slice(Math.max(0, i - 60), i + 60))}`;
}

const PLACES: ReadonlySet<string> = new Set(["source", "start", "end", "countSpan", "comments", "suppressions"]);

function shapeOf(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) => (PLACES.has(key) ? undefined : value));
}

// ---------------------------------------------------------------- locales

/** `extract` gives a file that can be read, in which nothing is added a second time. */
function extracted({ translations, settings }: Compilation): Wrong {
  const wrong: string[] = [];
  for (const locale of [...settings.locales.others, "pl"]) {
    const current = translations.files.find((file) => file.locale === locale);
    const first = extractLocale(translations, locale, current);
    if (first.broken) continue;
    const file = parseLocale({ path: `${locale}.yaml`, text: first.text }, locale);
    if (file.broken) wrong.push(`extract makes a file of ${locale} that is no YAML:\n${first.text.slice(0, 2_000)}`);
    const second = extractLocale(
      { ...translations, files: [...translations.files.filter((f) => f.locale !== locale), file] },
      locale,
      file,
    );
    if (second.text !== first.text) wrong.push(`extract of ${locale} twice: ${difference(first.text, second.text)}`);
  }
  return wrong;
}

// ---------------------------------------------------------------- incremental

/** A workspace that compiled something else before says the same. */
function wrongWorkspace(input: Input, compilation: Compilation, dice: Dice): Wrong {
  const workspace = createWorkspace(input.settings);
  const less = input.files.map((source) => {
    const whole = source.text.split("\n");
    if (dice.chance(50)) whole.splice(dice.below(whole.length), 1 + dice.below(4));
    return { path: source.path, text: whole.join("\n") };
  });
  workspace.replace({ ...input, files: dice.chance(20) ? less.slice(1) : less });
  workspace.compilation();
  workspace.replace(input);
  const seen = (c: Compilation): string =>
    c.diagnostics
      .map((d) => `${d.code} ${d.severity} ${d.span.source.path} ${d.span.start} ${describe(d)} ${d.fixes.length}`)
      .join("\n");
  const now = workspace.compilation();
  if (seen(now) !== seen(compilation))
    return [`a workspace finds something else: ${difference(seen(compilation), seen(now))}`];
  const [a, b] = [compilation.output, now.output];
  return a && b && a.machine.hash !== b.machine.hash ? ["a workspace makes another machine"] : [];
}

// ---------------------------------------------------------------- output

function wrongOutput({ output }: Compilation): Wrong {
  if (!output) return [];
  const wrong: string[] = [];
  try {
    validateMachine(JSON.parse(JSON.stringify(output.machine)));
  } catch (error) {
    wrong.push(`no machine that loads: ${traceOf(error)}`);
  }
  const requests: unknown[] = [];
  for (const [path, text] of output.files) {
    if (!path.startsWith("payloads/")) continue;
    const payload: unknown = JSON.parse(text);
    requests.push(payload);
    const result = validateRequest(withSamples(sampled(payload)));
    if (!result.ok)
      wrong.push(`${path}: ${result.errors.map((e) => `${e.path} ${e.details}`).join("; ")}\n${text.slice(0, 800)}`);
  }
  wrong.push(...wrongImport(requests, false));
  return wrong;
}

/** A moment is a number in a payload, its hole a text. */
function sampled(payload: unknown): unknown {
  return JSON.parse(JSON.stringify(payload).replace(/"expiration_time_ms":"\{[^"]*\}"/g, '"expiration_time_ms":1'));
}

/** `any`: the messages are mangled, and much may be refused; else what comes out parses. */
export function wrongImport(json: unknown, any: boolean): Wrong {
  const { text, refused } = importMessages(json);
  const source = { path: "imported.flow", text };
  const { diagnostics } = parse(source);
  if (refused.some(({ reason: why }) => why.trim() === "")) return ["a message is refused without a reason"];
  if (diagnostics.length === 0) compile(inputOf({ "imported.flow": text }));
  return diagnostics.length > 0
    ? [
        `import${any ? " of mangled messages" : ""} writes what does not parse: ${diagnostics.slice(0, 3).map(describe).join("; ")}\n${text.slice(0, 1_500)}\n${JSON.stringify(json).slice(0, 3_000)}`,
      ]
    : [];
}

// ---------------------------------------------------------------- machine

async function played(compilation: Compilation, dice: Dice, length: number): Promise<Wrong> {
  const { output } = compilation;
  if (!output) return [];
  const words = [...compilation.files.flatMap(({ source }) => source.text.match(/"[^"{\n]{1,40}"/g) ?? [])].map(
    (text) => text.slice(1, -1),
  );
  const env = Object.fromEntries(compilation.settings.env.map((name) => [name, name]));
  const { steps, wrong } = await play({ machine: output.machine, env, words }, dice, length);
  return wrong.length > 0 ? [[...wrong, ...steps.map((step) => `  ${step}`)].join("\n")] : [];
}

// ---------------------------------------------------------------- command line

const COMMANDS: readonly (readonly [name: string, args: readonly string[]])[] = [
  ["check", ["check", "."]],
  ["check", ["check", ".", "--format", "json"]],
  ["check", ["check", ".", "--format", "sarif=a.json", "--format", "github"]],
  ["check", ["check", ".", "--format", "concise", "--format", "gitlab=b.json", "--format", "junit=c.xml"]],
  ["build", ["build", ".", "-o", "out"]],
  ["fix", ["check", ".", "--fix"]],
  ["fix", ["check", ".", "--fix", "--unsafe-fixes"]],
  ["any", ["fmt", "."]],
  ["any", ["fmt", ".", "--check"]],
  ["any", ["fmt", ".", "--diff"]],
  ["any", ["graph", "."]],
  ["any", ["graph", ".", "--format", "svg"]],
  ["any", ["graph", ".", "--format", "dot"]],
  ["any", ["cost", "."]],
  ["any", ["templates", "."]],
  ["any", ["i18n", "extract", "."]],
  ["any", ["i18n", "check", "."]],
  ["any", ["test", "."]],
  ["any", ["test", ".", "--format", "junit"]],
];

/** The project in a folder, through `parley`: its exit status is what the compiler found, and never a bug. */
export async function wrongStatus(files: Files, dice: Dice): Promise<Wrong> {
  const before = process.cwd();
  const dir = mkdtempSync(join(tmpdir(), "parley-fuzz-"));
  const whole: Files = Object.fromEntries(
    Object.entries({ "parley.yaml": NONE, ...files }).map(([path, text]) => [path, text.toWellFormed()]),
  );
  try {
    for (const [path, text] of Object.entries(whole)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    process.chdir(dir);
    const [kind, args] = dice.of(COMMANDS);
    const { status, output } = await captured(args);
    const command = `parley ${args.join(" ")}`;
    if (status === 3 || /\bbug: parley/.test(output))
      return [`${command} ends with ${status}:\n${output.slice(-3_000)}`];
    if (status === 2)
      return whole["parley.yaml"] === files["parley.yaml"] || kind === "any"
        ? []
        : [`${command} ends with 2:\n${output.slice(-500)}`];
    if (kind === "any") return status === 0 || status === 1 ? [] : [`${command} ends with ${status}`];
    const input = inputOf(kind === "fix" ? reread(whole) : whole);
    const errors = [...input.diagnostics, ...compile(input).diagnostics].filter((d) => d.severity === "error");
    const wanted = errors.length > 0 ? 1 : 0;
    return status === wanted ? [] : [`${command} ends with ${status}, not ${wanted}:\n${output.slice(-2_000)}`];
  } finally {
    process.chdir(before);
    rmSync(dir, { recursive: true, force: true });
  }
}

function reread(files: Files): Files {
  return Object.fromEntries(Object.keys(files).map((path) => [path, readFileSync(path, "utf8")]));
}

async function captured(args: readonly string[]): Promise<{ readonly status: number; readonly output: string }> {
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, own: stream.write.bind(stream) }));
  let output = "";
  const take = ((text: string | Uint8Array): boolean => {
    output += String(text);
    return true;
  }) as typeof process.stdout.write;
  for (const { stream } of streams) stream.write = take;
  try {
    return { status: await main(args), output };
  } finally {
    for (const { stream, own } of streams) stream.write = own;
  }
}
