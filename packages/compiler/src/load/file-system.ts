/** Files as the loader of projects sees them. Whoever has a disk, an editor or a browser gives it one of these. */

/** Paths are absolute, of whatever form the host likes, their parts divided by `/`. */
export interface FileSystem {
  readonly kindOf: (path: string) => FileKind;
  /** UTF-8 text without a byte order mark. */
  readonly read: (path: string) => Read;
  readonly entries: (folder: string) => Entries;
}

export type FileKind = "file" | "folder" | "other" | "missing";

/** `problem` goes on behind the file's name: `cannot be read: permission denied`. */
export type Read = { readonly text: string; readonly problem?: never } | { readonly problem: string };

export type Entries = { readonly entries: readonly Entry[]; readonly problem?: never } | { readonly problem: string };

export interface Entry {
  readonly name: string;
  /** A link to a folder counts as `other`: it is not followed. */
  readonly kind: Exclude<FileKind, "missing">;
}

/** A file or folder that a project needs and that cannot be read. */
export interface Unread {
  /** Relative to the project; `.` is its own folder. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly problem: string;
}

/** Without `.` and `..`; a path that begins with `/` begins at the root of the folder's own system. */
export function resolvePath(folder: string, path: string): string {
  const root = /^[a-z][a-z\d+.-]+:\/\/[^/]*/i.exec(folder)?.[0] ?? "";
  const parts = path.startsWith("/") ? [""] : folder.slice(root.length).split("/");
  for (const part of path.split(/[/\\]/)) {
    if (part === "..") {
      if (parts.length > 1) parts.pop();
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return root + parts.join("/");
}

/** From a folder to a path, with `..` where it does not lie below it; empty where they are the same. */
export function pathFrom(folder: string, path: string): string {
  const from = folder.split("/");
  const to = path.split("/");
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
}

/** The folder that a path lies in; the path itself at the root. */
export function parentOf(path: string): string {
  const at = path.lastIndexOf("/");
  return at <= 0 || path[at - 1] === "/" ? path : path.slice(0, at);
}
