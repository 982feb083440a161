/** Requests of the Cloud API as a flow that sends them. */
import { format } from "../format/format.ts";
import { interactiveStatement } from "./interactive.ts";
import { file } from "./parts.ts";
import { templateStatement } from "./template.ts";
import {
  CannotImport,
  cannot,
  degrees,
  isJson,
  type Json,
  listIn,
  literal,
  maybeText,
  objectIn,
  paramList,
  textIn,
  value,
  type Writing,
} from "./writing.ts";

export interface Imported {
  /** `.flow` text, formatted: one state a message, in their order. */
  readonly text: string;
  /** What people should know or do. */
  readonly notes: readonly string[];
  /** Messages that have no form in the language, by their place from 0. */
  readonly refused: readonly { readonly index: number; readonly reason: string }[];
}

/** `json`: a request, with or without its envelope, or a list of them. */
export function importMessages(json: unknown): Imported {
  const w: Writing = { params: new Map(), templates: new Map(), notes: new Set() };
  const refused: { index: number; reason: string }[] = [];
  const statements: string[] = [];
  for (const [index, message] of (Array.isArray(json) ? json : [json]).entries()) {
    try {
      statements.push(isJson(message) ? written(w, message) : cannot("it is no JSON object"));
    } catch (error) {
      if (!(error instanceof CannotImport)) throw error;
      refused.push({ index, reason: error.message });
    }
  }
  return { text: formatted(flowText(w, statements)), notes: [...w.notes], refused };
}

/** A message that cannot be written leaves no parameters and declarations behind. */
function written(w: Writing, message: Json): string {
  const [params, templates, notes] = [structuredClone(w.params), new Map(w.templates), new Set(w.notes)];
  try {
    const one = statement(w, message);
    return isSyntax(flowText(w, [one])) ? one : cannot("a part of it cannot be written in the language");
  } catch (error) {
    restore(w.params, params);
    restore(w.templates, templates);
    w.notes.clear();
    for (const note of notes) w.notes.add(note);
    throw error;
  }
}

function restore<V>(map: Map<string, V>, before: ReadonlyMap<string, V>): void {
  map.clear();
  for (const [key, value] of before) map.set(key, value);
}

function isSyntax(text: string): boolean {
  return format({ path: "imported.flow", text }).kind === "formatted";
}

function formatted(text: string): string {
  const result = format({ path: "imported.flow", text });
  return result.kind === "formatted" ? result.text : text;
}

function flowText(w: Writing, statements: readonly string[]): string {
  const states = statements.map((one, i) => {
    const next = i + 1 < statements.length ? `message${i + 2}` : "end";
    return `state message${i + 1} { ${one}\n-> ${next} }`;
  });
  // A flow with parameters is called; one without can be started.
  const head = w.params.size > 0 ? `flow imported(${paramList(w.params)})` : "flow imported";
  const start = w.params.size > 0 || states.length === 0 ? "" : "on message -> message1\n";
  return [...w.templates.values(), `${head} { ${start}${states.join("\n")} }`].join("\n");
}

// One case for each kind of message.
function statement(w: Writing, message: Json): string {
  if (message["status"] === "read")
    return isJson(message["typing_indicator"]) ? "typing" : cannot("a read receipt is sent by itself");
  const type = textIn(message, "type");
  const reply = isJson(message["context"]) ? ["reply"] : [];
  switch (type) {
    case "text": {
      const text = objectIn(message, "text");
      const clauses = [...(text["preview_url"] === true ? ["preview"] : []), ...reply];
      return `say ${literal(textIn(text, "body"))}${clauses.length > 0 ? ` { ${clauses.join(" ")} }` : ""}`;
    }
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return media(w, type, objectIn(message, type));
    case "location":
      return location(w, objectIn(message, "location"));
    case "contacts":
      return contact(w, listIn(message, "contacts"));
    case "reaction": {
      const emoji = maybeText(objectIn(message, "reaction"), "emoji") ?? "";
      return `react ${emoji === "" ? "none" : literal(emoji)}`;
    }
    case "interactive":
      return interactiveStatement(w, objectIn(message, "interactive"), reply);
    case "template":
      return templateStatement(w, objectIn(message, "template"));
    default:
      return cannot(`the language has no message of the kind \`${type}\``);
  }
}

function media(w: Writing, kind: string, given: Json): string {
  const name = maybeText(given, "filename");
  const caption = maybeText(given, "caption");
  return [
    `send ${kind} ${file(w, given)}`,
    ...(name === undefined ? [] : [`name ${literal(name)}`]),
    ...(caption === undefined ? [] : [`caption ${literal(caption)}`]),
  ].join(" ");
}

function location(w: Writing, given: Json): string {
  const name = maybeText(given, "name");
  const address = maybeText(given, "address");
  return [
    `send location ${degrees(w, given["latitude"], "latitude")}, ${degrees(w, given["longitude"], "longitude")}`,
    ...(name === undefined ? [] : [`name ${literal(name)}`]),
    ...(address === undefined ? [] : [`address ${literal(address)}`]),
  ].join(" ");
}

/** A card is a value that a program comes by, not one that is written. */
function contact(w: Writing, cards: readonly Json[]): string {
  const [card, ...more] = cards;
  if (!card || more.length > 0) return cannot("the language sends one contact at a time");
  const name = textIn(objectIn(card, "name"), "formatted_name");
  if (!name.startsWith("{"))
    return cannot("a contact is a value of the type `card` in the language: have an action give it");
  return `send contact ${value(w, name, "card")}`;
}
