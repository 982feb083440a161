/** Code actions about findings: the compiler's own fixes, all of one kind, all that are safe, and to leave one out. */
import {
  CATALOG,
  type Edit,
  type Diagnostic as Finding,
  type Fix,
  lineStarts,
  positionAt,
  type Source,
  type Span,
} from "@parley/compiler";
import type { CodeAction, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { toRange } from "../../positions.ts";
import { uriOf, type View } from "../../view.ts";
import { problemOf } from "./problem.ts";

export const FIX_ALL = "source.fixAll.parley";

export interface Asked {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  readonly only: readonly string[] | undefined;
}

/** `findings`: those of the project. */
export function actionsFor(view: View, findings: readonly Finding[], asked: Asked): readonly CodeAction[] {
  const here = findings.filter(({ span }) => span.source.path === asked.source.path);
  const at = here.filter(({ span }) => span.start <= asked.end && asked.start <= span.end);
  const wants = (kind: string): boolean =>
    asked.only === undefined || asked.only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const actions: CodeAction[] = [];
  if (wants("quickfix")) {
    for (const found of at)
      actions.push(...fixesOf(view, found, here), ...suppression(view, found), ...ruleOf(view, found));
  }
  // Without being asked for only where it is more than the fixes that stand there.
  if (asked.only !== undefined && wants(FIX_ALL)) actions.push(...fixAll(view, here));
  return actions;
}

function fixesOf(view: View, found: Finding, here: readonly Finding[]): readonly CodeAction[] {
  const own = found.fixes.map((fix) => ({
    title: fix.title,
    kind: "quickfix",
    diagnostics: [problemOf(view, found)],
    ...(isClear(found) ? { isPreferred: true } : {}),
    edit: editOf(view, fix.edits),
  }));
  const alike = here.filter(({ code, fixes }) => code === found.code && fixes.length > 0);
  const edits = compatible(alike.flatMap(({ fixes }) => fixes.slice(0, 1)));
  if (found.fixes.length === 0 || edits.count < 2) return own;
  const title = `Fix all ${edits.count} of ${found.code} in this file`;
  return [...own, { title, kind: "quickfix", edit: editOf(view, edits.edits) }];
}

/**
 * Whether one press of a key may take the one fix that there is: what is safe, another name in place of this one, or what
 * only adds; but a text of the default language is no translation.
 */
function isClear({ code, span, fixes }: Finding): boolean {
  const [fix, ...others] = fixes;
  if (!fix || others.length > 0) return false;
  if (fix.safe) return true;
  if (code === "P7001") return false;
  return fix.edits.every((edit) => edit.span.start === edit.span.end || isSame(edit.span, span));
}

function isSame(a: Span, b: Span): boolean {
  return a.source.path === b.source.path && a.start === b.start && a.end === b.end;
}

function fixAll(view: View, here: readonly Finding[]): readonly CodeAction[] {
  const { edits, count } = compatible(here.flatMap(({ fixes }) => fixes.filter(({ safe }) => safe).slice(0, 1)));
  return count === 0 ? [] : [{ title: "Fix all that is safe", kind: FIX_ALL, edit: editOf(view, edits) }];
}

/** The fixes that touch no place that an earlier one touches. */
function compatible(fixes: readonly Fix[]): { readonly edits: readonly Edit[]; readonly count: number } {
  const taken: Edit[] = [];
  let count = 0;
  for (const { edits } of fixes) {
    if (edits.some((edit) => taken.some((other) => meets(edit, other)))) continue;
    taken.push(...edits);
    count++;
  }
  return { edits: taken, count };
}

/** Two that take text away may stand side by side; what is put in between them would have no one place. */
function meets({ span: a }: Edit, { span: b }: Edit): boolean {
  if (a.source.path !== b.source.path) return false;
  if (a.start === a.end || b.start === b.end) return a.start <= b.end && b.start <= a.end;
  return a.start < b.end && b.start < a.end;
}

export function editOf(view: View, edits: readonly Edit[]): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { span, text } of edits) {
    const uri = uriOf(view, span.source);
    changes[uri] = [...(changes[uri] ?? []), { range: toRange(span), newText: text }];
  }
  return { changes };
}

// ---------------------------------------------------------------- leaving out

/** Errors of syntax and files that are no flows cannot be left out by a comment. */
function suppression(view: View, found: Finding): readonly CodeAction[] {
  const { source, start } = found.span;
  if (!source.path.endsWith(".flow") || found.code.startsWith("P1") || found.severity === "error") return [];
  const lineStart = lineStarts(source)[positionAt(source, start).line - 1] ?? 0;
  const indent = /^[ \t]*/.exec(source.text.slice(lineStart))?.[0] ?? "";
  const text = `${indent}// parley-ignore ${found.code}: reason\n`;
  const place = { source, start: lineStart, end: lineStart };
  const from = toRange(place).start;
  const character = text.length - "reason\n".length;
  return [
    {
      title: `Leave ${found.code} out here, with a reason`,
      kind: "quickfix",
      diagnostics: [problemOf(view, found)],
      edit: editOf(view, [{ span: place, text }]),
      command: {
        title: "Write the reason",
        command: "parley.selectRange",
        arguments: [
          uriOf(view, source),
          { start: { line: from.line, character }, end: { line: from.line, character: character + "reason".length } },
        ],
      },
    },
  ];
}

/** To the rule's line in the project file, which is written where there is none. */
function ruleOf(view: View, found: Finding): readonly CodeAction[] {
  const { project } = view;
  // An error stays one; a warning can have been made one there.
  if (!project || CATALOG[found.code].severity === "error") return [];
  const title = `Set the severity of ${found.code} in parley.yaml`;
  const line = new RegExp(`^\\s+${found.code}\\s*:`, "m").exec(project.text);
  if (line) {
    const end = line.index + line[0].length;
    const range = toRange({ source: project, start: end, end });
    const command = { title, command: "parley.selectRange", arguments: [uriOf(view, project), range] };
    return [{ title, kind: "quickfix", command }];
  }
  const lint = /^lint:[ \t]*\r?\n/m.exec(project.text);
  const at = lint ? lint.index + lint[0].length : project.text.length;
  const gap = lint || project.text === "" || project.text.endsWith("\n") ? "" : "\n";
  const text = `${gap}${lint ? "" : "lint:\n"}  ${found.code}: ${found.severity}\n`;
  const braces = /^lint:[ \t]*\{[ \t]*/m.exec(project.text);
  if (braces) {
    const end = braces.index + braces[0].length;
    const rest = project.text.charAt(end) === "}" ? " " : ", ";
    const span = { source: project, start: end, end };
    return [
      { title, kind: "quickfix", edit: editOf(view, [{ span, text: `${found.code}: ${found.severity}${rest}` }]) },
    ];
  }
  if (!lint && /^lint:/m.test(project.text)) return [];
  return [{ title, kind: "quickfix", edit: editOf(view, [{ span: { source: project, start: at, end: at }, text }]) }];
}
