/** The projects of a workspace, and which of them a file belongs to. */
import { type FileSystem, isFlowName, isForeignText, isLeftOut, PROJECT_FILE, search } from "@parley/compiler";
import type { Documents } from "./documents.ts";
import { folderProject, loneProject, type Project } from "./project.ts";
import { canonical, folderOf, nameOf, pathOfUri, relativePath, uriOfPath } from "./uris.ts";

export interface Projects {
  /** Looks for projects in the folders of the workspace. */
  readonly find: (folders: readonly string[]) => void;
  readonly of: (uri: string) => Project | undefined;
  readonly all: () => readonly Project[];
  /** A text of the editor has changed. */
  readonly edited: (uri: string) => Project | undefined;
  /** A file came into the editor or left it: its project may be another one now. */
  readonly moved: (uri: string) => void;
  /** Files on the disk have changed. */
  readonly changed: () => void;
}

export function createProjects(disk: FileSystem, documents: Documents): Projects {
  const files = overlaid(disk, documents);
  const known = new Map<string, Project>();
  let workspace: readonly string[] = [];

  const openBelow = (folder: string): readonly string[] =>
    [...documents.all()]
      .map(([uri]) => uri)
      .filter((uri) => uri.startsWith(`${folder}/`) && homeOf(files, uri) === folder)
      .map((uri) => relativePath(folder, uri));

  const add = (folder: string): Project => {
    const project = known.get(folder) ?? folderProject(files, folder, () => openBelow(folder));
    known.set(folder, project);
    return project;
  };
  const find = (): void => {
    for (const folder of workspace) {
      for (const home of projectsBelow(files, folder)) add(home);
    }
    for (const [uri] of documents.all()) {
      const home = homeOf(files, uri);
      if (home !== undefined) add(home);
    }
    for (const [key, { lone, folder }] of known) {
      // What was opened before its project was found is no bot by itself.
      if (lone && [...known.values()].some((project) => !project.lone && project.has(key))) known.delete(key);
      if (!lone && files.kindOf(pathOfUri(`${folder}/${PROJECT_FILE}`)) !== "file") known.delete(key);
    }
  };
  const of = (given: string): Project | undefined => {
    const uri = canonical(given);
    const home = homeOf(files, uri);
    const own = home === undefined ? undefined : add(home);
    if (own?.has(uri)) return own;
    const other = [...known.values()].find((project) => !project.lone && project.has(uri));
    if (other) return other;
    const document = documents.get(uri);
    if (!document || !isOurs(uri, document.language, document.text)) return undefined;
    const lone = known.get(uri) ?? loneProject(files, uri);
    known.set(uri, lone);
    return lone;
  };
  return {
    find: (folders) => {
      workspace = folders.map((folder) => canonical(folder).replace(/\/+$/, ""));
      find();
    },
    of,
    all: () => [...known.values()],
    edited: (given) => {
      const uri = canonical(given);
      const project = of(uri);
      const text = documents.get(uri)?.text;
      if (project && text !== undefined && !project.update(uri, withoutMark(text))) project.reload();
      if (nameOf(uri) === PROJECT_FILE) find();
      return project;
    },
    moved: (given) => {
      const uri = canonical(given);
      if (known.get(uri)?.lone) known.delete(uri);
      for (const project of known.values()) {
        const inside = uri.startsWith(`${project.folder}/`) || project.has(uri);
        if (!project.lone && inside) project.reload();
      }
      of(uri);
    },
    changed: () => {
      for (const [key, project] of known) {
        // A file by itself may have a project now.
        if (project.lone) known.delete(key);
        else project.reload();
      }
      find();
      for (const [uri] of documents.all()) of(uri);
    },
  };
}

/** The editor's texts over the files of the disk. */
function overlaid(disk: FileSystem, documents: Documents): FileSystem {
  const textOf = (path: string): string | undefined => documents.get(uriOfPath(path))?.text;
  return {
    kindOf: (path) => (textOf(path) === undefined ? disk.kindOf(path) : "file"),
    read: (path) => {
      const text = textOf(path);
      return text === undefined ? disk.read(path) : { text: withoutMark(text) };
    },
    entries: disk.entries,
  };
}

/** A mark would be one column too many in the first line for editors that do not count it. */
function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
}

/** The nearest folder upwards with a project file. */
function homeOf(files: FileSystem, uri: string): string | undefined {
  for (let at = folderOf(uri); at.includes("/") && !/^[^/]*\/\/?$/.test(at); at = folderOf(at)) {
    if (files.kindOf(pathOfUri(`${at}/${PROJECT_FILE}`)) === "file") return at;
  }
  return undefined;
}

function projectsBelow(files: FileSystem, folder: string): readonly string[] {
  const path = pathOfUri(folder);
  const here = files.kindOf(`${path}/${PROJECT_FILE}`) === "file" ? [folder] : [];
  const below = search(files, path).projects.filter((name) => !name.split("/").some(isLeftOut));
  return [...here, ...below.flatMap((name) => projectsBelow(files, uriOfPath(`${path}/${name}`)))];
}

/** `.flow` files of other tools hold JSON, XML or JavaScript. */
function isOurs(uri: string, language: string, text: string): boolean {
  const isNamed = isFlowName(uri) || (language === "parley" && !uri.endsWith(".flow"));
  return isNamed && !isForeignText(text);
}
