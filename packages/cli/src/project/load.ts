/** From what was typed to projects with their files read. */
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import {
  DEFAULT_SETTINGS,
  type Diagnostic,
  type LocaleFile,
  type Settings,
  type Source,
  type TemplatesFile,
} from "@parley/compiler";
import { UsageError } from "../exit.ts";
import { kindOf, PROJECT_FILE, readText, search } from "./files.ts";
import { matcher } from "./glob.ts";
import { loadLibraries } from "./libraries.ts";
import { localePath, localesOf } from "./locales.ts";
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
  const file = { path: PROJECT_FILE, text: readText(join(dir, PROJECT_FILE), show(PROJECT_FILE)) };
  // Only projects need the reader of YAML.
  const { parseProject, parseTemplates } = await import("./settings.ts");
  const { value: settings, diagnostics } = parseProject(file, basename(dir));
  const chosen = matcher(settings.flows);
  const paths = search(dir, show(".")).flows.filter(chosen);
  const replaced = given && relative(dir, resolve(cwd, given.path)).split(sep).join("/");
  if (replaced !== undefined && !paths.includes(replaced)) paths.push(replaced);
  if (paths.length === 0) throw new UsageError(`no file matches \`flows\` of ${show(PROJECT_FILE)}`);
  for (const path of only) {
    if (/\.(?:ya?ml|json)$/.test(path) && kindOf(join(dir, path)) === "file") {
      if (path === settings.templates || settings.locales.others.some((name) => path === localePath(settings, name)))
        continue;
      throw new UsageError(
        `${show(path)} is neither a .flow file nor a locale or templates file of ${show(PROJECT_FILE)}`,
      );
    }
    if (path.endsWith(".flow") && kindOf(join(dir, path)) === "file" && !paths.includes(path)) {
      throw new UsageError(`${show(path)} is not among the \`flows\` of ${show(PROJECT_FILE)}`);
    }
    if (!paths.some((p) => within(p, path))) throw new UsageError(`there is no .flow file in ${show(path)}`);
  }
  const ours = paths.sort().map((path) => ({
    path,
    text: given && path === replaced ? given.text : readText(join(dir, path), show(path)),
  }));
  const libraries = settings.libraries.length > 0 ? loadLibraries(dir, settings, paths, show) : undefined;
  const sources = [...ours, ...(libraries?.sources ?? [])];
  const templates = templatesOf(dir, settings, given && { path: replaced ?? "", text: given.text }, show);
  const locales = await localesOf(dir, settings, file, show);
  return {
    dir,
    settings,
    sources,
    ...(templates ? { templates: parseTemplates(templates) } : {}),
    locales: locales.locales,
    ...(libraries ? { libraries: libraries.folders } : {}),
    diagnostics: [...diagnostics, ...locales.diagnostics, ...(libraries?.diagnostics ?? [])],
    only,
    show,
  };
}

/** The file of approved templates that the project file names. */
function templatesOf(
  dir: string,
  { templates: path }: Settings,
  given: Given | undefined,
  show: (file: string) => string,
): Source | undefined {
  if (path === undefined) return undefined;
  if (given?.path === path) return given;
  if (kindOf(join(dir, path)) !== "file")
    throw new UsageError(`there is no file ${show(path)}, which \`templates\` names`);
  return { path, text: readText(join(dir, path), show(path)) };
}

/** Whether a path is another one or lies below it. */
export function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
