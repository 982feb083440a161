/** Documentation as Markdown, for hovers and lists. */
import type { FunctionName } from "@parley/compiler";
import { FUNCTION_DOCS } from "./functions.ts";
import { SECTIONS, WORD_DOCS, type WordDoc } from "./words.ts";
import { type Company, WORDS_IN } from "./words-in.ts";

/** `docs`: where the project's pages stand, such as `https://…/blob/main`; without it there are no links. */
export function wordDoc(word: string, docs: string | undefined, company?: Company): string | undefined {
  const there = company && WORDS_IN[company];
  const doc = there && Object.hasOwn(there, word) ? there[word] : anywhere(word);
  return doc && `${doc.text}${more(SECTIONS[doc.section], docs)}`;
}

function anywhere(word: string): WordDoc | undefined {
  return Object.hasOwn(WORD_DOCS, word) ? WORD_DOCS[word] : undefined;
}

export function functionDoc(name: FunctionName, docs: string | undefined): string {
  const { params, result, text } = FUNCTION_DOCS[name];
  return `\`\`\`flow\n${name}(${params.join(", ")}): ${result}\n\`\`\`\n\n${text}${more(SECTIONS.flows, docs)}`;
}

function more(anchor: string, docs: string | undefined): string {
  return docs === undefined ? "" : `\n\n[The language](${docs}/grammar/LANGUAGE.md#${anchor})`;
}
