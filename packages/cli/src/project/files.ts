/** The file system as the commands see it: what cannot be read is a message for the user. */
import { type Dirent, readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import {
  type Entries,
  type FileKind,
  type FileSystem,
  type Found,
  isLeftOut,
  type Read,
  search as searchIn,
  type Unread,
} from "@parley/compiler";
import { UsageError } from "../exit.ts";
import { decode } from "./text.ts";

export { PROJECT_FILE } from "@parley/compiler";

/** The disk, as the loader of projects sees it. */
export const DISK: FileSystem = { kindOf, read, entries };

export function kindOf(path: string, shown: string = path): FileKind {
  let stat: Stats | undefined;
  try {
    stat = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new UsageError(`${shown} cannot be read: ${reasonOf(error)}`);
  }
  if (!stat) return "missing";
  return stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other";
}

/** The text of a file; `shown` is how messages call it. */
export function readText(path: string, shown: string): string {
  const found = read(path);
  if (found.problem !== undefined) throw new UsageError(`${shown} ${found.problem}`);
  return found.text;
}

function read(path: string): Read {
  try {
    const decoded = decode(readFileSync(path));
    return decoded.ok ? { text: decoded.text } : { problem: decoded.problem };
  } catch (error) {
    return { problem: `cannot be read: ${reasonOf(error)}` };
  }
}

export function textOf(bytes: Uint8Array, shown: string): string {
  const decoded = decode(bytes);
  if (!decoded.ok) throw new UsageError(`${shown} ${decoded.problem}`);
  return decoded.text;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "it is a folder",
  ELOOP: "its symbolic links run in a circle",
  ENOENT: "there is no such file",
  ENOTDIR: "a part of its path is no folder",
  EMFILE: "too many files are open",
  EROFS: "the file system can only be read",
  ENOSPC: "the disk is full",
  EEXIST: "something of that name is there already",
  EADDRINUSE: "the address is in use",
};

/** What the system says, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}

/** Looks through a folder; one that cannot be read is a mistake of the user. */
export function search(folder: string, shown: string): Found {
  const found = searchIn(DISK, folder);
  for (const one of found.unread) throw unreadable(one, () => shown);
  return found;
}

export function unreadable({ path, isFolder, problem }: Unread, show: (path: string) => string): UsageError {
  return new UsageError(`${isFolder ? "the folder " : ""}${show(path)} ${problem}`);
}

/** The folders that `search` looks into, relative with `/`. */
export function foldersBelow(folder: string): readonly string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    for (const entry of entriesOf(join(folder, path), path)) {
      if (!entry.isDirectory() || isLeftOut(entry.name)) continue;
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      found.push(below);
      visit(below);
    }
  };
  visit("");
  return found;
}

function entriesOf(path: string, shown: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw new UsageError(`the folder ${shown} cannot be read: ${reasonOf(error)}`);
  }
}

function entries(folder: string): Entries {
  try {
    const found = readdirSync(folder, { withFileTypes: true });
    return { entries: found.map((entry) => ({ name: entry.name, kind: entryKind(entry, join(folder, entry.name)) })) };
  } catch (error) {
    return { problem: `cannot be read: ${reasonOf(error)}` };
  }
}

function entryKind(entry: Dirent, path: string): "file" | "folder" | "other" {
  if (entry.isDirectory()) return "folder";
  return leadsToFolder(entry, path) ? "other" : "file";
}

/** Of a link that leads nowhere: no, so that reading it says what is wrong. */
function leadsToFolder(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink()) return false;
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
