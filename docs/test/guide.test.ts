import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { GUIDE, guidePages, makePage } from "../tools/guide.ts";

const pages = guidePages();

test("the guide has ten steps", () => {
  expect(pages).toHaveLength(10);
});

test.each(pages.map((page) => [page.name, page] as const))("%s shows what its bot does today", async (name, page) => {
  const made = await makePage(page);
  expect(made.text, "run: npm run gen").toBe(page.text);
  expect(made.picture, "run: npm run gen").toBe(readFileSync(new URL(`${name}.svg`, GUIDE), "utf8"));
});

test.each(["README", ...pages.map((page) => page.name)])("the links of %s lead somewhere", (name) => {
  const text = readFileSync(new URL(`${name}.md`, GUIDE), "utf8");
  const links = [...text.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)].map((m) => m[1] ?? "");
  expect(links.filter((link) => !existsSync(new URL(link, GUIDE)))).toEqual([]);
});
