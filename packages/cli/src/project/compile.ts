/** Compiles loaded projects; a failure of ours names the file that it came up with. */
import {
  type Compilation,
  compile,
  type Diagnostic,
  type Input,
  type Output,
  type Settings,
  type Source,
  type Workspace,
  withSeverities,
} from "@parley/compiler";
import { BugIn } from "../exit.ts";
import { type Finding, findingOf, type Report, reportOf } from "../report/finding.ts";
import { PROJECT_FILE } from "./files.ts";
import { type Project, within } from "./load.ts";

export interface Compiled {
  readonly project: Project;
  readonly compilation: Compilation;
  /** Those of the project file and of the flows, with the project's severities. */
  readonly diagnostics: readonly Diagnostic[];
}

export function compileProject(project: Project): Compiled {
  return compiledBy(project, compile);
}

/** The same, where the workspace has compiled the project before. */
export function compileIn(workspace: Workspace, project: Project): Compiled {
  return compiledBy(project, (input) => {
    workspace.replace(input);
    return workspace.compilation();
  });
}

function compiledBy(project: Project, run: (input: Input) => Compilation): Compiled {
  const compilation = guarded(project, run);
  const diagnostics = [...withSeverities(project.diagnostics, project.settings.lint), ...compilation.diagnostics];
  return { project, compilation, diagnostics };
}

/** What can be run; undefined where there are errors. */
export function outputOf({ project, compilation, diagnostics }: Compiled): Output | undefined {
  if (diagnostics.some((d) => d.severity === "error")) return undefined;
  try {
    return compilation.output;
  } catch (error) {
    throw new BugIn(named(project), error);
  }
}

/** Rules of ours that failed; to be thrown when the findings have been told. */
export function bugIn(compiled: readonly Compiled[]): BugIn | undefined {
  for (const { project, compilation } of compiled) {
    const [failure] = compilation.failures;
    if (failure) return new BugIn(`${named(project)} (rule ${failure.rule})`, failure.error);
  }
  return undefined;
}

/** What was found in one or more projects, where the parts that were asked for are concerned. */
export function reportOn(compiled: readonly Compiled[]): Report {
  const findings: Finding[] = [];
  let files = 0;
  for (const one of compiled) {
    files += one.project.sources.filter((s) => isAsked(one.project, s.path)).length;
    for (const d of askedOf(one)) findings.push(toldOf(d, one.project));
  }
  return reportOf(findings, files);
}

/** Those where the parts that were asked for are concerned. */
export function askedOf({ project, diagnostics }: Compiled): readonly Diagnostic[] {
  return diagnostics.filter((d) => isAsked(project, d.span.source.path));
}

/** The project file always is; those of translations and templates are unless one of them is asked for by its name. */
function isAsked({ only }: Project, path: string): boolean {
  if (only.length === 0 || only.some((part) => within(path, part)) || path === PROJECT_FILE) return true;
  return !path.endsWith(".flow") && !only.some((part) => /\.(?:ya?ml|json)$/.test(part));
}

function toldOf(d: Diagnostic, { show }: Project): Finding {
  try {
    return findingOf(d, show);
  } catch (error) {
    throw new BugIn(`${show(d.span.source.path)} (${d.code})`, error);
  }
}

/** The file of a lone one, else the folder. */
function named({ sources, show }: Project): string {
  return show(sources.length === 1 ? (sources[0]?.path ?? ".") : ".");
}

function guarded(project: Project, run: (input: Input) => Compilation): Compilation {
  const { settings, sources, templates, locales = [], show } = project;
  try {
    return run({ settings, files: sources, ...(templates ? { templates } : {}), locales });
  } catch (error) {
    throw new BugIn(show(culprit(settings, sources) ?? "."), error);
  }
}

/** The file that fails by itself, where there is one. */
function culprit(settings: Settings, sources: readonly Source[]): string | undefined {
  for (const source of sources) {
    try {
      compile({ settings, files: [source] });
    } catch {
      return source.path;
    }
  }
  return undefined;
}
