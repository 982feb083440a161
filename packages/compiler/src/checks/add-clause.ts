import type { Edit } from "../diagnostics/diagnostic.ts";
import type { Ask } from "../syntax/ast.ts";
import { spanOf } from "../text/source.ts";

/** Writes the clause into an ask that has none: between its braces, or with braces of its own. */
export function addClause({ source, end }: Ask, clause: string): Edit {
  const braced = source.text.charAt(end - 1) === "}";
  const place = braced ? end - 1 : end;
  return { span: spanOf(source, place, place), text: braced ? `${clause} ` : ` { ${clause} }` };
}
