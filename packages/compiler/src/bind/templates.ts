import { diagnostic } from "../diagnostics/report.ts";
import { rename, suggest } from "../diagnostics/suggest.ts";
import type { Name } from "../syntax/ast.ts";
import { spanOf } from "../text/source.ts";
import type { Binder } from "./binder.ts";

/** The template that is sent; one that is not declared is P6001, since only approved templates can be sent. */
export function suggestTemplate(b: Binder, name: Name): void {
  if (name.text === "") return;
  const decl = b.templates.get(name.text);
  if (decl) {
    const problem = decl.listed?.problem;
    if (problem !== undefined) {
      const args = { name: name.text, similar: [], known: [], more: 0, problem };
      const related = [{ span: spanOf(decl.source, decl.start, decl.end), message: "this is its entry" }];
      b.diagnostics.push(diagnostic("P6001", name, args, { related }));
    }
    b.refs.set(name, { kind: "template", decl });
    return;
  }
  const found = suggest(name.text, b.templates.keys());
  b.diagnostics.push(diagnostic("P6001", name, { name: name.text, ...found }, { fixes: rename(name, found.similar) }));
}
