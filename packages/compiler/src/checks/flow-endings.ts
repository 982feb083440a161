/** P5002: every path through a state ends in an arrow, `return` or `handoff`. */
import type { Fix } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Node } from "../flow/graph.ts";
import type { Block } from "../syntax/ast.ts";
import { lineStarts, positionAt, type Span } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import type { FlowProgram, Report } from "./flow-program.ts";

export function endings({ graph }: FlowProgram, report: Report): void {
  for (const node of graph.nodes) {
    if (node.what.kind !== "exit" || node.what.how !== "off") continue;
    const block = blockOf(node);
    if (block && lastIsBroken(block)) continue;
    const name = node.state?.name.text ?? node.flow.name.text;
    report(diagnostic("P5002", node.what.syntax, { state: name }, block ? { fixes: [endFix(block)] } : {}));
  }
}

/**
 * Of an arm, or of the state whose name stands for what follows all its statements. What the parser could not read leaves
 * arms outside of any state (`any-program.test.ts` finds them).
 */
function blockOf({ what, state }: Node): Block | undefined {
  const syntax: Span & { readonly kind?: string } = what.syntax;
  return syntax.kind === "Block" ? (syntax as Block) : state?.body;
}

/** The parser has reported what stands there; an arrow may be meant. */
function lastIsBroken(block: Block): boolean {
  return block.statements.at(-1)?.kind === "InvalidStatement";
}

function endFix(block: Block): Fix {
  const { source } = block;
  const closed = source.text.charAt(block.end - 1) === "}";
  const at = closed ? block.end - 1 : block.end;
  const { line } = positionAt(source, at);
  const indent = source.text.slice(sure(lineStarts(source)[line - 1]), at);
  const own = /^[ \t]*$/.test(indent);
  const text = own ? `  -> end\n${indent}` : `${source.text.charAt(at - 1) === " " ? "" : " "}-> end `;
  return { title: "End the conversation here", safe: false, edits: [{ span: { source, start: at, end: at }, text }] };
}
