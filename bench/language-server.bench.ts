/**
 * The language server of the bundle over stdio, with a project of 1,000 files and one of 10,000 lines, beside Langium's with
 * the grammar of the core: the same edits for both, first the one, then the other.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, startClient } from "../packages/language-server/test/support/client.ts";
import { editingProject, LARGE, type LineEdit, typing } from "./lib/editing-project.ts";
import { mulberry32 } from "./lib/generate-flow.ts";

const FILES = 1_000;
const LINES = 10_000;
const EDITS = Number(process.env["PARLEY_EDITS"] ?? 500);
/** In ms and MB. */
const AIMS = { diagnostics: [25, 60], completion: [15, 40], start: 1_000, memory: 400 } as const;

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const SERVERS = {
  parley: [file("../packages/cli/bin/parley.mjs"), "lsp", "--stdio"],
  langium: ["--conditions=@parley/source", "--no-warnings", file("lib/langium-server.ts")],
} as const;

const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
const project = editingProject(FILES, LINES);
beforeAll(() => {
  if (process.env["PARLEY_BUNDLED"] === undefined) execFileSync(process.execPath, [file("../tools/bundle.mjs")]);
  mkdirSync(join(folder, "parts"));
  writeFileSync(join(folder, "parley.yaml"), "name: large\n");
  for (const { path, text } of project) writeFileSync(join(folder, path), text);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Session {
  readonly start: number;
  /** From a keystroke to its findings. */
  readonly diagnostics: readonly number[];
  /** Asked right behind a keystroke. */
  readonly completion: readonly number[];
  /** At the end, in MB. */
  readonly memory: number;
}

async function session(command: readonly string[]): Promise<Session> {
  const begin = performance.now();
  const client = await startClient([pathToFileURL(folder).href], {}, command);
  try {
    const uri = pathToFileURL(join(folder, LARGE)).href;
    const text = project[0]?.text ?? "";
    const first = client.next(uri);
    await client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "parley", version: 1, text } });
    await first;
    const start = performance.now() - begin;
    const times: { readonly diagnostics: number[]; readonly completion: number[] } = {
      diagnostics: [],
      completion: [],
    };
    let version = 1;
    for (const edit of typing(text, EDITS, mulberry32(7))) {
      const kind = version % 2 === 1 ? "diagnostics" : "completion";
      times[kind].push(await keystroke(client, uri, ++version, edit, kind));
    }
    return { start, ...times, memory: memoryOf(client.process.pid ?? 0) };
  } finally {
    await client.stop();
  }
}

async function keystroke(
  client: Client,
  uri: string,
  version: number,
  { line, from, to, text }: LineEdit,
  kind: "diagnostics" | "completion",
): Promise<number> {
  const range = { start: { line, character: from }, end: { line, character: to } };
  const published = client.next(uri);
  const begin = performance.now();
  await client.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ range, text }] });
  if (kind === "completion") {
    const position = { line, character: from + (text.includes("\n") ? 0 : text.length) };
    await client.request("textDocument/completion", { textDocument: { uri }, position });
    const time = performance.now() - begin;
    await published;
    return time;
  }
  await published;
  return performance.now() - begin;
}

function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1024;
}

function at(times: readonly number[], part: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? Number.NaN;
}

test("a project of 1,000 files while somebody types in one of 10,000 lines", { timeout: 900_000 }, async () => {
  const own = await session(SERVERS.parley);
  const peer = await session(SERVERS.langium);
  for (const kind of ["diagnostics", "completion"] as const) {
    const told = [0.5, 0.99].map((part, i) => {
      const [time, other] = [at(own[kind], part), at(peer[kind], part)];
      return `p${part * 100} ${time.toFixed(1)} ms (aim ${AIMS[kind][i]}), Langium ${other.toFixed(1)} ms (${(other / time).toFixed(2)} times)`;
    });
    process.stdout.write(`${kind}: ${told.join("; ")}\n`);
  }
  process.stdout.write(
    `first findings: ${own.start.toFixed(0)} ms (aim ${AIMS.start}), Langium ${peer.start.toFixed(0)} ms; ` +
      `memory: ${own.memory.toFixed(0)} MB (aim ${AIMS.memory}), Langium ${peer.memory.toFixed(0)} MB\n`,
  );
  expect(at(own.diagnostics, 0.5)).toBeLessThan(at(peer.diagnostics, 0.5));
  expect(at(own.completion, 0.5)).toBeLessThan(at(peer.completion, 0.5));
  expect(own.memory).toBeLessThan(AIMS.memory);
});
