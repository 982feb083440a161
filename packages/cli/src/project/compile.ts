/** Compiles loaded projects; a failure of ours names the file that it came up with. */
import {
  type Compilation,
  compile,
  type Diagnostic,
  type Settings,
  type Source,
  withSeverities,
} from "@parley/compiler";
import { BugIn } from "../exit.ts";
import { type Finding, findingOf, type Report, reportOf } from "../report/finding.ts";
import { type Project, within } from "./load.ts";

export interface Compiled {
  readonly project: Project;
  readonly compilation: Compilation;
  /** Those of the project file and of the flows, with the project's severities. */
  readonly diagnostics: readonly Diagnostic[];
}

export function compileProject(project: Project): Compiled {
  const { settings, sources } = project;
  const compilation = guarded(settings, sources, project.show);
  const diagnostics = withSeverities([...project.diagnostics, ...compilation.diagnostics], settings.lint);
  return { project, compilation, diagnostics };
}

/** What was found in one or more projects, where the parts that were asked for are concerned. */
export function reportOn(compiled: readonly Compiled[]): Report {
  const findings: Finding[] = [];
  let files = 0;
  for (const { project, diagnostics } of compiled) {
    const asked = (path: string): boolean =>
      project.only.length === 0 || project.only.some((only) => within(path, only)) || !path.endsWith(".flow");
    files += project.sources.filter((s) => asked(s.path)).length;
    for (const d of diagnostics) if (asked(d.span.source.path)) findings.push(findingOf(d, project.show));
  }
  return reportOf(findings, files);
}

function guarded(settings: Settings, sources: readonly Source[], show: (path: string) => string): Compilation {
  try {
    return compile({ settings, files: sources });
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
