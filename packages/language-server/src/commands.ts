/** `workspace/executeCommand`: what clients ask for that no request of the protocol is about. */
import { CATALOG, type Code, type FlowGraph, importMessages, pageOf } from "@parley/compiler";
import type { Range } from "vscode-languageserver";
import { toRange } from "./positions.ts";
import { uriOf, type View } from "./view.ts";

export interface Commands {
  readonly viewOf: (uri: string) => View | undefined;
  readonly page: ((code: Code) => string) | undefined;
  readonly reload: () => void;
  readonly select: (uri: string, range: Range) => Promise<void>;
}

type Run = (commands: Commands, args: readonly unknown[]) => unknown;

/** `import(uri, range, json)`, `explainCode(code)`, `graphData(uri)`, `selectRange(uri, range)`, `reload()`. */
const COMMANDS: Readonly<Record<string, Run>> = {
  "parley.import": (_, args) => imported(args[2] ?? args[0]),
  "parley.explainCode": ({ page }, [code]) => explained(String(code), page),
  "parley.graphData": ({ viewOf }, [uri]) => graphOf(viewOf(String(uri))),
  "parley.selectRange": ({ select }, [uri, range]) => select(String(uri), range as Range),
  "parley.reload": ({ reload }) => reload(),
};

export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS);

export function runCommand(name: string, args: readonly unknown[], commands: Commands): unknown {
  return Object.hasOwn(COMMANDS, name) ? (COMMANDS[name]?.(commands, args) ?? null) : null;
}

/** Requests of the Cloud API as a flow that sends them; nothing where the text holds none. */
function imported(text: unknown): string | null {
  if (typeof text !== "string") return null;
  try {
    return importMessages(JSON.parse(text)).text;
  } catch {
    return null;
  }
}

function explained(code: string, page: Commands["page"]): unknown {
  if (!Object.hasOwn(CATALOG, code)) return null;
  const known = code as Code;
  return { code, why: CATALOG[known].why, path: pageOf(known), page: page?.(known) };
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
