import type { AskKind } from "./ast.ts";

/** The words that may stand between `ask` and its text: `plain` ones are written `ask KIND "…"`, the others have a form of their own. */
export const ASK_WORDS: Readonly<Record<Exclude<AskKind, "auto">, "plain" | "special">> = {
  buttons: "plain",
  list: "plain",
  text: "plain",
  number: "plain",
  date: "plain",
  phone: "plain",
  url: "plain",
  email: "plain",
  location: "plain",
  image: "plain",
  video: "plain",
  audio: "plain",
  document: "plain",
  media: "plain",
  contact: "plain",
  products: "plain",
  catalog: "plain",
  product: "special",
  form: "special",
  address: "special",
  template: "special",
};

/** The kind that a word names; `auto` for a word that names none, which the checker reports. */
export function plainAskKind(word: string): AskKind {
  const kind = word as Exclude<AskKind, "auto">;
  return Object.hasOwn(ASK_WORDS, word) && ASK_WORDS[kind] === "plain" ? kind : "auto";
}
