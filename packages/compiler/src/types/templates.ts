import type { Expr, Name, TemplateDecl } from "../syntax/ast.ts";
import { checkEach } from "./calls.ts";
import { report, type Typer } from "./typer.ts";

/** A template is sent with a value for each of its parameters: the defaults are only samples for its approval. */
export function checkTemplateArgs(t: Typer, name: Name, decl: TemplateDecl, args: readonly Expr[]): void {
  const wanted = decl.params.length;
  if (args.length !== wanted) report(t, "P6002", name, { name: name.text, wanted, count: args.length });
  checkEach(t, decl.params, args);
}
