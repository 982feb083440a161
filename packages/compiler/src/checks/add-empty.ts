import type { Fix } from "../diagnostics/diagnostic.ts";
import type { AskClause } from "../syntax/ast.ts";
import { indentBefore } from "../text/indent.ts";
import { spanOf } from "../text/source.ts";

/** `empty -> end` behind the last clause; none where there is no clause to stand beside. */
export function addEmpty(clauses: readonly AskClause[]): readonly Fix[] {
  const last = clauses.at(-1);
  if (!last) return [];
  const edits = [{ span: spanOf(last.source, last.end, last.end), text: `\n${indentBefore(last)}empty -> end` }];
  return [{ title: "End the conversation when there are none", safe: false, edits }];
}
