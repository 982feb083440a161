import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "@parley/compiler/format";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FOLDERS = ["examples", "packages/cli/templates"];

test.each(FOLDERS)("the flows in %s are laid out as `parley fmt` does", (folder) => {
  const files = globSync("**/*.flow", { cwd: `${ROOT}/${folder}` }).sort();
  const others = files.filter((path) => {
    const result = format({ path, text: readFileSync(`${ROOT}/${folder}/${path}`, "utf8") });
    return result.kind === "not formatted" || result.changed;
  });
  expect(files.length).toBeGreaterThan(2);
  expect(others, "run `parley fmt`").toEqual([]);
});

test("so is the README's flow", () => {
  const text = /```flow\n([\s\S]*?)```/.exec(readFileSync(`${ROOT}/README.md`, "utf8"))?.[1] ?? "";
  expect(format({ path: "README.md", text })).toMatchObject({ kind: "formatted", text });
});
