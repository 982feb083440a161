/** The file of `templates:`, YAML or JSON, to the templates that it lists. What is wrong is P8001 where it stands. */
import { isMap, isSeq } from "yaml";
import type { Phase } from "../../diagnostics/diagnostic.ts";
import { diagnostic } from "../../diagnostics/report.ts";
import { type Source, spanOf, spanWithin } from "../../text/source.ts";
import { parseYaml } from "../yaml.ts";
import { type Entry, readEntry } from "./entry.ts";
import type { ListedTemplate } from "./listed.ts";
import { type At, field, listOf, type Reading, wrong } from "./read.ts";

export function parseListed(source: Source): Phase<readonly ListedTemplate[]> {
  const document = parseYaml(source.text);
  const r: Reading = { problems: [] };
  if (document.errors.length > 0) {
    for (const { pos, message } of document.errors) {
      r.problems.push({ start: pos[0], end: pos[1], message: `neither YAML nor JSON: ${sentence(message)}` });
    }
  }
  const entries = document.errors.length > 0 ? [] : entriesOf(r, document.contents);
  const value = merge(r, source, entries);
  const diagnostics = r.problems.map(({ start, end, message }) =>
    diagnostic("P8001", spanWithin(source, start, end), { problem: message }),
  );
  return { value, diagnostics };
}

function sentence(message: string): string {
  const first = message.split("\n", 1)[0]?.replace(/\.$/, "") ?? message;
  return `${first.charAt(0).toLowerCase()}${first.slice(1)}`;
}

/** A list of templates, or the answer of the Graph API, which has them under `data`. */
function entriesOf(r: Reading, root: unknown): readonly Entry[] {
  const node = root as At["node"];
  const at: At = { node, path: "", around: [0, 0] };
  if (node === null) return [];
  if (!isMap(node) && !isSeq(node)) {
    wrong(r, at, "the file must be a list of templates, or the answer of the Graph API with its `data`");
    return [];
  }
  const items = isSeq(node) ? listOf(r, at) : listOf(r, field(at, "data"));
  const next = field(field(at, "paging"), "next");
  if (next.node !== null) wrong(r, next, "this is one page of several: fetch the rest, or ask for more with `limit`");
  return (items ?? []).flatMap((item) => readEntry(r, item) ?? []);
}

/** One template for each name: its form is that of the first approved language, which the others must share. */
function merge(r: Reading, source: Source, entries: readonly Entry[]): readonly ListedTemplate[] {
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) byName.set(entry.name, [...(byName.get(entry.name) ?? []), entry]);
  return [...byName.values()].map((all) => mergeOne(r, source, all));
}

function mergeOne(r: Reading, source: Source, all: readonly Entry[]): ListedTemplate {
  const approved = all.filter((entry) => entry.status === "APPROVED");
  const first = approved[0] ?? all[0];
  if (!first) throw new Error("a template without an entry");
  const seen = new Set<string>();
  for (const entry of all) {
    if (seen.has(entry.language))
      wrong(r, entry.at, `\`${entry.name}\` stands here a second time in \`${entry.language}\``);
    seen.add(entry.language);
  }
  const form = formOf(first);
  for (const entry of approved) {
    if (formOf(entry) === form) continue;
    wrong(r, entry.at, `\`${entry.name}\` takes other values in \`${entry.language}\` than in \`${first.language}\``);
  }
  const [start, end] = first.at.node?.range ?? first.at.around;
  const { name, category, params, positional, shape, problem } = first;
  return {
    place: spanOf(source, start, end),
    name,
    category,
    languages: approved.map((entry) => entry.language),
    problem: approved.length === 0 ? refusalOf(first) : problem,
    params,
    positional,
    shape,
    texts: new Map(approved.map((entry) => [entry.language, entry.texts])),
  };
}

function refusalOf({ status, refusal }: Entry): string {
  const why = refusal === undefined ? "" : ` (${refusal.toLowerCase().replaceAll("_", " ")})`;
  return `it is ${status.toLowerCase().replaceAll("_", " ")}${why} in the file of templates`;
}

/** What a send fills in; lengths and titles may differ between languages. */
function formOf({ params, positional, shape }: Entry): string {
  const names = params.map(({ name, type }) => [name, type.kind]);
  const buttons = [shape.buttons, ...(shape.cards ?? []).map((card) => card.buttons)].map((list) =>
    list.map((button) => (button.kind === "url" ? [button.kind, button.param] : [button.kind])),
  );
  const cards = shape.cards?.map(({ media, body }) => [media, body]);
  return JSON.stringify([names, positional, shape.header, shape.media, shape.body, shape.offer, buttons, cards]);
}
