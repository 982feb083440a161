import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = new URL("../", import.meta.url);

interface Generator {
  readonly outputs: () => ReadonlyMap<string, string>;
}

describe("what is generated", async () => {
  // The tool is plain JavaScript, so that it runs without a build.
  const { outputs } = (await import(new URL("tools/gen.mjs", root).href)) as Generator;
  const files = outputs();

  test.each([...files.keys()])("%s is as the schemas say (run the generator when not)", (path) => {
    expect(readFileSync(new URL(path, root), "utf8")).toBe(files.get(path));
  });

  test("comes out the same twice", () => {
    expect([...outputs()]).toEqual([...files]);
  });

  test("leaves no schema of a kind that is gone", () => {
    const names = readdirSync(new URL("schemas", root)).map((name) => `schemas/${name}`);
    expect(names.toSorted()).toEqual([...files.keys()].filter((path) => path.startsWith("schemas/")).toSorted());
  });

  test("needs nothing at run time but the package's own helper", () => {
    const code = files.get("src/generated/validators.ts") ?? "";
    expect([...code.matchAll(/^import .*? from "([^"]+)"/gm)].map((match) => match[1])).toEqual([
      "../json.ts",
      "../text.ts",
      "../schema/types.ts",
    ]);
    expect(code).not.toMatch(/\brequire\(|\bprocess\b|new Function|\beval\(/);
  });
});
