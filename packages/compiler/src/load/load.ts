/** From a folder with a project file to what the compiler takes, for every host alike. */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { type LocaleFile, parseLocale } from "../project/locale-file.ts";
import { localeFileMissing, parseProject } from "../project/project.ts";
import type { Settings } from "../project/settings.ts";
import { parseTemplates, type TemplatesFile } from "../syntax/listed.ts";
import type { Source } from "../text/source.ts";
import type { FileSystem, Unread } from "./file-system.ts";
import { matcher } from "./glob.ts";
import { readLibraries } from "./libraries.ts";
import { localePath } from "./locale-path.ts";
import { isForeignText, PROJECT_FILE, search } from "./search.ts";

/** A project whose settings and file names are known. */
export interface OpenedProject {
  /** Absolute. */
  readonly dir: string;
  readonly file: Source;
  readonly settings: Settings;
  /** Of the project file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Its own `.flow` files, sorted. */
  readonly flows: readonly string[];
  /** Whether `flows` of the settings choose a path. */
  readonly chooses: (path: string) => boolean;
  readonly unread: readonly Unread[];
}

export interface LoadedProject {
  /** Its own `.flow` files in the order of `flows`; behind them those of its libraries. */
  readonly sources: readonly Source[];
  /** The file of `templates:`. */
  readonly templates?: TemplatesFile;
  /** The locale files that are there. */
  readonly locales: readonly LocaleFile[];
  /** Folders of `libraries`, absolute. */
  readonly libraries: readonly string[];
  /** Of libraries and translations that are not there. */
  readonly diagnostics: readonly Diagnostic[];
  readonly unread: readonly Unread[];
}

/** `name`: the bot's where its project file gives none. */
export function openProject(files: FileSystem, dir: string, name: string): OpenedProject {
  const read = files.read(`${dir}/${PROJECT_FILE}`);
  const file = { path: PROJECT_FILE, text: read.problem === undefined ? read.text : "" };
  const { value: settings, diagnostics } = parseProject(file, name);
  const chooses = matcher(settings.flows);
  const found = search(files, dir);
  const unread = [
    ...(read.problem === undefined ? [] : [{ path: PROJECT_FILE, isFolder: false, problem: read.problem }]),
    ...found.unread,
  ];
  return { dir, file, settings, diagnostics, flows: found.flows.filter(chooses), chooses, unread };
}

export function readProject(
  files: FileSystem,
  { dir, file, settings }: OpenedProject,
  flows: readonly string[],
): LoadedProject {
  const unread: Unread[] = [];
  const read = (path: string): readonly Source[] => {
    const found = files.read(`${dir}/${path}`);
    if (found.problem === undefined) return [{ path, text: found.text }];
    unread.push({ path, isFolder: false, problem: found.problem });
    return [];
  };
  const own = flows.flatMap(read).filter(({ text }) => !isForeignText(text));
  const libraries = readLibraries(files, dir, settings, new Set(flows));
  unread.push(...libraries.unread);
  const [templates] =
    settings.templates === undefined ? [] : readTemplates(files, dir, settings.templates, read, unread);
  const diagnostics: Diagnostic[] = [];
  const locales = othersOf(settings).flatMap((locale) => {
    const path = localePath(settings, locale);
    if (files.kindOf(`${dir}/${path}`) === "missing") {
      diagnostics.push(localeFileMissing(file, locale, path));
      return [];
    }
    return read(path).map((source) => parseLocale(source, locale));
  });
  return {
    sources: [...own, ...libraries.sources],
    ...(templates ? { templates: parseTemplates(templates) } : {}),
    locales,
    libraries: libraries.folders,
    diagnostics: [...diagnostics, ...libraries.diagnostics],
    unread,
  };
}

/** The file of approved templates that the project file names. */
function readTemplates(
  files: FileSystem,
  dir: string,
  path: string,
  read: (path: string) => readonly Source[],
  unread: Unread[],
): readonly Source[] {
  if (files.kindOf(`${dir}/${path}`) === "file") return read(path);
  unread.push({ path, isFolder: false, problem: "is not there, and `templates` names it" });
  return [];
}

function othersOf({ locales }: Settings): readonly string[] {
  return locales.others.filter((name) => name !== locales.default);
}
