/** Values of expressions: variables, fields, cases, functions, actions. */
import { type FieldInfo, FUNCTION_NAMES, fieldsOf, type Syntax, type Type } from "@parley/compiler";
import type { CompletionItem } from "vscode-languageserver";
import { FUNCTION_DOCS } from "../../docs/functions.ts";
import { chainBefore, present, shown } from "./chain.ts";
import { docData, item } from "./item.ts";
import { scopeOf } from "./scope.ts";
import { openBracket, recordAround, wantedType } from "./wanted.ts";
import { type Writing, wordsBefore } from "./writing.ts";

/** Where a name begins a value, or goes on behind a `.`. */
export function values(w: Writing): readonly CompletionItem[] {
  const before = wordsBefore(w.place);
  const last = before.at(-1)?.image;
  if (last === ".") return fieldsBehind(w);
  const wanted = wantedType(w, before);
  const startsValue = last === "=" && (before[0]?.image === "let" || before[0]?.image === "set");
  return [
    ...casesOf(w, wanted, true),
    ...(wanted ? [] : enumNames(w)),
    ...variables(w, wanted),
    ...functions(),
    ...(startsValue ? actions(w) : []),
  ];
}

export function variables(w: Writing, wanted?: Type): readonly CompletionItem[] {
  return scopeOf(w).map(({ name, what, type, doc, distance }) => {
    const fits = wanted !== undefined && isAlike(present(wanted), present(type));
    const kind = what === "root" ? "module" : what === "parameter" ? "constant" : "variable";
    return item(name, { kind, detail: shown(type), rank: 10 + distance - (fits ? 5 : 0), data: docData(doc) });
  });
}

/** Of one kind; enums and records with a name of one name. */
function isAlike(a: Type, b: Type): boolean {
  if (a.kind !== b.kind) return false;
  return !("name" in a) || !("name" in b) || a.name === b.name;
}

function fieldsBehind(w: Writing): readonly CompletionItem[] {
  const before = wordsBefore(w.place);
  const chained = chainBefore(w, before, before.length - 1);
  if (!chained) return [];
  switch (chained.kind) {
    case "enum":
      return casesOf(w, chained.type, false);
    case "env":
      return w.view.compilation.settings.env.map((name) => item(name, { kind: "constant", detail: "text", rank: 10 }));
    case "value":
      return [...(fieldsOf(present(chained.type))?.values() ?? [])].map(fieldItem);
  }
}

function fieldItem({ name, type, decl }: FieldInfo): CompletionItem {
  return item(name, { kind: "field", detail: shown(type), rank: 10, data: docData(decl?.doc ?? "") });
}

/** `qualified`: written `Size.small`, as values are. */
export function casesOf(w: Writing, type: Type | undefined, qualified: boolean): readonly CompletionItem[] {
  const of = type && present(type);
  if (of?.kind === "bool") return [];
  if (of?.kind !== "enum") return [];
  const decl: Syntax.TypeDecl | undefined = of.decl ?? w.view.compilation.names.types.get(of.name);
  return of.cases.map((name, i) => {
    const written = decl?.cases.find((c) => c.name.text === name);
    const label = written?.label?.parts.find((part) => typeof part === "string");
    const data = docData(written?.doc ?? "");
    const detail = label === undefined ? of.name : `${of.name} "${label}"`;
    return item(qualified ? `${of.name}.${name}` : name, { kind: "enumMember", detail, rank: Math.min(i, 9), data });
  });
}

function enumNames({ view }: Writing): readonly CompletionItem[] {
  return [...view.compilation.names.types.values()]
    .filter((decl) => decl.cases.length > 0)
    .map((decl) => item(decl.name.text, { kind: "enum", rank: 17, data: docData(decl.doc) }));
}

function functions(): readonly CompletionItem[] {
  return FUNCTION_NAMES.map((name) => {
    const { params, result } = FUNCTION_DOCS[name];
    const snippet = params.length === 0 ? `${name}()` : `${name}($1)`;
    const detail = `(${params.join(", ")}): ${result}`;
    return item(name, { kind: "function", detail, rank: 20, snippet, data: { kind: "function", name } });
  });
}

/** As values: what they give is the value. */
export function actions(w: Writing): readonly CompletionItem[] {
  return [...w.view.compilation.names.actions.values()]
    .filter((decl) => decl.result !== undefined)
    .map((decl) => {
      const arm = decl.clauses.some(({ kind }) => kind === "Infallible") ? "" : " else -> $0";
      return item(decl.name.text, {
        kind: "function",
        detail: signature(decl),
        rank: 15,
        snippet: `${decl.name.text}(${decl.params.length > 0 ? "$1" : ""})${arm}`,
        data: docData(decl.doc),
      });
    });
}

export function signature(decl: {
  readonly params: readonly Syntax.FieldDecl[];
  readonly result?: Syntax.TypeExpr | undefined;
}): string {
  const written = (node: Syntax.TypeExpr | Syntax.FieldDecl): string =>
    node.source.text.slice(node.start, node.end).replace(/\s+/g, " ");
  return `(${decl.params.map(written).join(", ")})${decl.result ? ` -> ${written(decl.result)}` : ""}`;
}

/** Keys of a record that has a type. */
export function keys(w: Writing): readonly CompletionItem[] {
  const before = wordsBefore(w.place);
  const open = openBracket(before, before.length);
  const record = open && before[open.at]?.image === "{" ? recordAround(w, before, open.at) : undefined;
  const fields = record && fieldsOf(record);
  if (!open || !fields) return [];
  const written = new Set(before.slice(open.at).flatMap((t, i, all) => (all[i + 1]?.image === ":" ? [t.image] : [])));
  return [...fields.values()]
    .filter(({ name }) => !written.has(name))
    .map((field) => ({ ...fieldItem(field), insertText: `${field.name}: ` }));
}
