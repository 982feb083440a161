/** Files that came from the client: a worker has no disk. */
import type { FileEntry, FileSystem } from "@parley/compiler";
import { pathOfUri } from "./uris.ts";

export interface MemoryFiles extends FileSystem {
  readonly set: (uri: string, text: string | undefined) => void;
}

export function createMemoryFiles(): MemoryFiles {
  const texts = new Map<string, string>();
  const isFolder = (path: string): boolean => {
    for (const file of texts.keys()) if (file.startsWith(`${path}/`)) return true;
    return false;
  };
  return {
    set: (uri, text) => {
      if (text === undefined) texts.delete(pathOfUri(uri));
      else texts.set(pathOfUri(uri), text.replace(/^\ufeff/, ""));
    },
    kindOf: (path) => (texts.has(path) ? "file" : isFolder(path) ? "folder" : "missing"),
    read: (path) => {
      const text = texts.get(path);
      return text === undefined ? { problem: "cannot be read: there is no such file" } : { text };
    },
    entries: (folder) => {
      const found = new Map<string, FileEntry>();
      for (const file of texts.keys()) {
        if (!file.startsWith(`${folder}/`)) continue;
        const [name = "", ...more] = file.slice(folder.length + 1).split("/");
        found.set(name, { name, kind: more.length > 0 ? "folder" : "file" });
      }
      return { entries: [...found.values()] };
    },
  };
}
