/** `parley.ebnf` as a grammar for Lezer, the parser of CodeMirror: made from the same rules, so that the two cannot drift apart. */
import { isReserved } from "../../packages/compiler/src/syntax/tokens.ts";
import type { Ebnf, Grammar } from "./ebnf.ts";

/** Rules that are no nodes of the tree: ways to others, and parts that mean nothing by themselves. */
const INLINE: ReadonlySet<string> = new Set([
  ...["file", "was", "when", "label", "statement", "clause", "templateClause", "step", "typ", "cases", "texts", "kind"],
  ...["params", "args", "elseArm", "arm", "id", "lvalue"],
  ...["expr", "or", "and", "not", "compare", "coalesce", "sum", "product", "unary", "postfix", "primary"],
]);

/** Optional beginnings: what they begin with can also begin what follows, which one token more decides. */
const WRITTEN_OUT: ReadonlySet<string> = new Set(["label", "was", "when"]);

const TOKENS: Readonly<Record<string, string>> = {
  TEXT: "text_",
  PATTERN: "Pattern",
  DURATION: "Duration",
  NUMBER: "Number",
  NAME: "Name",
  WORD: "word_",
};

/** The tokens that the head of `parley.ebnf` describes. A text that is not closed ends with its line. */
const TOKEN_RULES = String.raw`
text_ { LineText | BlockText }

@skip {} {
  LineText[@name=Text] { lineStart (lineContent | LineEscape | LineHole)* lineEnd }
  BlockText[@name=Text] { blockStart (blockContent | BlockEscape | BlockHole)* blockEnd }
}
LineHole[@name=Hole] { lineHole expr_ "}" }
BlockHole[@name=Hole] { blockHole expr_ "}" }

@local tokens {
  lineEnd { '"' | $[\n\r] }
  LineEscape[@name=Escape] { "\\" ("u{" $[0-9a-fA-F]* "}" | ![\n\r]) }
  lineHole { "{" }
  @else lineContent
}

@local tokens {
  blockEnd { '"""' }
  BlockEscape[@name=Escape] { "\\" ("u{" $[0-9a-fA-F]* "}" | _) }
  blockHole { "{" }
  @else blockContent
}

@tokens {
  @precedence { DocComment, LineComment, BlockComment, Pattern, "/" }
  @precedence { blockStart, lineStart }
  @precedence { Duration, Number }
  @precedence { "..", "." }
  space { $[ \t\r\n\u{feff}\u{a0}]+ }
  LineComment { "//" ![\n]* }
  DocComment { "///" (![/\n] ![\n]*)? }
  BlockComment { "/*" blockRest }
  blockRest { ![*] blockRest | "*" blockAfterStar }
  blockAfterStar { "/" | "*" blockAfterStar | ![/*] blockRest }
  lineStart { '"' }
  blockStart { '"""' }
  Name { $[A-Za-z_] $[A-Za-z0-9_]* }
  Number { @digit (@digit | "_")* ("." @digit+)? }
  Duration { (@digit+ $[wdhms])+ }
  Pattern { "/" (![/*\\\n\r] | "\\" ![\n\r]) (![/\\\n\r] | "\\" ![\n\r])* "/" "i"? }
MARKS
}
`;

export function lezerGrammar(grammar: Grammar): string {
  const words = [...grammar.words].filter(isWord);
  const marks = [...grammar.words].filter((word) => !isWord(word));
  const keyword = (word: string): string => `${isReserved(word) ? "reserved" : "contextual"}<"${word}">`;
  const show = (node: Ebnf): string => {
    switch (node.kind) {
      case "choice":
        // Two ways to read the same words are two parses; the better one has to be told.
        if (isEnding(node)) return `(ending_ | ${node.alternatives.slice(2).map(show).join(" | ")})`;
        return `(${node.alternatives.map(show).join(" | ")})`;
      case "sequence":
        return node.items.map(show).join(" ");
      case "optional":
        return `(${show(node.item)})?`;
      case "repeat":
        return `(${show(node.item)})*`;
      case "word":
        return isWord(node.text) ? keyword(node.text) : JSON.stringify(node.text);
      case "name":
        return TOKENS[node.name] ?? (WRITTEN_OUT.has(node.name) ? written(node.name) : ruleName(node.name));
    }
  };
  const written = (name: string): string => `(${show(grammar.rules.get(name) as Ebnf)})`;
  return [
    "// Generated from parley.ebnf by grammar/tools/lezer.ts.",
    "@top File { file_ }",
    "@skip { space | LineComment | DocComment | BlockComment }",
    "",
    ...[...grammar.rules]
      .filter(([name]) => !WRITTEN_OUT.has(name))
      .map(
        ([name, rule]) =>
          `${ruleName(name)} { ${name === "match" ? show(rule).replaceAll("word_", "case_") : show(rule)} }`,
      ),
    "",
    `case_ { ${["Name", ...words.filter((word) => word !== "else" && isReserved(word)).map(keyword)].join(" | ")} }`,
    `word_ { ${["Name", ...words.filter(isReserved).map(keyword)].join(" | ")} }`,
    "",
    "// Where a state could have that name, too.",
    'ending_[@dynamicPrecedence=1] { contextual<"end"> | contextual<"resume"> }',
    "",
    "// Words of the language: a name wherever the grammar takes no such word.",
    "contextual<word> { @extend[@name={word}]<Name, word> }",
    "reserved<word> { @specialize[@name={word}]<Name, word> }",
    TOKEN_RULES.replace("MARKS", marks.map((mark) => `  ${JSON.stringify(mark)}`).join("\n")),
  ].join("\n");
}

/** `"end" | "resume" | NAME …`. */
function isEnding({ alternatives }: { readonly alternatives: readonly Ebnf[] }): boolean {
  const [first, second] = alternatives.map((way) =>
    way.kind === "sequence" && way.items.length === 1 ? way.items[0] : way,
  );
  return first?.kind === "word" && first.text === "end" && second?.kind === "word" && second.text === "resume";
}

function isWord(text: string): boolean {
  return /^\w+$/.test(text);
}

function ruleName(rule: string): string {
  return INLINE.has(rule) ? `${rule}_` : `${rule.charAt(0).toUpperCase()}${rule.slice(1)}`;
}
