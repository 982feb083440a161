import { errorInfo, validateRequest } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { BROKEN } from "./fixtures/broken.ts";
import { mutated } from "./fixtures/pointer.ts";

describe("a request with one broken field is refused there, with WhatsApp's code, and for nothing else", () => {
  test.each(BROKEN.map((row) => [row.name, row] as const))("%s", (_, row) => {
    expect(validateRequest(row.base).ok).toBe(true);
    const result = validateRequest(mutated(row.base, row.break));
    const errors = result.ok ? [] : result.errors.map(({ path, code }) => ({ path, code }));
    expect(errors).toEqual([{ path: row.path, code: row.code }]);
    expect(result.ok || result.errors[0].details.length).toBeGreaterThan(10);
    expect(errorInfo(row.code)?.http).toBe(400);
  });
});

test("the table has at least 120 broken requests, each with its own name", () => {
  expect(new Set(BROKEN.map((row) => row.name)).size).toBe(BROKEN.length);
  expect(BROKEN.length).toBeGreaterThanOrEqual(120);
});
