import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { buildFiles, compile, DEFAULT_SETTINGS } from "../../packages/compiler/src/index.ts";
import { validateRequest } from "../../packages/whatsapp/src/index.ts";
import { metaJudge } from "./meta.ts";

const FOLDER = new URL("../00-guide/", import.meta.url);
const EXPECTED = new URL("expected/", FOLDER);

function built(): ReadonlyMap<string, string> {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith(".flow"));
  const files = names.map((path) => ({ path, text: readFileSync(new URL(path, FOLDER), "utf8") }));
  const { output, diagnostics } = compile({ settings: DEFAULT_SETTINGS, files });
  expect(diagnostics).toEqual([]);
  if (!output) throw new Error("nothing was built");
  return buildFiles(output);
}

const expectedNames = readdirSync(EXPECTED);

test("the guide's two messages are all that the two flows send", () => {
  const payloads = [...built().keys()].filter((path) => path.startsWith("payloads/"));
  expect(payloads.sort()).toEqual(expectedNames.map((name) => `payloads/${name}`).sort());
});

describe.each(expectedNames)("%s", (name) => {
  const expected = readFileSync(new URL(name, EXPECTED), "utf8");

  test("comes out of build byte by byte", () => {
    expect(built().get(`payloads/${name}`)).toBe(expected);
  });

  test("has the same keys and values in the same order", () => {
    expect(entries(JSON.parse(built().get(`payloads/${name}`) ?? "null"))).toEqual(entries(JSON.parse(expected)));
  });

  test("is a request that WhatsApp takes", () => {
    const request = { ...(JSON.parse(expected) as object), to: "15550001111" };
    expect(validateRequest(request)).toMatchObject({ ok: true });
  });

  test("is valid by Meta's own schema", (context) => {
    const judge = metaJudge();
    if (!judge) return context.skip("Meta's OpenAPI file is not here");
    expect(judge(JSON.parse(expected))).toEqual([]);
  });
});

/** Every leaf with its path, in order. */
function entries(value: unknown, path = ""): readonly string[] {
  if (typeof value !== "object" || value === null) return [`${path} = ${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([key, inner]) => entries(inner, `${path}/${key}`));
}
