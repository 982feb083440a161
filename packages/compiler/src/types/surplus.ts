/** The repair of a call with too many arguments. */
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Expr } from "../syntax/ast.ts";
import { listTail } from "../text/removal.ts";

/** What stands behind the last parameter can go; an argument that is missing, after a comma too many, takes no room. */
export function surplus(args: readonly Expr[], max: number): readonly Fix[] {
  const span = listTail(args, max);
  const title = args.length - max === 1 ? "Delete the last argument" : `Delete the last ${args.length - max} arguments`;
  return span && span.end > span.start ? [{ title, safe: false, edits: [{ span, text: "" }] }] : [];
}
