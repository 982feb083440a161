import { describe, expect, test } from "vitest";
import { applied, createDocuments, type OpenText } from "../src/documents.ts";

const at = (line: number, character: number): { readonly line: number; readonly character: number } => ({
  line,
  character,
});
const change = (
  from: ReturnType<typeof at>,
  to: ReturnType<typeof at>,
  text: string,
): Parameters<typeof applied>[1] => ({
  range: { start: from, end: to },
  text,
});

describe("a change", () => {
  test.each([
    ["writes in place of its range", "one\ntwo\n", change(at(0, 1), at(1, 1), "X"), "oXwo\n"],
    ["without a range is the whole text", "one", { text: "two" }, "two"],
    ["counts UTF-16 units", "a👍b", change(at(0, 3), at(0, 4), "c"), "a👍c"],
    ["behind a line's end is at its end", "ab\r\ncd", change(at(0, 99), at(0, 99), "!"), "ab!\r\ncd"],
    ["behind the text's end is at its end", "ab", change(at(9, 9), at(9, 9), "!"), "ab!"],
    ["that is told backwards is the same change", "abcd", change(at(0, 3), at(0, 1), "-"), "a-d"],
    ["can take a line's end away", "a\r\nb", change(at(0, 1), at(1, 0), ""), "ab"],
    ["knows lines that end with CR alone", "a\rb", change(at(1, 0), at(1, 1), "c"), "a\rc"],
  ])("%s", (_, text, one, wanted) => expect(applied(text, one)).toBe(wanted));
});

test("each change is about the text that the one before it left", () => {
  const documents = createDocuments();
  documents.open(documentOf("file:///a.flow", "one"));
  documents.change("file:///a.flow", 2, [
    change(at(0, 0), at(0, 0), "zero\n"),
    change(at(1, 0), at(1, 3), "two"),
  ] as never);
  expect(documents.get("file:///a.flow")).toMatchObject({ version: 2, text: "zero\ntwo" });
});

test("a file is the same however its URI is spelt, and is called as it was opened", () => {
  const documents = createDocuments();
  documents.open(documentOf("file:///C:/a b.flow", "x"));
  expect(documents.get("file:///c%3A/a%20b.flow")?.uri).toBe("file:///C:/a b.flow");
  documents.change("file:///c:/a%20b.flow", 2, [{ text: "y" }]);
  expect([...documents.all()].map(([, { text }]) => text)).toEqual(["y"]);
  documents.close("file:///c%3A/a b.flow");
  expect([...documents.all()]).toEqual([]);
});

test("a change of what is not open is no document", () => {
  const documents = createDocuments();
  documents.change("file:///a.flow", 1, [{ text: "x" }]);
  expect(documents.get("file:///a.flow")).toBeUndefined();
});

function documentOf(uri: string, text: string): OpenText {
  return { uri, language: "parley", version: 1, text };
}
