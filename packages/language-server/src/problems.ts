/** Findings on their way to the client: pushed when a project has changed, or answered when it asks. */
import type { Code } from "@parley/compiler";
import type { Diagnostic } from "vscode-languageserver";
import type { Documents } from "./documents.ts";
import { problemOf } from "./features/problems/problem.ts";
import type { Project } from "./project.ts";
import type { Projects } from "./projects.ts";
import { uriOf } from "./view.ts";

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: Diagnostic[];
}

export interface Problems {
  /** What the client does not know yet: files with other findings than when this was last asked. */
  readonly news: () => readonly Published[];
  /** By canonical URI. */
  readonly current: () => ReadonlyMap<string, readonly Diagnostic[]>;
}

export function createProblems(projects: Projects, documents: Documents, page?: (code: Code) => string): Problems {
  let told = new Map<string, string>();
  const current = (): ReadonlyMap<string, readonly Diagnostic[]> => {
    const found = new Map<string, Diagnostic[]>();
    for (const project of projects.all()) addProblems(found, project, page);
    return found;
  };
  return {
    current,
    news: () => {
      const now = current();
      const texts = new Map([...now].map(([uri, diagnostics]) => [uri, JSON.stringify(diagnostics)]));
      const changed = [...texts].filter(([uri, text]) => told.get(uri) !== text).map(([uri]) => uri);
      const gone = [...told.keys()].filter((uri) => !texts.has(uri));
      told = texts;
      return [...changed, ...gone].map((uri) => {
        const open = documents.get(uri);
        const diagnostics = [...(now.get(uri) ?? [])];
        return open ? { uri: open.uri, version: open.version, diagnostics } : { uri, diagnostics };
      });
    },
  };
}

function addProblems(to: Map<string, Diagnostic[]>, project: Project, page?: (code: Code) => string): void {
  const view = project.view();
  for (const found of project.diagnostics()) {
    const uri = uriOf(view, found.span.source);
    const problem = problemOf(view, found, page);
    const there = to.get(uri);
    if (there) there.push(problem);
    else to.set(uri, [problem]);
  }
}
