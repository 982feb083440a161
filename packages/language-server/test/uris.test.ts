import { describe, expect, test } from "vitest";
import { canonical, folderOf, nameOf, pathOfUri, relativePath, uriIn, uriOfPath } from "../src/uris.ts";

describe("a file has one URI, however clients spell it", () => {
  test.each([
    ["file:///C:/bots/a%20b.flow", "file:///c%3A/bots/a b.flow"],
    ["file:///c%3a/bots/a.flow", "file:///C:/bots/a.flow"],
    ["file:///home/%C3%BC/x(1).flow", "file:///home/ü/x%281%29.flow"],
    ["vscode-remote://wsl%2Bubuntu/a.flow", "vscode-remote://wsl+ubuntu/a.flow"],
    ["vscode-remote://127.0.0.1:8080/a.flow", "vscode-remote://127.0.0.1%3A8080/a.flow"],
  ])("%s", (one, other) => expect(canonical(one)).toBe(canonical(other)));

  test.each(["untitled:Untitled-1", "file:///home/100%/a.flow", "memfs:/pizzeria/a.flow", "not a uri", ""])(
    "%j stays one that can be read again",
    (uri) => expect(canonical(canonical(uri))).toBe(canonical(uri)),
  );
});

test("what comes from a path and goes back to it is the same", () => {
  for (const uri of [
    "file:///home/a%20b/%C3%BC.flow",
    "file:///c%3A/bots/a.flow",
    "vscode-vfs://github%2B7b22/owner/repo/order.flow",
    "vscode-remote://127.0.0.1:8080/a.flow",
    "untitled:Untitled-1",
  ])
    expect(uriOfPath(pathOfUri(uri))).toBe(canonical(uri));
});

test("a path in a folder leads to the file and back, also beside the folder", () => {
  const folder = "file:///work/bot";
  for (const [path, uri] of [
    ["order.flow", "file:///work/bot/order.flow"],
    ["flows/a b.flow", "file:///work/bot/flows/a%20b.flow"],
    ["../shared/x.flow", "file:///work/shared/x.flow"],
    ["../../x.flow", "file:///x.flow"],
  ] as const) {
    expect(relativePath(folder, uri)).toBe(path);
    expect(uriIn(folder, path)).toBe(uri);
  }
  expect(uriIn(folder, "./a//b.flow")).toBe("file:///work/bot/a/b.flow");
});

test("what was never saved has no folder", () => {
  const uri = "untitled:Untitled-1";
  expect(folderOf(uri)).toBe("");
  expect(nameOf(uri)).toBe(uri);
  expect(uriIn("", uri)).toBe(uri);
  expect(relativePath("", uri)).toBe(uri);
});

test("a name is the last part as people write it", () => {
  expect(nameOf("file:///a/b%20c.flow")).toBe("b c.flow");
  expect(nameOf("file:///a/100%.flow")).toBe("100%.flow");
  expect(folderOf("file:///a/b%20c.flow")).toBe("file:///a");
});
