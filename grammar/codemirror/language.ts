/** `.flow` for CodeMirror 6: colours, folding, indentation and comments, over the parser that is made from `parley.ebnf`. */
import {
  delimitedIndent,
  foldInside,
  foldNodeProp,
  indentNodeProp,
  LanguageSupport,
  LRLanguage,
  syntaxHighlighting,
} from "@codemirror/language";
import type { SyntaxNode } from "@lezer/common";
import { classHighlighter, styleTags, tags as t } from "@lezer/highlight";
import { parser } from "../generated/parser.ts";

/** Nodes whose braces hold something that can be folded. */
const BRACED = "Block AskBlock Flow Test Template Match Record RecordValue Say Send Card Handoff";

/** Words that are more than just words of the language. */
const WORDS = {
  "type profile action template flow state test var let": t.definitionKeyword,
  "if then else match when for in return end resume after retry timeout": t.controlKeyword,
  "not and or is": t.operatorKeyword,
  "true false": t.bool,
  none: t.null,
};

const colours = styleTags({
  ...Object.fromEntries(keywords().map((word) => [word, t.keyword])),
  ...Object.fromEntries(Object.entries(WORDS).flatMap(([words, tag]) => words.split(" ").map((word) => [word, tag]))),
  "LineComment DocComment": t.lineComment,
  BlockComment: t.blockComment,
  Text: t.string,
  Escape: t.escape,
  Pattern: t.regexp,
  "Number Duration": t.number,
  "Flow/Name Action/Name Template/Name": t.function(t.definition(t.variableName)),
  "Type/Name": t.definition(t.typeName),
  "State/Name Arrow/Name": t.labelName,
  "Option/Name Path/Name": t.propertyName,
  "Field/Name Param/Name": t.definition(t.propertyName),
  Name: t.variableName,
  "->": t.controlOperator,
  "( )": t.paren,
  "{ }": t.brace,
  "[ ]": t.squareBracket,
});

/** The language by itself, for those who bring their own colours. */
export const parleyLanguage: LRLanguage = LRLanguage.define({
  name: "parley",
  parser: parser.configure({
    props: [
      colours,
      indentNodeProp.add({ [BRACED]: delimitedIndent({ closing: "}", align: false }) }),
      foldNodeProp.add({ [BRACED]: braces, BlockComment: foldInside }),
    ],
  }),
  languageData: {
    commentTokens: { line: "//", block: { open: "/*", close: "*/" } },
    closeBrackets: { brackets: ["(", "[", "{", '"'] },
    indentOnInput: /^\s*\}$/,
  },
});

/** The language with class names for its colours (`tok-keyword`, `tok-string`, …). */
export function parley(): LanguageSupport {
  return new LanguageSupport(parleyLanguage, syntaxHighlighting(classHighlighter));
}

function braces(node: SyntaxNode): { readonly from: number; readonly to: number } | null {
  const open = node.getChild("{");
  const close = node.lastChild;
  return open && close?.name === "}" ? { from: open.to, to: close.from } : null;
}

/** A keyword is a node of its own name; those of rules and tokens begin with a capital and go on with small letters. */
function keywords(): readonly string[] {
  return parser.nodeSet.types.map(({ name }) => name).filter((name) => /^(?:[a-z_]+|[A-Z]{2,})$/.test(name));
}
