/** Options: of the ask that a test is at, or the quick replies of a template. */
import type { Syntax } from "@parley/compiler";
import type { Node } from "../../../at.ts";
import { askTapped } from "../../../test-options.ts";
import { type Change, indentAt, insert } from "../edits.ts";
import { type Create, type Creation, labelOf, type Missing, nearest } from "./missing.ts";
import { createCase } from "./values.ts";

export const createOption: Create = (missing) => {
  const ask = nearest(missing.path, "Ask") as (Node & Syntax.Ask) | undefined;
  return ask ? quickReply(missing, ask) : inAsk(missing);
};

function quickReply({ view, name, path }: Missing, ask: Syntax.Ask): Creation | undefined {
  const referent = ask.template && view.compilation.names.refs.get(ask.template.name);
  if (referent?.kind !== "template" || referent.decl.listed || referent.decl.source.library) return undefined;
  const { decl } = referent;
  const option = nearest(path, "Option") as (Node & Syntax.Option) | undefined;
  const title = option?.title ? option.title.source.text.slice(option.title.start, option.title.end) : undefined;
  const last = decl.clauses.findLast(({ kind }) => kind === "TemplateOption") ?? decl.clauses.at(-1);
  return (
    last && {
      title: `Add the quick reply \`${name}\` to the template \`${decl.name.text}\``,
      changes: [beside(last, `option ${name} ${title ?? `"${labelOf(name)}"`}`)],
    }
  );
}

/** Behind the ask's other options; of an ask for an enum it is a case of that. */
function inAsk(missing: Missing): Creation | undefined {
  const { view, path, name } = missing;
  const ask = askTapped(view, path);
  if (!ask || ask.source.library) return undefined;
  const target = ask.as && view.compilation.types.ofTarget.get(ask.as);
  const type = target?.kind === "optional" ? target.of : target;
  if (type?.kind === "enum") {
    return createCase({ ...missing, found: { ...missing.found, args: { ...missing.found.args, of: type.name } } });
  }
  const options = ask.clauses.filter((clause) => clause.kind === "Option");
  const last = options.at(-1);
  if (!last) return undefined;
  const id = view.compilation.names.ids.get(ask);
  // Where no option goes on after the ask, nothing may stand there.
  const arm = options.every((one) => one.arm?.kind === "Arrow") ? " -> end" : "";
  return {
    title: `Add the option \`${name}\` to \`${id ?? "the ask"}\``,
    changes: [beside(last, `option ${name} "${labelOf(name)}"${arm}`)],
  };
}

/** In the same line only where that holds more than this one. */
function beside({ source, start, end }: Node, text: string): Change {
  const line = source.text.slice(source.text.lastIndexOf("\n", start - 1) + 1, start);
  return insert(source, end, line.trim() === "" ? `\n${indentAt(source, start)}${text}` : ` ${text}`);
}
