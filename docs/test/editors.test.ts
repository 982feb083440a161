/** The page of editors names only what there is. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { COMMANDS } from "../../packages/cli/src/commands/index.ts";

const ROOT = new URL("../../", import.meta.url);
const page = readFileSync(new URL("docs/editors.md", ROOT), "utf8");
const read = (path: string): { readonly [key: string]: never } =>
  JSON.parse(readFileSync(new URL(path, ROOT), "utf8")) as never;

test("every script that it names is there", () => {
  const scripts = [...page.matchAll(/`node (tools\/[\w/.-]+)`/g)].map(([, path = ""]) => path);
  expect(scripts.length).toBeGreaterThan(3);
  expect(scripts.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
  const { scripts: known } = read("package.json");
  const runs = [...page.matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
  expect(runs.filter((name) => !Object.hasOwn(known ?? {}, name))).toEqual([]);
});

test("every command of parley that it names is there", () => {
  const known = new Set(COMMANDS.map(({ usage }) => usage.split(" ")[0]));
  const named = [...page.matchAll(/(?:^|`|npx )parley ([a-z]+)\b|"parley",? "(\w+)"/gm)].map(
    ([, a, b]) => a ?? b ?? "",
  );
  expect(named).toContain("lsp");
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test("every command, setting and task of the extension that it names is there", () => {
  const { contributes } = read("packages/vscode/package.json") as unknown as {
    readonly contributes: {
      readonly commands: readonly { readonly title: string }[];
      readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
      readonly problemMatchers: readonly { readonly name: string }[];
    };
  };
  const [, line = ""] = /- Commands: ([^\n]*(?:\n {2}[^\n]*)*)/.exec(page) ?? [];
  const titles = [...line.matchAll(/`([^`]+)`/g)].map(([, title = ""]) => title.replace("Parley: ", ""));
  expect(titles.length).toBeGreaterThan(4);
  expect(titles.filter((title) => !contributes.commands.some((command) => command.title === title))).toEqual([]);
  expect(page.match(/`parley\.cli`/)).not.toBeNull();
  expect(Object.keys(contributes.configuration.properties)).toContain("parley.cli");
  expect(contributes.problemMatchers.map(({ name }) => `$${name}`)).toContain("$parley");
});
