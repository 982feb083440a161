/** One project of the workspace, compiled again when it is asked for and something has changed. */
import {
  createWorkspace,
  DEFAULT_SETTINGS,
  type Diagnostic,
  diagnostic,
  type FileSystem,
  type Input,
  openProject,
  PROJECT_FILE,
  readProject,
  type Source,
  type Unread,
  withSeverities,
} from "@parley/compiler";
import { folderOf, nameOf, pathOfUri, uriIn } from "./uris.ts";
import type { View } from "./view.ts";

export interface Project {
  /** Canonical; of a file by itself its own URI. */
  readonly key: string;
  /** URI, without a slash at its end. */
  readonly folder: string;
  readonly lone: boolean;
  readonly has: (uri: string) => boolean;
  /** Of one of its `.flow` files. */
  readonly textOf: (uri: string) => string | undefined;
  /** Reads all files again before the next view. */
  readonly reload: () => void;
  /** A text of one of its `.flow` files; false where the project has to be read again to take it up. */
  readonly update: (uri: string, text: string) => boolean;
  readonly view: () => View;
  /** All findings, those of the project file and of files that cannot be read among them. */
  readonly diagnostics: () => readonly Diagnostic[];
}

interface Read {
  readonly project?: Source;
  readonly input: Input;
  readonly diagnostics: readonly Diagnostic[];
}

/** A folder with a project file. `files` gives the editor's texts where there are some. `open` are its unsaved files. */
export function folderProject(files: FileSystem, folder: string, open: () => readonly string[]): Project {
  const dir = pathOfUri(folder);
  const read = (): Read => {
    const opened = openProject(files, dir, nameOf(folder));
    const unsaved = open().filter((path) => opened.chooses(path) && !opened.flows.includes(path));
    const flows = [...opened.flows, ...unsaved].sort();
    const { sources, locales, templates, diagnostics, unread } = readProject(files, opened, flows);
    const problems = [...opened.unread, ...unread].map((one) => unreadable(one, opened.file));
    return {
      project: opened.file,
      input: { settings: opened.settings, files: sources, locales, ...(templates ? { templates } : {}) },
      diagnostics: withSeverities([...opened.diagnostics, ...diagnostics, ...problems], opened.settings.lint),
    };
  };
  return projectOf({ key: folder, folder, lone: false, read });
}

/** A `.flow` file that no project has is a bot by itself, as `parley check` takes it. */
export function loneProject(files: FileSystem, uri: string): Project {
  const path = nameOf(uri);
  const read = (): Read => {
    const found = files.read(pathOfUri(uri));
    const source = { path, text: found.problem === undefined ? found.text : "" };
    const settings = { ...DEFAULT_SETTINGS, name: path.replace(/\.flow$/, "") };
    return { input: { settings, files: [source] }, diagnostics: [] };
  };
  return projectOf({ key: uri, folder: folderOf(uri), lone: true, read });
}

interface Reading extends Pick<Project, "key" | "folder" | "lone"> {
  readonly read: () => Read;
}

function projectOf({ key, folder, lone, read }: Reading): Project {
  const workspace = createWorkspace(DEFAULT_SETTINGS);
  let known: Read | undefined;
  let paths = new Map<string, Source>();
  let view: View | undefined;
  const current = (): Read => {
    if (known) return known;
    known = read();
    paths = new Map(known.input.files.map((source) => [uriIn(folder, source.path), source]));
    workspace.replace(known.input);
    view = undefined;
    return known;
  };
  const now = (): View => {
    const { project, input } = current();
    view ??= { folder, ...(project ? { project } : {}), input, compilation: workspace.compilation() };
    return view;
  };
  return {
    key,
    folder,
    lone,
    has: (uri) => {
      const { project, input } = current();
      if (paths.has(uri)) return true;
      const others = [project, input.templates?.value.source, ...(input.locales ?? []).map(({ source }) => source)];
      return others.some((source) => source !== undefined && uriIn(folder, source.path) === uri);
    },
    textOf: (uri) => {
      current();
      return paths.get(uri)?.text;
    },
    reload: () => {
      known = undefined;
    },
    update: (uri, text) => {
      const before = current();
      const source = paths.get(uri);
      // What comes from a library is replaced with all the rest: the compiler's `update` knows own files only.
      if (!source || source.library) return false;
      const fresh = { path: source.path, text };
      paths.set(uri, fresh);
      known = { ...before, input: { ...before.input, files: [...paths.values()] } };
      workspace.update(source.path, text);
      view = undefined;
      return true;
    },
    view: now,
    diagnostics: () => {
      const { compilation } = now();
      return [...current().diagnostics, ...compilation.diagnostics];
    },
  };
}

/** Told at the head of the project file, which there is always. */
function unreadable({ path, isFolder, problem }: Unread, file: Source): Diagnostic {
  const what = path === PROJECT_FILE ? "this file" : `${isFolder ? "the folder " : ""}\`${path}\``;
  return diagnostic("P8001", { source: file, start: 0, end: 0 }, { problem: `${what} ${problem}` });
}
