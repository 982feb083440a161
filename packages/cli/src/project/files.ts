/** The file system as the commands see it: what cannot be read is a message for the user. */
import { type Dirent, readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../exit.ts";
import { decode } from "./text.ts";

export const PROJECT_FILE = "parley.yaml";

export type Kind = "file" | "folder" | "other" | "missing";

export function kindOf(path: string, shown: string = path): Kind {
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
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new UsageError(`${shown} cannot be read: ${reasonOf(error)}`);
  }
  return textOf(bytes, shown);
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

export interface Found {
  /** `.flow` files, relative with `/`, sorted by code unit. */
  readonly flows: readonly string[];
  /** Folders below with a project file of their own, which are not looked into. */
  readonly projects: readonly string[];
}

/** Looks through a folder; hidden folders and `node_modules` are left out, links to folders are not followed. */
export function search(folder: string, shown: string): Found {
  const flows: string[] = [];
  const projects: string[] = [];
  const visit = (path: string): void => {
    for (const entry of entriesOf(join(folder, path), shown)) {
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (isLeftOut(entry.name)) continue;
        if (kindOf(join(folder, below, PROJECT_FILE)) === "file") projects.push(below);
        else visit(below);
      } else if (entry.name.endsWith(".flow") && !leadsToFolder(entry, join(folder, below))) flows.push(below);
    }
  };
  visit("");
  return { flows: flows.sort(), projects: projects.sort() };
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

function isLeftOut(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

function entriesOf(path: string, shown: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw new UsageError(`the folder ${shown} cannot be read: ${reasonOf(error)}`);
  }
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
