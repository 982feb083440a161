/**
 * What is told of all that was found: advice waits until the files can be read, a name that is misspelt elsewhere is not
 * called unused, and warnings that a comment asks to leave out are left out. P8002 is found here.
 */
import { CATALOG, type Code } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Suppression } from "../syntax/suppressions.ts";
import { positionAt, type Span, spanOf, wholeOf } from "../text/source.ts";
import { sure } from "../text/sure.ts";

/** Run it on all findings and suppressions of a project, before severities are set. */
export function settle(suppressions: readonly Suppression[], found: readonly Diagnostic[]): readonly Diagnostic[] {
  return withoutSuppressed(suppressions, withoutEchoes(found));
}

// ---------------------------------------------------------------- echoes

/** What is said about a whole project says little while a part of it cannot be read. */
const WHOLE: ReadonlySet<Code> = new Set(["P5004", "P5006", "P9001", "P9002"]);

function withoutEchoes(found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (!found.some((d) => WHOLE.has(d.code))) return found;
  if (found.some((d) => d.code.startsWith("P1"))) return found.filter((d) => !WHOLE.has(d.code));
  const meant = new Set<unknown>();
  for (const d of found) {
    const { similar } = d.args;
    if (Array.isArray(similar)) for (const name of similar) meant.add(name);
  }
  // An ask that may not stand where it stands is that mistake.
  const misplaced = found.some((d) => d.code === "P5007");
  return found.filter((d) => (d.code === "P5006" ? !meant.has(d.args["name"]) : d.code !== "P5004" || !misplaced));
}

// ---------------------------------------------------------------- suppressions

function withoutSuppressed(all: readonly Suppression[], found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (all.length === 0) return found;
  const used = new Set<Span>();
  const kept = found.filter((d) => {
    const line = positionAt(d.span.source, d.span.start).line;
    const by = all.filter(
      (s) => wholeOf(s.span.source) === wholeOf(d.span.source) && s.line === line && s.reason !== "",
    );
    const codes = by.flatMap((s) => s.codes).filter((c) => c.code === d.code);
    if (codes.length === 0 || CATALOG[d.code].severity === "error") return true;
    for (const code of codes) used.add(code.span);
    return false;
  });
  return [...kept, ...all.flatMap((s) => problemsOf(s, used))];
}

function problemsOf(s: Suppression, used: ReadonlySet<Span>): readonly Diagnostic[] {
  const without = [{ title: "Delete the comment", safe: true, edits: [{ span: whole(s), text: "" }] }];
  if (s.codes.length === 0) return [diagnostic("P8002", s.span, { problem: "form", code: "" }, { fixes: without })];
  if (s.reason === "") {
    const code = s.codes.map((c) => c.code).join(", ");
    return [diagnostic("P8002", s.span, { problem: "reason", code })];
  }
  const useless = s.codes.filter(({ span }) => !used.has(span));
  return useless.map(({ code, span }) => {
    const problem = !Object.hasOwn(CATALOG, code)
      ? "unknown"
      : CATALOG[code as Code].severity === "error"
        ? "error"
        : "unused";
    const fixes = useless.length === s.codes.length ? without : [withoutCode(s, span)];
    return diagnostic("P8002", span, { problem, code }, { fixes });
  });
}

/** A comment by itself goes with its line, one behind code with the space before it. */
function whole({ span, alone }: Suppression): Span {
  const { source, start, end } = span;
  const { text } = source;
  if (!alone) return spanOf(source, start - sure(/\s*$/.exec(text.slice(0, start))?.[0]).length, end);
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const to = text.indexOf("\n", end);
  return /^[ \t\r]*$/.test(text.slice(end, to === -1 ? text.length : to))
    ? spanOf(source, from, to === -1 ? text.length : to + 1)
    : span;
}

/** With the comma at one of its sides. */
function withoutCode({ codes }: Suppression, span: Span): Fix {
  const { source } = span;
  const i = codes.findIndex((c) => c.span === span);
  const next = codes[i + 1]?.span;
  const before = codes[i - 1]?.span;
  const edit = next ? spanOf(source, span.start, next.start) : spanOf(source, before?.end ?? span.start, span.end);
  return { title: "Delete the code", safe: true, edits: [{ span: edit, text: "" }] };
}
