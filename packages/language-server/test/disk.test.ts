import { mkdtempSync, rmSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { createDisk } from "../src/node.ts";
import { pathOfUri } from "../src/uris.ts";

const disk = createDisk();
const folder = mkdtempSync(join(tmpdir(), "parley-disk-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, "a b.flow");
const path = pathOfUri(pathToFileURL(file).href);
const longAgo = new Date("2026-01-01T00:00:00Z");

test("a file that has just been written is read again, though size and time are the same", () => {
  for (const text of ["one", "two", "six"]) {
    writeFileSync(file, text);
    expect(disk.read(path)).toEqual({ text });
  }
});

test("one that has rested is not, until its time or its size is another one", () => {
  writeFileSync(file, "one");
  utimesSync(file, longAgo, longAgo);
  expect(disk.read(path)).toEqual({ text: "one" });
  writeFileSync(file, "two");
  utimesSync(file, longAgo, longAgo);
  expect(disk.read(path)).toEqual({ text: "one" });
  writeFileSync(file, "four");
  utimesSync(file, longAgo, longAgo);
  expect(disk.read(path)).toEqual({ text: "four" });
  writeFileSync(file, "five");
  expect(disk.read(path)).toEqual({ text: "five" });
});

test("what is gone, is no text or lies elsewhere has a problem", () => {
  writeFileSync(file, new Uint8Array([0xff, 0xfe, 0xff]));
  expect(disk.read(path)).toHaveProperty("problem");
  unlinkSync(file);
  expect(disk.read(path)).toHaveProperty("problem");
  expect(disk.kindOf(path)).toBe("missing");
  expect(disk.read("memfs:/a.flow")).toEqual({ problem: "is not on this disk" });
  expect(disk.entries("memfs:/")).toEqual({ entries: [] });
});
