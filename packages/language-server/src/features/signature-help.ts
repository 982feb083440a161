/** The parameters of what is being called, with the one that is being written. */
import { FUNCTION_NAMES, type FunctionName, type Syntax } from "@parley/compiler";
import type { SignatureHelp } from "vscode-languageserver";
import { FUNCTION_DOCS } from "../docs/functions.ts";
import { functionDoc } from "../docs/markdown.ts";
import type { View } from "../view.ts";
import { calledAt, openBracket } from "./completion/wanted.ts";
import { wordsBefore, writingAt } from "./completion/writing.ts";

interface Call {
  readonly head: string;
  readonly params: readonly string[];
  readonly tail: string;
  readonly doc: string;
}

export function signatureHelp(view: View, file: Syntax.File, offset: number, docs?: string): SignatureHelp | undefined {
  const writing = writingAt(view, file, offset);
  const before = wordsBefore(writing.place);
  // Arguments can lie in brackets of their own.
  for (let end = before.length; end > 0; ) {
    const open = openBracket(before, end);
    if (!open) return undefined;
    if (before[open.at]?.image === "(") {
      const name = before[open.at - 1]?.image ?? "";
      const call = functionCall(name, docs) ?? declaredCall(calledAt(writing, before, open.at));
      return call && help(call, open.index);
    }
    end = open.at;
  }
  return undefined;
}

function functionCall(name: string, docs: string | undefined): Call | undefined {
  if (!(FUNCTION_NAMES as readonly string[]).includes(name)) return undefined;
  const { params, result, text } = FUNCTION_DOCS[name as FunctionName];
  const link = functionDoc(name as FunctionName, docs)
    .split("\n\n")
    .slice(2)
    .join("\n\n");
  return { head: `${name}(`, params, tail: `): ${result}`, doc: [text, link].filter((t) => t !== "").join("\n\n") };
}

function declaredCall(called: ReturnType<typeof calledAt>): Call | undefined {
  if (!called) return undefined;
  const written = (node: Syntax.TypeExpr | Syntax.FieldDecl): string =>
    node.source.text.slice(node.start, node.end).replace(/\s+/g, " ");
  const params = called.params.map(written);
  const result = called.result ? ` -> ${written(called.result)}` : "";
  return { head: `${called.name}(`, params, tail: `)${result}`, doc: called.doc };
}

function help({ head, params, tail, doc }: Call, index: number): SignatureHelp {
  const starts = params.map((_, i) => head.length + params.slice(0, i).join(", ").length + (i > 0 ? 2 : 0));
  const label = `${head}${params.join(", ")}${tail}`;
  const active = Math.min(index, Math.max(0, params.length - 1));
  return {
    signatures: [
      {
        label,
        ...(doc === "" ? {} : { documentation: { kind: "markdown", value: doc } }),
        parameters: params.map((param, i) => ({ label: [starts[i] ?? 0, (starts[i] ?? 0) + param.length] })),
      },
    ],
    activeSignature: 0,
    activeParameter: active,
  };
}
