/** The `.flow` files of some paths, whatever bot they belong to, for commands that take each file by itself. */
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../exit.ts";
import { kindOf, PROJECT_FILE, search } from "./files.ts";
import { showPath } from "./show.ts";

/** Absolute paths, each once, sorted; without any given path those of `cwd`. */
export function flowFiles(paths: readonly string[], cwd: string): readonly string[] {
  const targets = paths.length === 0 ? [cwd] : paths.map((path) => resolve(cwd, path));
  return [...new Set(targets.flatMap((target) => filesAt(target, showPath(target, cwd))))].sort();
}

function filesAt(target: string, shown: string): readonly string[] {
  const kind = kindOf(target, shown);
  if (kind === "missing") throw new UsageError(`there is no file or folder ${shown}`);
  if (kind === "other") throw new UsageError(`${shown} is neither a file nor a folder`);
  const named = kind === "file" && basename(target) !== PROJECT_FILE;
  if (named && !target.endsWith(".flow")) throw new UsageError(`${shown} is not a .flow file`);
  if (named) return [target];
  const found = below(kind === "file" ? dirname(target) : target, shown);
  if (found.length === 0) throw new UsageError(`there is no .flow file in ${shown}`);
  return found;
}

function below(folder: string, shown: string): readonly string[] {
  const { flows, projects } = search(folder, shown);
  return [...flows.map((path) => join(folder, path)), ...projects.flatMap((path) => below(join(folder, path), shown))];
}
