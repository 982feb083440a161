/** A diagnostic as people and programs read it: words made, places counted from 1. The same for all formats. */
import {
  type Diagnostic,
  describe,
  type Position,
  pageOf,
  positionAt,
  reason,
  type Severity,
  type Source,
  type Span,
} from "@parley/compiler";

export interface Finding {
  readonly code: string;
  readonly severity: Exclude<Severity, "off">;
  readonly message: string;
  readonly why: string;
  readonly place: Place;
  readonly related: readonly { readonly message: string; readonly place: Place }[];
  readonly fixes: readonly FindingFix[];
  /** Path of the page in the documentation. */
  readonly docs: string;
}

export interface FindingFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly { readonly place: Place; readonly text: string }[];
}

export interface Place {
  readonly source: Source;
  /** Relative to the project, with `/`. */
  readonly file: string;
  /** For people: relative to where the command runs. */
  readonly shown: string;
  readonly start: Position;
  readonly end: Position;
}

/** What one command found out about one or more projects. */
export interface Report {
  /** Errors first, then by file and place. */
  readonly findings: readonly Finding[];
  readonly errors: number;
  readonly warnings: number;
  readonly files: number;
}

/** `show` says how a path of the project is called by people. */
export function findingOf(d: Diagnostic, show: (path: string) => string): Finding {
  const place = (span: Span): Place => ({
    source: span.source,
    file: span.source.path,
    shown: show(span.source.path),
    start: positionAt(span.source, span.start),
    end: positionAt(span.source, Math.max(span.start, span.end)),
  });
  return {
    code: d.code,
    severity: d.severity === "off" ? "info" : d.severity,
    message: describe(d),
    why: reason(d),
    place: place(d.span),
    related: d.related.map((r) => ({ message: r.message, place: place(r.span) })),
    fixes: d.fixes.map((f) => ({
      title: f.title,
      safe: f.safe,
      edits: f.edits.map((e) => ({ place: place(e.span), text: e.text })),
    })),
    docs: pageOf(d.code),
  };
}

const RANK = { error: 0, warning: 1, info: 2 } as const;

export function reportOf(findings: readonly Finding[], files: number): Report {
  const sorted = [...findings].sort(
    (a, b) =>
      RANK[a.severity] - RANK[b.severity] ||
      compare(a.place.shown, b.place.shown) ||
      a.place.start.offset - b.place.start.offset ||
      compare(a.code, b.code),
  );
  const count = (severity: Finding["severity"]): number => sorted.filter((f) => f.severity === severity).length;
  return { findings: sorted, errors: count("error"), warnings: count("warning"), files };
}

/** By code unit, the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
