/** Requests of the Cloud API, pasted, become messages of a flow. */
import { importMessages, parse, type Syntax } from "@parley/compiler";
import type { CodeAction, TextEdit } from "vscode-languageserver";
import { pathAt } from "../../at.ts";
import { toRange } from "../../positions.ts";
import { uriOf, type View } from "../../view.ts";
import { freshName, indentAt } from "./edits.ts";

export interface Pasted {
  readonly edits: readonly TextEdit[];
  /** What people should know or do, and what could not be written. */
  readonly notes: readonly string[];
}

/**
 * `json` in place of what lies between both offsets: statements in a state, a flow elsewhere, and where the messages have
 * values that only parameters can give. Undefined where it is no JSON, or no message of it has a form in the language.
 */
export function pasted(view: View, file: Syntax.File, start: number, end: number, json: string): Pasted | undefined {
  const found = read(json);
  if (!found) return undefined;
  const { notes, refused } = found;
  const all = [...notes, ...refused.map(({ index, reason }) => `Message ${index + 1} was left out: ${reason}`)];
  const { source } = file;
  const statements = isInState(file, start) ? statementsOf(found.text) : undefined;
  if (statements) {
    const indent = indentAt(source, start);
    // Statements stand on lines of their own, whatever else stands on the line where they are pasted.
    const before = source.text.slice(source.text.lastIndexOf("\n", start - 1) + 1, start);
    const after = /^[^\n]*/.exec(source.text.slice(end))?.[0] ?? "";
    const lines = [...(before.trim() ? [""] : []), ...statements, ...(after.trim() ? [""] : [])];
    const newText = lines.join("\n").replaceAll("\n", `\n${indent}`);
    return { edits: [{ range: toRange({ source, start, end }), newText }], notes: all };
  }
  const text = renamed(view, found.text);
  const owner = file.declarations.find((d) => d.start < start && start < d.end);
  if (!owner) return { edits: [{ range: toRange({ source, start, end }), newText: text }], notes: all };
  const at = owner.end;
  return {
    edits: [
      { range: toRange({ source, start, end }), newText: "" },
      { range: toRange({ source, start: at, end: at }), newText: `\n\n${text.trimEnd()}` },
    ],
    notes: all,
  };
}

/** Offered where JSON of such requests is selected. */
export function pasteAction(view: View, file: Syntax.File, start: number, end: number): readonly CodeAction[] {
  const selected = file.source.text.slice(start, end);
  if (!/^\s*[[{]\s*["{]/.test(selected)) return [];
  const found = pasted(view, file, start, end, selected);
  if (!found) return [];
  const changes = { [uriOf(view, file.source)]: [...found.edits] };
  return [{ title: "Turn the Cloud API request into a flow", kind: "refactor.rewrite.import", edit: { changes } }];
}

function read(json: string): ReturnType<typeof importMessages> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const found = importMessages(value);
  const count = Array.isArray(value) ? value.length : 1;
  return count > found.refused.length ? found : undefined;
}

function isInState(file: Syntax.File, offset: number): boolean {
  const declaration = file.declarations.findLast((d) => d.start < offset && offset < d.end);
  if (declaration?.kind !== "FlowDecl") return false;
  const state = declaration.states.findLast((one) => one.start < offset);
  if (!state || state.body.start >= offset) return false;
  return pathAt(file, offset).some(({ kind }) => kind === "StateDecl") || offset <= state.end;
}

/** Without the arrows between the states; undefined where there are parameters or templates. */
function statementsOf(text: string): readonly string[] | undefined {
  const { value } = parse({ path: "imported.flow", text });
  const [flow, ...others] = value.declarations;
  if (flow?.kind !== "FlowDecl" || others.length > 0 || flow.params.length > 0) return undefined;
  return flow.states.flatMap((state) =>
    state.body.statements.flatMap((s) => {
      if (s.kind === "Arrow") return [];
      const written = text.slice(s.start, s.end);
      const indent = indentAt({ path: "", text }, s.start);
      return [written.replaceAll(`\n${indent}`, "\n")];
    }),
  );
}

/** A flow of this name can be there already. */
function renamed({ compilation }: View, text: string): string {
  const name = freshName("imported", (one) => compilation.names.flows.has(one));
  return text.replace(/^flow imported\b/m, `flow ${name}`);
}
