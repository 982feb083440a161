/** The real server, as a process, through sessions of editing. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, expect, test } from "vitest";
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  Hover,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import { type Client, edited, startClient } from "./support/client.ts";

const PIZZERIA = fileURLToPath(new URL("../../../examples/02-pizzeria", import.meta.url));
const folders: string[] = [];
const clients: Client[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.process.kill();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function start(...paths: readonly string[]): Promise<Client> {
  const client = await startClient(paths.map((path) => pathToFileURL(path).href));
  clients.push(client);
  return client;
}

const uriOf = (...parts: readonly string[]): string => pathToFileURL(join(...parts)).href;

const open = (client: Client, uri: string, text: string): Promise<void> =>
  client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "parley", version: 1, text } });

/** Where a word stands in a text. */
function placeOf(text: string, word: string, add = 0): { readonly line: number; readonly character: number } {
  const before = text.slice(0, text.indexOf(word) + add).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

const HELLO = 'flow hello {\n  on message -> greet\n\n  state greet {\n    say "Hi"\n    -> end\n  }\n}\n';
const BROKEN = HELLO.replace("-> greet", "-> gret");
const codes = (found: readonly { readonly code?: unknown }[]): readonly unknown[] => found.map(({ code }) => code);

test("a session with the pizzeria: break, squiggle, fix, complete, hover, rename, format, close", async () => {
  const folder = folderWith({});
  cpSync(PIZZERIA, folder, { recursive: true });
  const client = await start(folder);
  const uri = uriOf(folder, "order.flow");
  const text = readFileSync(join(folder, "order.flow"), "utf8");
  await open(client, uri, text);

  // A name that is misspelt, in one edit of one character.
  const at = placeOf(text, "-> how_big", 9);
  const range = { start: at, end: { line: at.line, character: at.character + 1 } };
  await client.notify("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range, text: "" }],
  });
  const found = await client.until(uri, (all) => codes(all).includes("P2001"));
  const unknown = found.find(({ code }) => code === "P2001");
  expect(unknown).toMatchObject({ severity: 1, source: "parley", codeDescription: { href: expect.any(String) } });

  const actions = await client.request<readonly CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: unknown?.range,
    context: { diagnostics: [unknown], only: ["quickfix"] },
  });
  const fix = actions.find(({ title }) => title === "Write `how_big`");
  const broken = text.replace("-> how_big", "-> how_bi");
  expect(edited(broken, fix?.edit ?? {}, uri)).toBe(text);
  await client.notify("textDocument/didChange", { textDocument: { uri, version: 3 }, contentChanges: [{ text }] });
  await client.until(uri, (all) => !codes(all).includes("P2001"));

  const completed = await client.request<CompletionList | CompletionItem[]>("textDocument/completion", {
    textDocument: { uri },
    position: placeOf(text, "-> how_big", 3),
  });
  const items = Array.isArray(completed) ? completed : completed.items;
  expect(items.map(({ label }) => label)).toContain("how_big");

  const hovered = await client.request<Hover | null>("textDocument/hover", {
    textDocument: { uri },
    position: placeOf(text, "-> how_big", 4),
  });
  expect(JSON.stringify(hovered)).toContain("how_big");

  const renamed = await client.request<WorkspaceEdit>("textDocument/rename", {
    textDocument: { uri },
    position: placeOf(text, "-> how_big", 4),
    newName: "what_size",
  });
  expect(edited(text, renamed, uri)).toContain("-> what_size");

  const ugly = text.replace("  on ", "      on ");
  await client.notify("textDocument/didChange", {
    textDocument: { uri, version: 4 },
    contentChanges: [{ text: ugly }],
  });
  const edits = await client.request<TextEdit[]>("textDocument/formatting", {
    textDocument: { uri },
    options: { tabSize: 2, insertSpaces: true },
  });
  expect(edits).toHaveLength(1);
  expect(edited(ugly, { changes: { [uri]: edits } }, uri)).toBe(text);

  await client.notify("textDocument/didClose", { textDocument: { uri } });
  expect(await client.stop()).toBe(0);
});

test("a feature that throws is an internal error, and the next keystroke works", async () => {
  const folder = folderWith({ "parley.yaml": "name: a\n", "main.flow": HELLO });
  const client = await start(folder);
  const uri = uriOf(folder, "main.flow");
  await open(client, uri, HELLO);
  await expect(client.request("parley/test/fail", {})).rejects.toMatchObject({ code: -32603 });
  await expect.poll(() => client.log.join()).toContain("on purpose");
  const contentChanges = [{ text: BROKEN }];
  await client.notify("textDocument/didChange", { textDocument: { uri, version: 2 }, contentChanges });
  await client.until(uri, (all) => codes(all).includes("P2001"));
});

test("reading a workspace is told as progress where the client shows some", async () => {
  const folder = folderWith({ "parley.yaml": "name: a\n", "main.flow": BROKEN });
  const capabilities = { window: { workDoneProgress: true } };
  const client = await startClient([pathToFileURL(folder).href], {}, undefined, capabilities);
  clients.push(client);
  await client.until(uriOf(folder, "main.flow"), (all) => codes(all).includes("P2001"));
  await expect.poll(() => client.progress).toEqual(["Parley: reading flows", "end"]);
});

test("lenses offer what the client says that it can do", async () => {
  const folder = folderWith({ "parley.yaml": "name: a\n", "main.flow": HELLO });
  const uri = uriOf(folder, "main.flow");
  const client = await startClient([pathToFileURL(folder).href], { commands: ["parley.tryIt"] });
  clients.push(client);
  await open(client, uri, HELLO);
  const lenses = await client.request<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
  expect(lenses.map(({ command }) => `${command?.title}:${command?.command}`)).toEqual([
    "▶ try it:parley.tryIt",
    "1 incoming:",
    "▶ try it:parley.tryIt",
  ]);
});

test("two projects in one workspace have names of their own, and files on the disk count without being open", async () => {
  const folder = folderWith({
    "a/parley.yaml": "name: a\n",
    "a/main.flow": HELLO,
    "b/parley.yaml": "name: b\nlocales:\n  default: en\n  others: [it]\n",
    "b/main.flow": HELLO,
    "b/more.flow": BROKEN.replace("flow hello", "flow other"),
    "b/types.js.flow": "declare var a: number;",
  });
  const client = await start(folder);
  await client.until(uriOf(folder, "b/more.flow"), (all) => codes(all).includes("P2001"));
  const settings = await client.until(uriOf(folder, "b/parley.yaml"), (all) => all.length > 0);
  expect(codes(settings)).toContain("P7001");
  expect(codes(client.shown.get(uriOf(folder, "a/main.flow")) ?? [])).not.toContain("P2002");
  expect(client.shown.has(uriOf(folder, "b/types.js.flow"))).toBe(false);
});

test("the editor's text counts, then the disk's when the file is closed, and nothing when it is deleted", async () => {
  const folder = folderWith({ "parley.yaml": "name: a\n", "main.flow": BROKEN });
  const client = await start(folder);
  const uri = uriOf(folder, "main.flow");
  await client.until(uri, (all) => codes(all).includes("P2001"));
  await open(client, uri, HELLO);
  await client.until(uri, (all) => !codes(all).includes("P2001"));
  await client.notify("textDocument/didClose", { textDocument: { uri } });
  await client.until(uri, (all) => codes(all).includes("P2001"));
  unlinkSync(join(folder, "main.flow"));
  await client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 3 }] });
  expect(await client.until(uri, (all) => all.length === 0)).toEqual([]);
});

test("a new parley.yaml makes a project of files that stood by themselves", async () => {
  const folder = folderWith({ "main.flow": HELLO.replace("-> end", "-> call_other"), "other.flow": "" });
  const client = await start(folder);
  const uri = uriOf(folder, "main.flow");
  await open(client, uri, 'flow f {\n  on message -> a\n  state a {\n    say "{env.SHOP}"\n    -> end\n  }\n}\n');
  const alone = await client.until(uri, (all) => all.length > 0);
  expect(codes(alone)).toContain("P2009");
  writeFileSync(join(folder, "parley.yaml"), "name: a\nenv: [SHOP]\n");
  const changes = [{ uri: uriOf(folder, "parley.yaml"), type: 1 }];
  await client.notify("workspace/didChangeWatchedFiles", { changes });
  await client.until(uri, (all) => !codes(all).includes("P2009"));
});

test("what was never saved is checked, and flows of other tools are left alone", async () => {
  const client = await start();
  await open(client, "untitled:Untitled-1", BROKEN);
  await client.until("untitled:Untitled-1", (all) => codes(all).includes("P2001"));
  await open(client, "untitled:Untitled-2", '{ "uuid": "1", "nodes": [] }');
  await open(client, "untitled:Untitled-3", BROKEN);
  await client.until("untitled:Untitled-3", (all) => codes(all).includes("P2001"));
  expect(client.shown.has("untitled:Untitled-2")).toBe(false);
});

test("columns count UTF-16 units, behind emoji and in files with CRLF and a mark", async () => {
  const folder = folderWith({ "parley.yaml": "name: a\n", "a b ü.flow": HELLO });
  const client = await start(folder);
  const uri = uriOf(folder, "a b ü.flow");
  const text = `\ufeff${HELLO}`.replaceAll("\n", "\r\n").replace('say "Hi"', 'say "👩‍👩‍👧 שלום {wher}"');
  await open(client, uri, text);
  const found = await client.until(uri, (all) => codes(all).includes("P2001"));
  const { range } = found.find(({ code }) => code === "P2001") ?? {};
  const line = text.split("\r\n")[4] ?? "";
  expect(range).toEqual({
    start: { line: 4, character: line.indexOf("wher") },
    end: { line: 4, character: line.indexOf("wher") + 4 },
  });
});

test("findings are answered, and not pushed, where the client asks for that", async () => {
  const folder = folderWith({ "parley.yaml": "name: a\n", "main.flow": BROKEN });
  const client = await startClient([pathToFileURL(folder).href], { diagnostics: "pull" });
  clients.push(client);
  const uri = uriOf(folder, "main.flow");
  await open(client, uri, BROKEN);
  type Report = { readonly kind: string; readonly resultId: string; readonly items?: readonly { code: string }[] };
  const first = await client.request<Report>("textDocument/diagnostic", { textDocument: { uri } });
  expect(codes(first.items ?? [])).toContain("P2001");
  const again = { textDocument: { uri }, previousResultId: first.resultId };
  expect(await client.request<Report>("textDocument/diagnostic", again)).toMatchObject({ kind: "unchanged" });
  const whole = await client.request<{ items: readonly Report[] }>("workspace/diagnostic", { previousResultIds: [] });
  expect(whole.items).toHaveLength(1);
  expect(client.shown.size).toBe(0);
});

test("settings count at once, colours are told as changes, and a renamed file is renamed in parley.yaml", async () => {
  const text = HELLO.replace('say "Hi"', "let n = 1");
  const folder = folderWith({ "parley.yaml": "name: a\ntemplates: all.yaml\n", "all.yaml": "", "main.flow": text });
  const client = await start(folder);
  const uri = uriOf(folder, "main.flow");
  await open(client, uri, text);
  const range = { start: placeOf(text, "flow"), end: placeOf(text, "-> end") };
  const hints = (): Promise<readonly unknown[]> =>
    client.request("textDocument/inlayHint", { textDocument: { uri }, range });
  expect(await hints()).toHaveLength(1);
  const settings = { parley: { inlayHints: { types: false } } };
  await client.notify("workspace/didChangeConfiguration", { settings });
  expect(await hints()).toEqual([]);

  const all = await client.request<{ resultId: string; data: number[] }>("textDocument/semanticTokens/full", {
    textDocument: { uri },
  });
  const at = placeOf(text, "let n", 5);
  const change = { range: { start: at, end: at }, text: "ew" };
  await client.notify("textDocument/didChange", { textDocument: { uri, version: 2 }, contentChanges: [change] });
  const changed = await client.request<{ edits: { data?: number[] }[] }>("textDocument/semanticTokens/full/delta", {
    textDocument: { uri },
    previousResultId: all.resultId,
  });
  expect(changed.edits).toHaveLength(1);
  expect(changed.edits[0]?.data?.length).toBeLessThan(all.data.length);

  const files = [{ oldUri: uriOf(folder, "all.yaml"), newUri: uriOf(folder, "approved.yaml") }];
  const renamed = await client.request<WorkspaceEdit>("workspace/willRenameFiles", { files });
  const project = uriOf(folder, "parley.yaml");
  expect(edited("name: a\ntemplates: all.yaml\n", renamed, project)).toBe("name: a\ntemplates: approved.yaml\n");
});
