/** `workspace/executeCommand`: what clients ask for that no request of the protocol is about. */
import { CATALOG, type Code, type FlowGraph, pageOf } from "@parley/compiler";
import type { Position, Range } from "vscode-languageserver";
import { pasted } from "./features/refactor/paste.ts";
import { wayTo } from "./features/way-to.ts";
import { offsetAt, toRange } from "./positions.ts";
import { fileOf, uriOf, type View } from "./view.ts";

export interface Commands {
  readonly viewOf: (uri: string) => View | undefined;
  readonly page: ((code: Code) => string) | undefined;
  readonly reload: () => void;
  readonly select: (uri: string, range: Range) => Promise<void>;
}

type Run = (commands: Commands, args: readonly unknown[]) => unknown;

/** What each is given and gives: `docs/language-server.md`. */
const COMMANDS: Readonly<Record<string, Run>> = {
  "parley.import": ({ viewOf }, args) => imported(viewOf, args),
  "parley.explainCode": ({ page }, [code]) => explained(String(code), page),
  "parley.graphData": ({ viewOf }, [uri]) => graphOf(viewOf(String(uri))),
  "parley.linesTo": ({ viewOf }, [uri, place]) => linesTo(viewOf(String(uri)), String(uri), place),
  "parley.selectRange": ({ select }, [uri, range]) => select(String(uri), range as Range),
  "parley.reload": ({ reload }) => reload(),
};

export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS);

export function runCommand(name: string, args: readonly unknown[], commands: Commands): unknown {
  return Object.hasOwn(COMMANDS, name) ? (COMMANDS[name]?.(commands, args) ?? null) : null;
}

/**
 * Requests of the Cloud API as what to write in place of a range: statements in a state, a flow outside of flows. Nothing
 * where the text holds none, or where they cannot stand there: between the states of a flow.
 */
function imported(viewOf: Commands["viewOf"], [uri, range, text]: readonly unknown[]): string | null {
  if (typeof uri !== "string" || typeof text !== "string") return null;
  const view = viewOf(uri);
  const file = view && fileOf(view, uri);
  if (!file) return null;
  const { start, end } = range as Range;
  const found = pasted(view, file, offsetAt(file.source, start), offsetAt(file.source, end), text);
  const [edit, ...others] = found?.edits ?? [];
  return edit && others.length === 0 ? edit.newText : null;
}

function explained(code: string, page: Commands["page"]): unknown {
  if (!Object.hasOwn(CATALOG, code)) return null;
  const known = code as Code;
  return { code, why: CATALOG[known].why, path: pageOf(known), page: page?.(known) };
}

/** To a state: `flow.state`, or the one that a position lies in. A flow alone is where it begins: nothing has to be said. */
function linesTo(view: View | undefined, uri: string, place: unknown): readonly string[] | null {
  const file = view && fileOf(view, uri);
  if (!view || !file) return null;
  const offset = typeof place === "object" && place !== null ? offsetAt(file.source, place as Position) : -1;
  for (const flow of file.declarations) {
    if (flow.kind !== "FlowDecl") continue;
    const state = flow.states.find(({ name, start, end }) =>
      offset < 0 ? place === `${flow.name.text}.${name.text}` : start <= offset && offset <= end,
    );
    if (state) return wayTo(view, state) ?? null;
  }
  return null;
}

/** The states of all flows, and the ways between them whatever is said or asked on the way. */
function graphOf(view: View | undefined): unknown {
  if (!view) return null;
  const { graph } = view.compilation;
  const states = [...graph.states].map(([state, node]) => ({
    id: node,
    name: state.name.text,
    flow: graph.nodes[node]?.flow.name.text ?? "",
    uri: uriOf(view, state.source),
    range: toRange(state),
  }));
  return { states, ways: states.flatMap(({ id }) => reached(graph, id).map((to) => ({ from: id, to }))) };
}

/** The states that come next. */
function reached(graph: FlowGraph, from: number): readonly number[] {
  const seen = new Set<number>([from]);
  const next = new Set<number>();
  const queue = [from];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const { to } of graph.nodes[at]?.out ?? []) {
      if (graph.nodes[to]?.what.kind === "state") next.add(to);
      else if (!seen.has(to)) {
        seen.add(to);
        queue.push(to);
      }
    }
  }
  return [...next];
}
