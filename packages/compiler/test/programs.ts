/** Small programs around the piece that a test is about. */
import { type Finding, findings, type Sources } from "@parley/compiler/testing";

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
