/** `libraries` of the project file: packages or folders whose `.flow` files join those of the bot. */
import { dirname, join, relative, sep } from "node:path";
import { type Diagnostic, diagnostic, type Settings, type Source } from "@parley/compiler";
import { kindOf, readText, search } from "./files.ts";

export interface Libraries {
  /** Their paths are relative to the project, as those of all sources. */
  readonly sources: readonly Source[];
  /** Absolute. */
  readonly folders: readonly string[];
  /** P8001, in the project file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** `own`: paths of the project's own files, which a library beside them does not bring a second time. */
export function loadLibraries(
  dir: string,
  settings: Settings,
  own: readonly string[],
  show: (path: string) => string,
): Libraries {
  const sources = new Map<string, Source>();
  const folders: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [i, name] of settings.libraries.entries()) {
    const folder = folderOf(dir, name);
    const flows = folder === undefined ? [] : search(folder, show(relative(dir, folder))).flows;
    if (folder !== undefined) folders.push(folder);
    if (flows.length === 0) diagnostics.push(...missing(settings, i, name, folder !== undefined));
    for (const flow of flows) {
      const file = join(folder ?? "", flow);
      const path = relative(dir, file).split(sep).join("/");
      if (own.includes(path)) continue;
      sources.set(path, { path, text: readText(file, show(path)), library: true });
    }
  }
  return { sources: [...sources.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), folders, diagnostics };
}

/** A folder where the name begins with a dot or a slash, else a package, looked for as Node does. */
function folderOf(dir: string, name: string): string | undefined {
  if (/^(?:\.{0,2}[/\\]|\.{1,2}$)/.test(name)) {
    const folder = name.startsWith("/") ? name : join(dir, name);
    return kindOf(folder) === "folder" ? folder : undefined;
  }
  if (name.split("/").includes("..")) return undefined;
  for (let at = dir; ; at = dirname(at)) {
    const folder = join(at, "node_modules", name);
    if (kindOf(folder) === "folder") return folder;
    if (dirname(at) === at) return undefined;
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
