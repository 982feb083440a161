/** Variables, types, cases and fields. */
import type { Syntax } from "@parley/compiler";
import type { Node } from "../../../at.ts";
import type { View } from "../../../view.ts";
import { insert, nodesIn } from "../edits.ts";
import { type Create, labelOf, type Missing, nearest, SOME_TEXT, startOf, typeFor } from "./missing.ts";

/** What asks of a kind give. */
const TYPES: Readonly<Partial<Record<Syntax.AskKind, string>>> = {
  number: "number",
  date: "date",
  phone: "phone",
  url: "url",
  email: "text(254)",
  location: "location",
  image: "media",
  video: "media",
  audio: "media",
  document: "media",
  media: "media",
  contact: "card",
  products: "cart",
  product: "cart",
  catalog: "cart",
};

export const createVariable: Create = (missing) => {
  const { flow, name, inTest } = missing;
  if (!flow || inTest) return undefined;
  const title = `Declare the variable \`${name}\``;
  const declared = `var ${name}: ${given(missing)}`;
  const last = flow.vars.at(-1) ?? flow.triggers.at(-1);
  if (last) return { title, changes: [insert(flow.source, last.end, `\n  ${declared}`)] };
  const [first] = flow.states;
  return first && { title, changes: [insert(flow.source, first.start, `${declared}\n\n  `)] };
};

/** `Kind.one` names a type, as far as its letter tells. */
export const createNamed: Create = (missing) => {
  const isType = /^[A-Z]/.test(missing.name) && missing.path.at(-2)?.kind === "FieldExpr";
  return isType ? createType(missing) : createVariable(missing);
};

/** By what is put into it, as far as that is known. */
function given({ view, path, name }: Missing): string {
  const ask = nearest(path, "Ask") as (Node & Syntax.Ask) | undefined;
  if (ask?.as?.names.some((one) => one.text === name)) return TYPES[ask.ask] ?? SOME_TEXT;
  const set = nearest(path, "Set") as (Node & Syntax.Set) | undefined;
  if (set?.target.names[0]?.text === name) return typeFor(view, set.value);
  return SOME_TEXT;
}

/** With the cases that are named somewhere; else a text. */
export const createType: Create = ({ view, file, path, name }) => {
  const owner = file.declarations.find((one) => path.some((node) => node === (one as unknown)));
  if (!owner) return undefined;
  const cases = [...casesOf(view, name)];
  const type = cases.length > 0 ? cases.map((one) => `${one} "${labelOf(one)}"`).join(" | ") : SOME_TEXT;
  // One case alone would be read as the name of a type.
  const text = cases.length === 1 ? `${type} | other "Other"` : type;
  return {
    title: `Declare the type \`${name}\``,
    changes: [insert(file.source, startOf(file, owner), `type ${name} = ${text}\n\n`)],
  };
};

function casesOf({ compilation }: View, type: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { source } of compilation.files) {
    for (const [, one = ""] of source.text.matchAll(new RegExp(`\\b${type}\\.(\\w+)`, "g"))) found.add(one);
  }
  return found;
}

export const createCase: Create = ({ view, found, name }) => {
  const decl = view.compilation.names.types.get(String(found.args["of"]));
  const last = decl?.cases.at(-1);
  if (!decl || !last || decl.source.library) return undefined;
  const { text } = last.source;
  // As its neighbours stand: in their line or below them.
  const line = text.slice(text.lastIndexOf("\n", last.start) + 1, last.start);
  const gap = /^\s*\|\s*$/.test(line) ? `\n${/^\s*/.exec(line)?.[0] ?? ""}` : " ";
  return {
    title: `Add the case \`${name}\` to \`${decl.name.text}\``,
    changes: [insert(last.source, last.end, `${gap}| ${name} "${labelOf(name)}"`)],
  };
};

/** Of `profile`, which may be missing at first; of a record that is declared. */
export const createField: Create = ({ view, file, path, name, found }) => {
  const { names } = view.compilation;
  const owner = file.declarations.find((one) => path.some((node) => node === (one as unknown)));
  const of = String(found.args["of"]).replaceAll("`", "");
  const set = nearest(path, "Set") as (Node & Syntax.Set) | undefined;
  const isSet = set?.target.names.at(-1)?.text === name;
  const title = `Add the field \`${name}\` to \`${of}\``;
  if (of === "profile") {
    const type = isSet && set ? typeFor(view, set.value) : SOME_TEXT;
    const text = `${name}: ${type.replace(/\?$/, "")}?`;
    const last = names.profile?.fields.at(-1);
    if (last) return last.source.library ? undefined : { title, changes: [insert(last.source, last.end, `, ${text}`)] };
    if (names.profile || !owner) return undefined;
    return { title, changes: [insert(file.source, startOf(file, owner), `profile { ${text} }\n\n`)] };
  }
  const type = names.types.get(of)?.type;
  const last = type && [...nodesIn(type)].find((node) => node.kind === "RecordType");
  const field = (last as (Node & Syntax.RecordType) | undefined)?.fields.at(-1);
  if (!field || field.source.library) return undefined;
  return { title, changes: [insert(field.source, field.end, `, ${name}: ${SOME_TEXT}`)] };
};
