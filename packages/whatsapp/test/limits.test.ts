import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { codePoints, LIMITS, limitsTable, utf16 } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";

const src = fileURLToPath(new URL("../src/", import.meta.url));

/** Text of all sources but the table itself and what is generated. */
function sources(): string {
  return readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && name !== "limits.ts" && !name.startsWith("generated"))
    .map((name) => readFileSync(join(src, name), "utf8"))
    .join("\n");
}

describe("every limit", () => {
  const text = sources();

  test.each(limitsTable().map((row) => [row.key, row] as const))("%s has a source, a date and a figure", (_, row) => {
    expect(row.source.length).toBeGreaterThan(5);
    expect(row.date).toMatch(/^202[3-6]-\d\d-\d\d$/);
    expect(row.what.length).toBeGreaterThan(1);
    const figures = [row.min, row.max, row.warnAbove, ...(row.values ?? [])].filter((figure) => figure !== undefined);
    expect(figures.length).toBeGreaterThan(0);
    expect(row.min ?? 0).toBeLessThanOrEqual(row.max ?? Number.POSITIVE_INFINITY);
    expect(row.conflict !== undefined || row.warnAbove === undefined).toBe(true);
  });

  const held = limitsTable().filter(
    (row) =>
      row.area === "request" ||
      (row.area === "media" && /(?:Size|Types)$/.test(row.key) && !/voiceNote|Gif/.test(row.key)),
  );
  test.each(held.map((row) => row.key))("%s is held by a schema or a rule", (key) => {
    expect(text.includes(`"${key}"`) || text.includes(`LIMITS.${key}`)).toBe(true);
  });

  test("is exported under its key with its exact figures", () => {
    expect(limitsTable().map((row) => row.key)).toEqual(Object.keys(LIMITS));
    const title: 20 = LIMITS.replyButtonTitle.max;
    expect(title).toBe(20);
  });
});

test("figures that the schemas repeat are nowhere written by hand", () => {
  const schemas = readdirSync(join(src, "schema")).map((name) => readFileSync(join(src, "schema", name), "utf8"));
  expect(schemas.join("\n")).not.toMatch(/(?:maxLength|minItems|minLength): (?!1\b|min|max)\d/);
});

describe("lengths", () => {
  test.each([
    ["", 0, 0],
    ["abc", 3, 3],
    ["🍕", 1, 2],
    ["👍🏽", 2, 4],
    ["e\u0301", 2, 2],
    ["\ud800", 1, 1],
    ["\udc00\ud800", 2, 2],
    ["a\ud83cb", 3, 3],
  ])("of %j are %i code points and %i UTF-16 units", (text, points, units) => {
    expect(codePoints(text)).toBe(points);
    expect(codePoints(text)).toBe(Array.from(text).length);
    expect(utf16(text)).toBe(units);
  });
});
