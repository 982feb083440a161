/** `libraries` of the project file: packages or folders whose `.flow` files join those of the bot. */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Settings } from "../project/settings.ts";
import type { Source } from "../text/source.ts";
import { type FileSystem, parentOf, pathFrom, resolvePath, type Unread } from "./file-system.ts";
import { search } from "./search.ts";

export interface Libraries {
  /** Their paths are relative to the project, as those of all sources. */
  readonly sources: readonly Source[];
  /** Absolute. */
  readonly folders: readonly string[];
  /** P8001, in the project file. */
  readonly diagnostics: readonly Diagnostic[];
  readonly unread: readonly Unread[];
}

/** `own`: paths of the project's own files, which a library beside them does not bring a second time. */
export function readLibraries(files: FileSystem, dir: string, settings: Settings, own: ReadonlySet<string>): Libraries {
  const sources = new Map<string, Source>();
  const folders: string[] = [];
  const diagnostics: Diagnostic[] = [];
  const unread: Unread[] = [];
  for (const [i, name] of settings.libraries.entries()) {
    const folder = folderNamed(files, dir, name);
    const found = folder === undefined ? undefined : search(files, folder);
    if (folder !== undefined) folders.push(folder);
    if (!found || found.flows.length === 0) diagnostics.push(...missing(settings, i, name, folder !== undefined));
    for (const other of found?.unread ?? []) unread.push({ ...other, path: pathFrom(dir, `${folder}/${other.path}`) });
    for (const flow of found?.flows ?? []) {
      const path = pathFrom(dir, `${folder}/${flow}`);
      if (own.has(path)) continue;
      const read = files.read(`${folder}/${flow}`);
      if (read.problem !== undefined) unread.push({ path, isFolder: false, problem: read.problem });
      else sources.set(path, { path, text: read.text, library: true });
    }
  }
  return { sources: [...sources.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), folders, diagnostics, unread };
}

/** A folder where the name begins with a dot or a slash, else a package, looked for as Node does. */
function folderNamed(files: FileSystem, dir: string, name: string): string | undefined {
  if (/^(?:\.{0,2}[/\\]|\.{1,2}$)/.test(name)) {
    const folder = resolvePath(dir, name);
    return files.kindOf(folder) === "folder" ? folder : undefined;
  }
  if (name.split("/").includes("..")) return undefined;
  for (let at = dir; ; at = parentOf(at)) {
    const folder = `${at}/node_modules/${name}`;
    if (files.kindOf(folder) === "folder") return folder;
    if (parentOf(at) === at) return undefined;
  }
}

function missing({ places }: Settings, index: number, name: string, isFolder: boolean): readonly Diagnostic[] {
  const span = places?.libraries[index];
  if (!span) return [];
  const what = /^[./\\]/.test(name) ? "folder" : "package";
  const install = what === "package" ? "; install it, or write a folder as `./name`" : "";
  const problem = isFolder
    ? `the library \`${name}\` has no .flow file`
    : `the library \`${name}\` is not there: there is no such ${what}${install}`;
  return [diagnostic("P8001", span, { problem })];
}
