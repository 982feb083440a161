/** Compiles projects again and again, while somebody works on them. */
import { createWorkspace, type Workspace } from "@parley/compiler";
import { type Compiled, compileIn } from "./compile.ts";
import type { Project } from "./load.ts";

/** Of a project that was compiled before, only what has changed is looked at again. */
export function compileChanged(): (project: Project) => Compiled {
  const workspaces = new Map<string, Workspace>();
  return (project) => {
    const key = project.settings.lone ? project.show(project.sources[0]?.path ?? ".") : project.dir;
    const workspace = workspaces.get(key) ?? createWorkspace(project.settings);
    workspaces.set(key, workspace);
    return compileIn(workspace, project);
  };
}
