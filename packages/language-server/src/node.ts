/** The server as a process: over standard input and output, with the disk. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import type { Code, FileEntry, FileKind, FileSystem } from "@parley/compiler";
import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { createServer } from "./server.ts";
import { uriOfPath } from "./uris.ts";

export interface Stdio {
  readonly version: string;
  readonly docs?: string;
  readonly page?: (code: Code) => string;
}

/** Serves one client on standard input and output until it ends the process. */
export function serveStdio(about: Stdio): void {
  // Every keystroke makes much garbage: the space for what is new would grow by a quarter of the server's whole memory.
  setFlagsFromString("--semi-space-growth-factor=1");
  // And what lives on is a fraction of what V8 would let pile up before it looks: 340 MB in place of 410, for some time.
  setFlagsFromString("--heap-growing-percent=100");
  const { stdin, stdout } = process;
  const connection = createConnection(new StreamMessageReader(stdin), new StreamMessageWriter(stdout));
  createServer(connection, { ...about, files: createDisk(), now: () => performance.now() });
}

/** Files of other schemes than `file:` are not there: they come through the editor only. */
export function createDisk(): FileSystem {
  const settled = new Map<string, Read>();
  return { ...DISK, read: (path) => read(settled, path) };
}

const DISK: Omit<FileSystem, "read"> = {
  kindOf: (path) => {
    const file = fileOf(path);
    return file === undefined ? "missing" : kindOf(file);
  },
  entries: (path) => {
    const folder = fileOf(path);
    if (folder === undefined) return { entries: [] };
    try {
      const found = readdirSync(folder, { withFileTypes: true });
      return {
        entries: found.map((one): FileEntry => {
          const kind = one.isDirectory() ? "folder" : one.isFile() ? "file" : linkedKind(`${folder}/${one.name}`);
          return { name: one.name, kind };
        }),
      };
    } catch (error) {
      return { problem: `cannot be read: ${error instanceof Error ? error.message : String(error)}` };
    }
  },
};

function read(settled: Map<string, Read>, path: string): ReturnType<FileSystem["read"]> {
  const file = fileOf(path);
  if (file === undefined) return { problem: "is not on this disk" };
  try {
    return { text: textOf(settled, file) };
  } catch (error) {
    return { problem: `cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}

interface Read {
  readonly text: string;
  readonly mtimeMs: number;
  readonly size: number;
}

/** Some disks tell times in steps of two seconds: within one, a file of the same size can be another one. */
const STEP_MS = 3_000;

/** `settled`: files that have not been touched lately. A change of one file reads that one again, and not a thousand others. */
function textOf(settled: Map<string, Read>, file: string): string {
  const { mtimeMs, size } = statSync(file);
  const before = settled.get(file);
  if (before?.mtimeMs === mtimeMs && before.size === size) return before.text;
  const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  if (Date.now() - mtimeMs > STEP_MS) settled.set(file, { text, mtimeMs, size });
  else settled.delete(file);
  return text;
}

function fileOf(path: string): string | undefined {
  return path.startsWith("file://") ? fileURLToPath(uriOfPath(path)) : undefined;
}

function kindOf(file: string): FileKind {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return "missing";
  return stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other";
}

/** A link to a folder is not followed. */
function linkedKind(file: string): "file" | "other" {
  try {
    return kindOf(file) === "file" ? "file" : "other";
  } catch {
    return "other";
  }
}
