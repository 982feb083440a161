/** Headers, bodies and footers, which several kinds of messages share. */
import { cannot, isJson, type Json, literal, maybeText, objectIn, textIn, value, type Writing } from "./writing.ts";

/** A file by link; an id of an uploaded file means something to one account and 30 days only. */
export function file(w: Writing, media: Json): string {
  const link = maybeText(media, "link");
  return link === undefined ? cannot("its file is an uploaded one: give a link") : value(w, link, "media");
}

export function body(interactive: Json): string {
  return literal(textIn(objectIn(interactive, "body"), "text"));
}

export function maybeBody(interactive: Json): string {
  return isJson(interactive["body"]) ? ` body ${body(interactive)}` : "";
}

export function frame(w: Writing, interactive: Json): readonly string[] {
  return [...header(w, interactive), ...footer(interactive)];
}

function header(w: Writing, { header: given }: Json): readonly string[] {
  if (!isJson(given)) return [];
  const type = textIn(given, "type");
  if (type === "text") return [`header ${literal(textIn(given, "text"))}`];
  const media = objectIn(given, type);
  if (maybeText(media, "filename") !== undefined)
    w.notes.add("the file name of a header comes from its `media` value, and was left out");
  return [`header ${type} ${file(w, media)}`];
}

function footer({ footer: given }: Json): readonly string[] {
  return isJson(given) ? [`footer ${literal(textIn(given, "text"))}`] : [];
}

export function link(action: Json): string {
  const parameters = objectIn(action, "parameters");
  const url = textIn(parameters, "url");
  return `link ${literal(textIn(parameters, "display_text"))} ${literal(url)}`;
}

/** A block of clauses; nothing where there is none. */
export function block(clauses: readonly string[]): string {
  return clauses.length === 0 ? "" : ` { ${clauses.join("\n")} }`;
}
