/** Paths as the forges want them: from the root of what was checked out. */
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Place } from "./finding.ts";

/** The folder that GitHub or GitLab checked out, where `cwd` is in it; else `cwd`. */
export function rootFor(cwd: string, env: NodeJS.ProcessEnv): string {
  for (const root of [env["GITHUB_WORKSPACE"], env["CI_PROJECT_DIR"]]) {
    if (root !== undefined && root !== "" && !isOutside(relative(root, cwd))) return root;
  }
  return cwd;
}

/** With `/`, relative to the root wherever that is possible. */
export function pathFromRoot(place: Place, cwd: string = process.cwd(), env: NodeJS.ProcessEnv = process.env): string {
  return relative(rootFor(cwd, env), resolve(cwd, place.shown)).split(sep).join("/");
}

function isOutside(path: string): boolean {
  return isAbsolute(path) || path === ".." || path.startsWith(`..${sep}`);
}
