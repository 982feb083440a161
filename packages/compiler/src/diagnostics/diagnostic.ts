import type { Span } from "../text/source.ts";
import type { Code } from "./catalog.ts";
import type { Severity } from "./severity.ts";

export type { Severity };

/** Facts that a message is made of. Plain data, so that a diagnostic can be compared, stored and said in other words. */
export type Args = Readonly<Record<string, string | number | readonly string[]>>;

/** What is wrong, where, and how to mend it. The words are made at the end (`describe`). */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly args: Args;
  readonly span: Span;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** Another place that explains the finding, with a short sentence that stands by itself. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** An edit that removes the finding. `safe` fixes keep the meaning and may be applied without asking. */
export interface Fix {
  /** Begins with a capital letter, ends without a full stop. */
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly Edit[];
}

export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A phase's outcome: the value is as complete as the input allows. */
export interface Phase<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}
