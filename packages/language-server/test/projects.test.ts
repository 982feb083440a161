import { expect, test } from "vitest";
import { createDocuments } from "../src/documents.ts";
import { createMemoryFiles } from "../src/memory-files.ts";
import { createProjects } from "../src/projects.ts";

test("a file that was opened before its project was found is no bot by itself any more", () => {
  const files = createMemoryFiles();
  const documents = createDocuments();
  const projects = createProjects(files, documents);
  const uri = "memfs:/shop/main.flow";
  const text = "flow main {\n  on message -> s\n  state s {\n    -> end\n  }\n}\n";
  documents.open({ uri, language: "parley", version: 1, text });
  expect(projects.of(uri)?.lone).toBe(true);
  files.set("memfs:/shop/parley.yaml", "name: shop\n");
  files.set(uri, text);
  projects.find(["memfs:/shop"]);
  expect(projects.all().map(({ key, lone }) => [key, lone])).toEqual([["memfs:/shop", false]]);
});
