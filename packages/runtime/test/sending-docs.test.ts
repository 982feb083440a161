/** docs/sending.md says what the options and the table of errors say. */
import { readFileSync } from "node:fs";
import { ERRORS } from "@parley/whatsapp";
import { expect, test } from "vitest";
import { DEFAULT_SENDING, sendingOf } from "../src/outbox/sending.ts";

const PAGE = readFileSync(new URL("../../../docs/sending.md", import.meta.url), "utf8");
const rows = PAGE.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));

function number(text: string): number {
  return Number(text.replaceAll(",", ""));
}

test("each option is in the table with its default, and its range is the one that is checked", () => {
  const options = rows
    .filter(([, name = ""]) => /^`\w+`$/.test(name))
    .map(([, name = "", ...rest]) => [name.slice(1, -1), ...rest]);
  expect(options.map(([name]) => name)).toEqual(Object.keys(DEFAULT_SENDING));
  for (const [name = "", preset = "", range = ""] of options) {
    if (name === "order" || name === "paced") continue;
    expect([name, number(preset)]).toEqual([name, DEFAULT_SENDING[name as keyof typeof DEFAULT_SENDING]]);
    const [least, most] = range.split(" to ").map(number) as [number, number];
    for (const value of [least, most]) expect(sendingOf({ [name]: value })).toMatchObject({ [name]: value });
    for (const value of [least - 1, most + 1])
      expect(() => sendingOf({ [name]: value })).toThrow(`${least} to ${most}`);
  }
});

test("each code stands in the row of its class", () => {
  let seen = 0;
  for (const [, classes = "", codes = ""] of rows) {
    for (const [code] of codes.matchAll(/\b\d+\b/g)) {
      const info = ERRORS[Number(code)];
      if (!info || !/^[a-z-]+(?:, [a-z-]+)*$/.test(classes)) continue;
      seen += 1;
      expect([code, classes.split(", ").includes(info.retry)]).toEqual([code, true]);
    }
  }
  expect(seen).toBeGreaterThan(15);
});
