/** Small programs around the piece that a test is about. */
import { analyse, type Finding, findings, type Sources } from "@parley/compiler/testing";
import { describe as inWords } from "../src/index.ts";
import { type Span, spanText } from "../src/text/source.ts";

/** A flow whose one state has these statements and ends. */
export function inState(statements: string): string {
  return `flow f { on message -> s state s { ${statements} -> end } }`;
}

/** An ask, such as `buttons "Q"`, with clauses. */
export function ask(head: string, clauses: string): string {
  return inState(`ask ${head} { ${clauses} }`);
}

/** What is found but for ways, times and what is not built, which other tests hold. */
export function found(source: Sources, settings: Parameters<typeof findings>[1] = {}): readonly Finding[] {
  return findings(source, settings).filter(([code]) => !/^P(1009|[459])/.test(code));
}

/** All that is said, a line each: code, place, sentence; the other places; fixes with their edits. Of codes that match. */
export function whole(source: Sources, settings: Parameters<typeof analyse>[1], about: RegExp): string {
  const shown = (span: Span): string => JSON.stringify(spanText(span));
  const lines = analyse(source, settings)
    .diagnostics.filter(({ code }) => about.test(code))
    .flatMap((d) => [
      `${d.code} ${shown(d.span)} ${inWords(d)}`,
      ...d.related.map((r) => `  see ${shown(r.span)} ${r.message}`),
      ...d.fixes.flatMap((fix) => [
        `  fix ${fix.title}${fix.safe ? ", safe" : ""}`,
        ...fix.edits.map((edit) => `    ${shown(edit.span)} -> ${JSON.stringify(edit.text)}`),
      ]),
    ]);
  return lines.join("\n");
}
