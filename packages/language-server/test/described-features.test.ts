import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { COMMAND_NAMES } from "../src/commands.ts";
import { HINTS } from "../src/features/inlay-hints.ts";
import { FEATURES } from "../src/features.ts";

const PAGE = readFileSync(new URL("../../../docs/language-server.md", import.meta.url), "utf8");

test("the page of the language server names every request and command, and no other", () => {
  const rows = PAGE.split("\n").filter((line) => line.startsWith("| `"));
  const named = rows.flatMap((row) => [...(row.split(" | ")[0] ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name));
  const methods = named.filter((name) => name?.includes("/"));
  expect(new Set(methods)).toEqual(new Set(FEATURES.map(({ method }) => method)));
  expect(new Set(named.filter((name) => name?.startsWith("parley.")))).toEqual(new Set(COMMAND_NAMES));
});

test("it gives the defaults of hints", () => {
  for (const [name, value] of Object.entries(HINTS)) expect(PAGE).toContain(`| \`hints.${name}\` | \`${value}\` |`);
});
