/** Listed templates as declarations, so that all that follows sees one kind of template. */
import type { Phase } from "../diagnostics/diagnostic.ts";
import type { ListedTemplate, ListedType } from "../project/listed/listed.ts";
import { parseListed } from "../project/listed/parse.ts";
import { type Source, type Span, spanOf } from "../text/source.ts";
import type { FieldDecl, File, Name, TemplateClause, TemplateDecl, TypeExpr } from "./ast.ts";

/** What of a file of `templates:` the compiler takes. */
export type TemplatesFile = Phase<File>;

/** A file of declarations of what a file of approved templates lists. */
export function parseTemplates(source: Source): TemplatesFile {
  const { value, diagnostics } = parseListed(source);
  const declarations = value.map(declaration);
  return { value: { kind: "File", source, start: 0, end: source.text.length, declarations }, diagnostics };
}

function declaration(listed: ListedTemplate): TemplateDecl {
  const { place, params, shape } = listed;
  const at = spanOf(place.source, place.start, place.end);
  const buttons = [...shape.buttons, ...(shape.cards ?? []).flatMap((card) => card.buttons)];
  const titles = titlesOf(listed);
  const clauses = buttons.flatMap((button, i): readonly TemplateClause[] =>
    button.kind === "reply"
      ? [
          {
            kind: "TemplateOption",
            ...at,
            doc: "",
            name: name(at, button.id),
            was: [],
            title: { kind: "TextExpr", ...at, parts: [titles[i] ?? button.id], block: false },
          },
        ]
      : [],
  );
  return {
    kind: "TemplateDecl",
    ...at,
    doc: "",
    listed,
    name: name(at, listed.name),
    params: params.map((param) => field(at, param.name, typeOf(at, param.type))),
    clauses: [{ kind: "TemplateCategory", ...at, name: name(at, listed.category) }, ...clauses],
  };
}

/** In the first language, in the order of the buttons. */
function titlesOf({ texts, languages }: ListedTemplate): readonly string[] {
  const words = texts.get(languages[0] ?? "");
  return words ? [...words.buttons, ...words.cards.flatMap((card) => card.buttons)] : [];
}

function name(at: Span, text: string): Name {
  return { kind: "Name", ...at, text };
}

function field(at: Span, text: string, type: TypeExpr): FieldDecl {
  return { kind: "FieldDecl", ...at, doc: "", name: name(at, text), was: [], type, value: undefined };
}

function typeOf(at: Span, type: ListedType): TypeExpr {
  if (type.kind === "text") {
    const text = sized(at, type.max);
    return type.optional ? { kind: "OptionalType", ...at, type: text } : text;
  }
  return type.kind === "sections"
    ? sections(at)
    : { kind: "NamedType", ...at, name: name(at, type.kind), size: undefined };
}

function sized(at: Span, max: number): TypeExpr {
  return { kind: "NamedType", ...at, name: name(at, "text"), size: { kind: "NumberExpr", ...at, value: max } };
}

/** `{ title: text(24), products: text(100)[1..30] }[1..10]`. */
function sections(at: Span): TypeExpr {
  const products: TypeExpr = { kind: "ListType", ...at, element: sized(at, 100), min: 1, max: 30 };
  const fields = [field(at, "title", sized(at, 24)), field(at, "products", products)];
  return { kind: "ListType", ...at, element: { kind: "RecordType", ...at, fields }, min: 1, max: 10 };
}
