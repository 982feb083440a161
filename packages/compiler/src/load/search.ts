/** What lies in a folder: flows, and projects of their own. */
import type { FileSystem, Unread } from "./file-system.ts";

export const PROJECT_FILE = "parley.yaml";

export interface Found {
  /** `.flow` files, relative with `/`, sorted by code unit. */
  readonly flows: readonly string[];
  /** Folders below with a project file of their own, which are not looked into. */
  readonly projects: readonly string[];
  readonly unread: readonly Unread[];
}

/** Hidden folders and `node_modules` are left out, links to folders are not followed. */
export function search(files: FileSystem, folder: string): Found {
  const flows: string[] = [];
  const projects: string[] = [];
  const unread: Unread[] = [];
  const visit = (path: string): void => {
    const read = files.entries(path === "" ? folder : `${folder}/${path}`);
    if (read.problem !== undefined) {
      unread.push({ path: path === "" ? "." : path, isFolder: true, problem: read.problem });
      return;
    }
    if (path !== "" && read.entries.some(({ name, kind }) => name === PROJECT_FILE && kind === "file")) {
      projects.push(path);
      return;
    }
    for (const { name, kind } of read.entries) {
      const below = path === "" ? name : `${path}/${name}`;
      if (kind === "folder") {
        if (!isLeftOut(name)) visit(below);
      } else if (kind === "file" && isFlowName(name)) flows.push(below);
    }
  };
  visit("");
  return { flows: flows.sort(), projects: projects.sort(), unread };
}

/** Folders that no file of a project lies in. */
export function isLeftOut(folder: string): boolean {
  return folder.startsWith(".") || folder === "node_modules";
}

/**
 * `.flow` files of other tools hold JSON, XML or JavaScript for the type checker Flow. No text in this language begins like
 * that, not even a wrong one that somebody is at.
 */
export function isForeignText(text: string): boolean {
  return /^\s*(?:\{\s*["}]|\[\s*["{\]\d]|<[?!a-z]|(?:\/\/|\/\*+)\s*@flow\b)/i.test(text);
}

/** Flow, the type checker of JavaScript, has `x.js.flow` and its like. */
export function isFlowName(name: string): boolean {
  return name.endsWith(".flow") && !/\.(?:js|jsx|mjs|cjs|ts|tsx)\.flow$/.test(name);
}
