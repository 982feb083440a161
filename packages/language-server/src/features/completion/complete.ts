/** Completion in `.flow` files: what the grammar awaits at the place, with the names that fit there. */
import type { BlockKind, Expected, Syntax, WritingPlace } from "@parley/compiler";
import type { CompletionItem } from "vscode-languageserver";
import { SNIPPETS } from "../../docs/snippets.ts";
import type { Company } from "../../docs/words-in.ts";
import type { View } from "../../view.ts";
import { inComment } from "./comments.ts";
import { item } from "./item.ts";
import { inText } from "./literals.ts";
import { namesOf } from "./names.ts";
import { type Writing, wordBefore, writingAt } from "./writing.ts";

export function complete(view: View, file: Syntax.File, offset: number): readonly CompletionItem[] {
  // What is being declared can lack its name still.
  return found(writingAt(view, file, offset)).filter(({ label }) => label !== "");
}

function found(w: Writing): readonly CompletionItem[] {
  switch (w.place.kind) {
    case "comment":
      return inComment(w);
    case "text":
      return inText(w, w.place.before);
    case "code":
      return inCode(w, w.place);
  }
}

type Code = WritingPlace & { readonly kind: "code" };

function inCode(w: Writing, place: Code): readonly CompletionItem[] {
  const rules = new Set(place.expected.filter(({ kind }) => kind === "name").map(({ rule }) => rule));
  const proposed = [...rules].flatMap((rule) => namesOf(w, rule));
  const names = new Set(proposed.map(({ label }) => label));
  const fresh = beginsLine(w, place);
  const words = place.expected.filter((one) => isOffered(one, fresh));
  return [
    ...proposed,
    ...words.filter(({ word = "" }) => !names.has(word)).map((one) => wordItem(one, companyOf(w))),
    ...snippets(w, place, fresh),
  ];
}

/** A member can begin here: on its line stands nothing before it but what opened or closed a block. */
function beginsLine({ file }: Writing, { start, before }: Code): boolean {
  const { text } = file.source;
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return before.length === 0 || /^\s*$|\}\s*$/.test(line) || line.split("{").length > line.split("}").length;
}

/** Words, not marks; those that begin a member where one can begin. */
function isOffered({ kind, word, begins }: Expected, fresh: boolean): boolean {
  return kind === "word" && word !== undefined && (fresh || !begins);
}

function wordItem({ word = "" }: Expected, company: Company | undefined): CompletionItem {
  return item(word, { kind: "keyword", rank: 30, data: { kind: "word", word, ...(company ? { company } : {}) } });
}

const BEGINNINGS: Readonly<Record<string, Company>> = {
  on: "trigger",
  anytime: "trigger",
  action: "action",
  send: "send",
  expect: "expect",
  user: "user",
};

/** By the word that the member begins with, or what is declared. */
function companyOf({ place, declaration }: Writing): Company | undefined {
  const [first] = place.kind === "code" ? place.before : [];
  const begun = first && Object.hasOwn(BEGINNINGS, first.image) ? BEGINNINGS[first.image] : undefined;
  if (begun) return begun;
  if (declaration?.kind === "ActionDecl") return "action";
  return declaration?.kind === "TemplateDecl" ? "template" : undefined;
}

// ---------------------------------------------------------------- snippets

/** Where a member begins all of its block's; behind a first word those that begin with it. */
function snippets(w: Writing, place: Code, fresh: boolean): readonly CompletionItem[] {
  if (place.inHole) return [];
  const block: BlockKind = place.blocks.at(-1)?.kind ?? "file";
  const own = SNIPPETS.filter((snippet) => snippet.block === block);
  if (fresh && place.expected.some(({ begins }) => begins)) {
    return own.map(({ label, detail, body }, order) =>
      item(label, {
        kind: "snippet",
        detail,
        rank: 25,
        order,
        snippet: body,
        data: { kind: "snippet", body, word: firstWord(label) },
      }),
    );
  }
  const before = wordBefore(w.place);
  if (place.before.length !== 1 || before === undefined) return [];
  return own
    .filter(({ label, body }) => body.startsWith(label.split(" ", 2).join(" ")) && label.startsWith(`${before} `))
    .map(({ label, detail, body }, order) => {
      const rest = body.slice(before.length + 1);
      const word = firstWord(label);
      return item(label.slice(before.length + 1), {
        kind: "snippet",
        detail,
        rank: 2,
        order,
        snippet: rest,
        data: { kind: "snippet", body, word },
      });
    });
}

function firstWord(label: string): string {
  return label.split(" ")[0] ?? label;
}
