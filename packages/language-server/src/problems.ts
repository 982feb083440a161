/** Findings on their way to the client: pushed when a project has changed, or answered when it asks. */
import type { Code, Diagnostic as Finding } from "@parley/compiler";
import type { Diagnostic } from "vscode-languageserver";
import type { Documents } from "./documents.ts";
import { problemOf } from "./features/problems/problem.ts";
import type { Projects } from "./projects.ts";
import { uriOf } from "./view.ts";

export interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: Diagnostic[];
}

export interface Problems {
  /**
   * What the client does not know yet: files with other findings than when this was last asked, and open files of projects
   * whose text has another version since.
   */
  readonly news: () => readonly Published[];
  /** By canonical URI. */
  readonly current: () => ReadonlyMap<string, readonly Diagnostic[]>;
}

interface Told {
  readonly diagnostics: readonly Diagnostic[];
  readonly version: number | undefined;
}

export function createProblems(projects: Projects, documents: Documents, page?: (code: Code) => string): Problems {
  let told = new Map<string, Told>();
  // The compiler keeps the findings of what an edit did not touch.
  const converted = new WeakMap<Finding, Diagnostic>();
  const current = (): Map<string, Diagnostic[]> => {
    const found = new Map<string, Diagnostic[]>();
    for (const project of projects.all()) {
      const view = project.view();
      for (const one of project.diagnostics()) {
        const problem = converted.get(one) ?? problemOf(view, one, page);
        converted.set(one, problem);
        const uri = uriOf(view, one.span.source);
        const there = found.get(uri);
        if (there) there.push(problem);
        else found.set(uri, [problem]);
      }
    }
    return found;
  };
  return {
    current,
    news: () => {
      const now = current();
      for (const [uri] of documents.all()) if (!now.has(uri) && projects.of(uri)) now.set(uri, []);
      const before = told;
      told = new Map(
        [...now].map(([uri, diagnostics]) => [uri, { diagnostics, version: documents.get(uri)?.version }]),
      );
      const changed = [...told].filter(([uri, one]) => !isSame(before.get(uri), one)).map(([uri]) => uri);
      const gone = [...before].filter(([uri, { diagnostics }]) => !told.has(uri) && diagnostics.length > 0);
      return [...changed, ...gone.map(([uri]) => uri)].map((uri) => {
        const open = documents.get(uri);
        const diagnostics = [...(now.get(uri) ?? [])];
        return open ? { uri: open.uri, version: open.version, diagnostics } : { uri, diagnostics };
      });
    },
  };
}

/** Of a file that was closed the same findings need not be told again. */
function isSame(before: Told | undefined, now: Told): boolean {
  if (!before || (now.version !== undefined && now.version !== before.version)) return false;
  const { length } = now.diagnostics;
  if (length !== before.diagnostics.length) return false;
  if (now.diagnostics.every((one, i) => one === before.diagnostics[i])) return true;
  return JSON.stringify(now.diagnostics) === JSON.stringify(before.diagnostics);
}
