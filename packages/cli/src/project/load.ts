/** From what was typed to projects with their files read. */
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import {
  DEFAULT_SETTINGS,
  type Diagnostic,
  type FileSystem,
  type LoadedProject,
  type LocaleFile,
  localePath,
  type OpenedProject,
  type Settings,
  type Source,
  type TemplatesFile,
} from "@parley/compiler";
import { UsageError } from "../exit.ts";
import { DISK, kindOf, PROJECT_FILE, readText, search, unreadable } from "./files.ts";
import { showPath } from "./show.ts";

export interface Project {
  /** Absolute. */
  readonly dir: string;
  readonly settings: Settings;
  /** Its `.flow` files, sorted by path; behind them those of its libraries. */
  readonly sources: readonly Source[];
  /** The file of `templates:`. */
  readonly templates?: TemplatesFile;
  /** Folders of `libraries`, absolute. */
  readonly libraries?: readonly string[];
  /** The locale files that are there. */
  readonly locales?: readonly LocaleFile[];
  /** Of the project file. */
  readonly diagnostics: readonly Diagnostic[];
  /** Paths within the project that were asked for; everything where it is empty. */
  readonly only: readonly string[];
  /** How people call a file of the project. */
  readonly show: (path: string) => string;
}

/** Text that stands for a file: what an editor has not saved yet, or standard input. */
export interface Given {
  readonly path: string;
  readonly text: string;
}

/** The projects of some paths; without any the one around `cwd`, else all below it. */
export async function loadProjects(paths: readonly string[], cwd: string, given?: Given): Promise<readonly Project[]> {
  const targets = paths.length === 0 ? [cwd] : paths.map((path) => resolve(cwd, path));
  const wanted = new Map<
    string,
    { readonly load: (only: readonly string[]) => Promise<Project>; only: readonly string[] | undefined }
  >();
  for (const target of given ? [resolve(cwd, given.path)] : targets) {
    for (const found of projectsAt(target, cwd, given)) {
      const known = wanted.get(found.key);
      const whole = found.only === undefined || (known !== undefined && known.only === undefined);
      const only = whole ? undefined : [...(known?.only ?? []), found.only ?? ""];
      wanted.set(found.key, { load: found.load, only });
    }
  }
  return Promise.all([...wanted.values()].map(({ load, only }) => load(only ?? [])));
}

/** The one project of a path, for commands that work on one. */
export async function loadProject(path: string | undefined, cwd: string): Promise<Project> {
  const projects = await loadProjects(path === undefined ? [] : [path], cwd);
  const [project] = projects;
  if (project === undefined || projects.length > 1) {
    const names = projects.slice(0, 3).map((p) => p.show("."));
    throw new UsageError(`there are ${projects.length} bots here (${names.join(", ")}…), name one`);
  }
  return { ...project, only: [] };
}

interface Candidate {
  readonly key: string;
  /** The part of the project that was asked for. */
  readonly only: string | undefined;
  readonly load: (only: readonly string[]) => Promise<Project>;
}

function projectsAt(target: string, cwd: string, given: Given | undefined): readonly Candidate[] {
  const shown = showPath(target, cwd);
  const kind = given ? "file" : kindOf(target, shown);
  if (kind === "missing") throw new UsageError(`there is no file or folder ${shown}`);
  if (kind === "other") throw new UsageError(`${shown} is neither a file nor a folder`);
  const home = above(kind === "folder" ? target : dirname(target));
  const isFlow = target.endsWith(".flow") || basename(target) === PROJECT_FILE;
  // A file of translations or templates is a part of its project.
  const maybePart = home !== undefined && /\.(?:ya?ml|json)$/.test(target);
  if (kind === "file" && !isFlow && !maybePart) throw new UsageError(`${shown} is not a .flow file`);
  if (home !== undefined) {
    const within = relative(home, target).split(sep).join("/");
    const whole = within === "" || within === PROJECT_FILE;
    return [{ key: home, only: whole ? undefined : within, load: (only) => inFolder(home, cwd, only, given) }];
  }
  if (kind === "file") return [lone(target, cwd, given)];
  const { flows, projects } = search(target, shown);
  if (flows.length + projects.length === 0) throw new UsageError(`there is no .flow file in ${shown}`);
  return [
    ...projects.flatMap((path) => projectsAt(join(target, path), cwd, undefined)),
    ...flows.map((path) => lone(join(target, path), cwd, undefined)),
  ];
}

/** The nearest folder from here upwards that has a project file. */
function above(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (kindOf(join(at, PROJECT_FILE)) === "file") return at;
    if (dirname(at) === at) return undefined;
  }
}

function lone(target: string, cwd: string, given: Given | undefined): Candidate {
  const dir = dirname(target);
  const path = basename(target);
  const load = async (): Promise<Project> => ({
    dir,
    settings: { ...DEFAULT_SETTINGS, name: path.replace(/\.flow$/, "") },
    sources: [{ path, text: given ? given.text : readText(target, showPath(target, cwd)) }],
    diagnostics: [],
    only: [],
    show: (file) => showPath(join(dir, file), cwd),
  });
  return { key: target, only: undefined, load };
}

async function inFolder(dir: string, cwd: string, only: readonly string[], given: Given | undefined): Promise<Project> {
  const show = (file: string): string => showPath(join(dir, file), cwd);
  // Only projects need the reader of YAML.
  const { openProject, readProject } = await import("./settings.ts");
  const { files, replaced } = given ? replacing(given, dir, cwd) : { files: DISK, replaced: undefined };
  const opened = told(openProject(files, dir.split(sep).join("/"), basename(dir)), show);
  const { settings } = opened;
  const flows = [...opened.flows];
  if (replaced?.endsWith(".flow") && !flows.includes(replaced)) flows.push(replaced);
  if (flows.length === 0) throw new UsageError(`no file matches \`flows\` of ${show(PROJECT_FILE)}`);
  for (const path of only)
    checkPart(path, { dir, settings, flows: replaced === undefined ? flows : [...flows, replaced], show });
  const { sources, templates, locales, libraries, diagnostics } = told(readProject(files, opened, flows.sort()), show);
  return {
    dir,
    settings,
    sources,
    ...(templates ? { templates } : {}),
    locales,
    ...(settings.libraries.length > 0 ? { libraries } : {}),
    diagnostics: [...opened.diagnostics, ...diagnostics],
    only,
    show,
  };
}

/** What cannot be read is a mistake of the user. */
function told<P extends OpenedProject | LoadedProject>(project: P, show: (path: string) => string): P {
  for (const one of project.unread) throw unreadable(one, show);
  return project;
}

/** The disk, with the given text in place of its file. */
function replacing(given: Given, dir: string, cwd: string): { readonly files: FileSystem; readonly replaced: string } {
  const path = resolve(cwd, given.path);
  const is = (other: string): boolean => resolve(other) === path;
  const files: FileSystem = {
    kindOf: (other) => (is(other) ? "file" : DISK.kindOf(other)),
    read: (other) => (is(other) ? { text: given.text } : DISK.read(other)),
    entries: DISK.entries,
  };
  return { files, replaced: relative(dir, path).split(sep).join("/") };
}

interface Parts {
  readonly dir: string;
  readonly settings: Settings;
  readonly flows: readonly string[];
  readonly show: (path: string) => string;
}

/** Whether a path that was asked for is a part of the project. */
function checkPart(path: string, { dir, settings, flows, show }: Parts): void {
  const isFile = kindOf(join(dir, path)) === "file";
  if (/\.(?:ya?ml|json)$/.test(path) && isFile) {
    if (path === settings.templates || settings.locales.others.some((name) => path === localePath(settings, name)))
      return;
    throw new UsageError(
      `${show(path)} is neither a .flow file nor a locale or templates file of ${show(PROJECT_FILE)}`,
    );
  }
  if (path.endsWith(".flow") && isFile && !flows.includes(path)) {
    throw new UsageError(`${show(path)} is not among the \`flows\` of ${show(PROJECT_FILE)}`);
  }
  if (!flows.some((flow) => within(flow, path))) throw new UsageError(`there is no .flow file in ${show(path)}`);
}

/** Whether a path is another one or lies below it. */
export function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
