import { readFileSync } from "node:fs";
import { foldable, indentRange } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { classHighlighter, highlightTree } from "@lezer/highlight";
import { describe, expect, test } from "vitest";
import { parley, parleyLanguage } from "../codemirror/language.ts";
import { flowFiles } from "./support/flow-files.ts";
import { type Read, tokensAsRead } from "./support/words-as-read.ts";

const { parser } = parleyLanguage;

describe("the grammar of CodeMirror reads what the compiler reads", () => {
  test.each(flowFiles().map((path) => [path]))("%s", (path) => {
    const text = readFileSync(path, "utf8");
    const leaves = new Map<number, string>();
    const errors: string[] = [];
    parser.parse(text).iterate({
      enter: (node) => {
        if (node.type.isError) errors.push(text.slice(node.from, node.from + 40));
        if (!node.node.firstChild) leaves.set(node.from, node.name);
      },
    });
    expect(errors).toEqual([]);
    const wrong = tokensAsRead(text).filter((token) => kindOf(leaves.get(token.start)) !== token.kind);
    expect(wrong.map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`)).toEqual([]);
  });
});

function kindOf(leaf: string | undefined): Read["kind"] {
  if (leaf === "Name") return "name";
  if (leaf === "Number") return "number";
  if (leaf === "Duration") return "duration";
  if (leaf === "Pattern") return "pattern";
  return leaf && /^\w/.test(leaf) ? "keyword" : "mark";
}

const FLOW = `flow order {
  on message -> start

  /// Asks.
  state start {
    ask size: "Which, {name ?? "you"}?" {
      option small "Small" -> start
    }
  }
}
`;

test("colours tell keywords, texts, holes, names and comments apart", () => {
  const found: Record<string, string> = {};
  highlightTree(parser.parse(FLOW), classHighlighter, (from, to, classes) => {
    found[FLOW.slice(from, to)] ??= classes;
  });
  expect(found).toMatchObject({
    flow: "tok-keyword",
    ask: "tok-keyword",
    "/// Asks.": "tok-comment",
    '"Which, ': "tok-string",
    name: "tok-variableName",
    '"you"': "tok-string",
    "->": "tok-operator",
  });
});

test("a state folds to its braces, and lines are indented by their depth", () => {
  const state = EditorState.create({ doc: FLOW, extensions: [parley()] });
  const line = state.doc.line(5);
  const fold = foldable(state, line.from, line.to);
  expect(fold && FLOW.slice(fold.from - 1, fold.to + 1)).toMatch(/^\{[\s\S]*\}$/);
  const flat = FLOW.replace(/^ +/gm, "");
  const unindented = EditorState.create({ doc: flat, extensions: [parley()] });
  const indented = unindented.update({ changes: indentRange(unindented, 0, flat.length) }).newDoc.toString();
  expect(indented).toBe(FLOW);
});

test("an unclosed text ends with its line", () => {
  const broken = FLOW.replace('"Small"', '"Small');
  const tree = parser.parse(broken);
  expect(tree.resolveInner(broken.lastIndexOf("}") - 1).name).not.toBe("Text");
});
