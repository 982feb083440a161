import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";
import { flowFiles } from "./support/flow-files.ts";
import { tokensAsRead } from "./support/words-as-read.ts";

const GRAMMAR = new URL("../generated/parley.tmLanguage.json", import.meta.url);

let grammar: textmate.IGrammar;

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(GRAMMAR, "utf8"), "parley.tmLanguage.json"),
  });
  const loaded = await registry.loadGrammar("source.parley");
  if (!loaded) throw new Error("no grammar");
  grammar = loaded;
});

/** The innermost scope of the characters of a text, by offset. */
function scopesOf(text: string): (offset: number) => readonly string[] {
  const found: string[][] = [];
  let stack = textmate.INITIAL;
  let start = 0;
  for (const line of text.split("\n")) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    for (const token of tokens) {
      for (let at = token.startIndex; at < token.endIndex; at++) found[start + at] = token.scopes;
    }
    stack = ruleStack;
    start += line.length + 1;
  }
  return (offset) => found[offset] ?? [];
}

function kindOf(scopes: readonly string[]): string {
  const scope = scopes.at(-1) ?? "";
  if (/^constant\.numeric\.duration/.test(scope)) return "duration";
  if (/^constant\.numeric/.test(scope)) return "number";
  if (/^string\.regexp/.test(scope)) return "pattern";
  if (/^(?:keyword\.(?:control|other|operator\.word)|storage|constant\.language)/.test(scope)) return "keyword";
  if (/^(?:keyword\.operator|punctuation)/.test(scope)) return "mark";
  return "name";
}

describe("the engine of VS Code colours each token as what the compiler reads it as", () => {
  test.each(flowFiles().map((path) => [path]))("%s", (path) => {
    const text = readFileSync(path, "utf8");
    const scopes = scopesOf(text);
    const wrong = tokensAsRead(text).filter((token) => kindOf(scopes(token.start)) !== token.kind);
    expect(
      wrong.map(
        ({ start, end, kind }) =>
          `${kind} ${text.slice(start, end)} in ${JSON.stringify(text.slice(start - 20, end + 10))}`,
      ),
    ).toEqual([]);
  });
});

test("texts, their escapes and holes, comments and an unclosed text have scopes of their own", () => {
  const text =
    'flow a {\n  state b {\n    say "Hi \\u{1F355} {name ?? "you"}" // note\n    say "open\n    -> b\n  }\n}\n';
  const scopes = scopesOf(text);
  const at = (part: string): string => scopes(text.indexOf(part)).join(" ");
  expect(at("Hi ")).toMatch(/string\.quoted\.double\S*$/);
  expect(at("\\u{")).toContain("constant.character.escape");
  expect(at("name")).toMatch(/string\S* meta\.interpolation\S*$/);
  expect(at("you")).toMatch(/meta\.interpolation\S* string\S*$/);
  expect(at("// note")).toContain("comment.line.double-slash");
  expect(at("-> b")).toContain("keyword.operator.arrow");
  expect(at("-> b")).not.toContain("string");
});
