import { diagnostic } from "../diagnostics/report.ts";
import type { Name } from "../syntax/ast.ts";
import type { Binder } from "./binder.ts";
import { suggest } from "./suggest.ts";

/** The template that is sent; one that is not declared is P6001, since only approved templates can be sent. */
export function suggestTemplate(b: Binder, name: Name): void {
  if (name.text === "") return;
  const decl = b.templates.get(name.text);
  if (decl) {
    b.refs.set(name, { kind: "template", decl });
    return;
  }
  const { similar, known, more } = suggest(name.text, b.templates.keys());
  const only = similar.length === 1 ? similar[0] : undefined;
  const fixes =
    only === undefined ? [] : [{ title: `Write \`${only}\``, safe: false, edits: [{ span: name, text: only }] }];
  b.diagnostics.push(diagnostic("P6001", name, { name: name.text, similar, known, more }, { fixes }));
}
