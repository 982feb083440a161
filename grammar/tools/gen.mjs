/** What follows from `parley.ebnf` and the table of tokens: pictures of the rules, and the grammars of editors. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { buildParserFile } from "@lezer/generator";
import { readEbnf } from "./ebnf.ts";
import { lezerGrammar } from "./lezer.ts";
import { drawRule } from "./railroad.mjs";
import { textMateGrammar } from "./textmate.ts";

const GRAMMAR = new URL("../parley.ebnf", import.meta.url);
const FOLDER = new URL("../railroad/", import.meta.url);

export function generate() {
  const text = readFileSync(GRAMMAR, "utf8");
  const grammar = readEbnf(text);
  drawRules(text, grammar);
  writeCodeMirror(grammar);
  const textMate = `${JSON.stringify(textMateGrammar(), undefined, 2)}\n`;
  writeFileSync(new URL("../generated/parley.tmLanguage.json", import.meta.url), textMate);
}

function writeCodeMirror(grammar) {
  const folder = new URL("../generated/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const text = lezerGrammar(grammar);
  writeFileSync(new URL("parley.grammar", folder), text);
  // It warns of the many forms of `ask`, which cost a larger table and nothing else.
  const { parser } = buildParserFile(text, { typeScript: true, warn: () => undefined });
  writeFileSync(new URL("parser.ts", folder), parser);
}

/** One SVG a rule, and the page that shows them. */
function drawRules(text, { rules }) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER);
  const page = [
    "# The grammar in pictures",
    "",
    "Drawn from [`parley.ebnf`](parley.ebnf). Round boxes are written as they stand, square ones are other rules or tokens,",
    "whose names are in capitals.",
  ];
  for (const line of text.split("\n")) {
    const section = /^\(\* -+ (.+?) -+ \*\)$/.exec(line)?.[1];
    if (section !== undefined) page.push("", `## ${section.charAt(0).toUpperCase()}${section.slice(1)}`);
    const name = /^(\w+)\s+=/.exec(line)?.[1];
    if (name === undefined) continue;
    const rule = rules.get(name);
    writeFileSync(new URL(`${name}.svg`, FOLDER), drawRule(name, rule));
    page.push("", `### ${name}`, "", `![${name}](railroad/${name}.svg)`, "", ...mentions(name, rule, rules));
    while (page.at(-1) === "") page.pop();
  }
  writeFileSync(new URL("../SYNTAX.md", import.meta.url), `${page.join("\n")}\n`);
}

/** Links to the rules that a rule is made of. */
function mentions(name, rule, rules) {
  const found = new Set();
  const collect = (node) => {
    if (node.kind === "name" && node.name !== name && rules.has(node.name)) found.add(node.name);
    for (const inner of node.items ?? node.alternatives ?? (node.item ? [node.item] : [])) collect(inner);
  };
  collect(rule);
  return found.size === 0 ? [] : [`Rules in it: ${[...found].map((to) => `[${to}](#${to.toLowerCase()})`).join(", ")}`];
}
