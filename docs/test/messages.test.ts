/** What can be held by a program of what a message of ours must be, for every finding of every page. */
import { expect, describe as group, test } from "vitest";
import { CATALOG, compile, type Diagnostic, describe, reason } from "../../packages/compiler/src/index.ts";
import { projectOf, readPages } from "./pages.ts";

const LONGEST = 160;
/** Words of compilers, and words that blame. */
const JARGON =
  /\b(tokens?|AST|production|lexer|parser|AST node|invalid|illegal|forbidden|you|your|please|sorry|oops)\b/i;

const pages = readPages();

function found(page: (typeof pages)[number]): readonly Diagnostic[] {
  return page.bad.flatMap((example) => {
    const { settings, files, diagnostics } = projectOf(example, page.code);
    return [...diagnostics, ...compile({ settings, files }).diagnostics];
  });
}

group.each(pages)("$file", (page) => {
  const diagnostics = found(page);

  test("is said in one short sentence without jargon, that can stand alone", () => {
    for (const d of diagnostics) {
      const message = describe(d);
      expect(message.length).toBeLessThanOrEqual(LONGEST);
      // One line, no full stop, no colours; it begins in lower case, with a number or a name.
      expect(message).toMatch(/^\P{Cc}*[^.\s\p{Cc}]$/u);
      expect(message).toMatch(/^(?:[a-z0-9`]|WhatsApp|the On-)/);
      expect(message.replace(/`[^`]*`|"[^"]*"/g, "")).not.toMatch(JARGON);
      expect(message).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  test("has a reason of one sentence", () => {
    for (const d of diagnostics) expect(reason(d)).toMatch(/^[A-Z`][^\n]+\.$/);
  });

  test("stands at a place of its file, and other places explain it", () => {
    for (const { span, related, fixes } of diagnostics) {
      for (const at of [span, ...related.map((r) => r.span), ...fixes.flatMap((f) => f.edits.map((e) => e.span))]) {
        expect(at.start).toBeGreaterThanOrEqual(0);
        expect(at.end).toBeGreaterThanOrEqual(at.start);
        expect(at.end).toBeLessThanOrEqual(at.source.text.length);
      }
      // What is underlined is the piece that must change, and not a screen of text.
      expect(span.source.text.slice(span.start, span.end).split("\n").length).toBeLessThanOrEqual(3);
      for (const { message } of related) expect(message).toMatch(/^[^\n]{3,120}[^\n.\s]$/);
    }
  });

  test("offers repairs by what they do, each with edits that do not overlap", () => {
    for (const { fixes } of diagnostics) {
      expect(new Set(fixes.map((fix) => fix.title)).size).toBe(fixes.length);
      for (const { title, edits } of fixes) {
        expect(title).toMatch(/^[A-Z][^\n]{2,80}[^\n.\s]$/);
        expect(edits.length).toBeGreaterThan(0);
        const sorted = [...edits].sort((a, b) => a.span.start - b.span.start);
        const overlapping = sorted.filter((edit, i) => {
          const next = sorted[i + 1]?.span;
          return next?.source === edit.span.source && next.start < edit.span.end;
        });
        expect(overlapping).toEqual([]);
      }
    }
  });
});

test("slugs are words, and a code is an error or a warning", () => {
  for (const [code, { slug, severity }] of Object.entries(CATALOG)) {
    expect(`${code} ${slug}`).toMatch(/^P[0-9]{4} [a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(["error", "warning"]).toContain(severity);
  }
});

test("one cause is one finding: each bad example has as many as it has mistakes", () => {
  for (const page of pages) {
    for (const example of page.bad) {
      const { settings, files, diagnostics } = projectOf(example, page.code);
      const all = [...diagnostics, ...compile({ settings, files }).diagnostics];
      const places = all.map((d) => `${d.span.source.path} ${d.span.start} ${d.span.end}`);
      expect([page.file, ...new Set(places)]).toEqual([page.file, ...places]);
    }
  }
});
