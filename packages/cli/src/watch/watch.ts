/** `check --watch`: checks again whenever a file that counts has changed, until it is stopped. */
import { dirname, join, resolve } from "node:path";
import { UsageError } from "../exit.ts";
import { foldersBelow, kindOf } from "../project/files.ts";
import type { Project } from "../project/load.ts";
import { stopSignals } from "../serve/stop.ts";
import { type Changes, watchFolders } from "./changes.ts";

const CLEAR = "\u001b[2J\u001b[3J\u001b[H";

/** `load` reads the files, `tell` checks and reports them. Gives the exit status. */
export async function watchProjects(
  paths: readonly string[],
  load: () => Promise<readonly Project[]>,
  tell: (projects: readonly Project[]) => Promise<void>,
): Promise<number> {
  let projects = await load();
  const stop = stopSignals();
  const changes = watchFolders();
  let known = "";
  try {
    changes.follow(foldersOf(paths, projects));
    known = contentOf(projects);
    await told(() => tell(projects));
    while (!(await stopped(stop.asked, changes))) {
      const read = await attempt(load);
      if (read.projects) projects = read.projects;
      const content = read.projects ? contentOf(projects) : read.problem;
      if (content === known) continue;
      known = content;
      changes.follow(foldersOf(paths, projects));
      await told(async () => {
        if (read.projects) await tell(projects);
        else process.stderr.write(`error: ${read.problem}\n`);
      });
    }
    return await stop.asked;
  } finally {
    changes.close();
    stop.release();
  }
}

async function stopped(asked: Promise<number>, changes: Changes): Promise<boolean> {
  return Promise.race([asked.then(() => true), changes.next().then(() => false)]);
}

/** Only a terminal is cleared: what goes into a file or a pipe stays. */
async function told(tell: () => Promise<void>): Promise<void> {
  if (process.stdout.isTTY) process.stdout.write(CLEAR);
  await tell();
  process.stderr.write("watching for changes, Ctrl-C ends\n");
}

type Read = { readonly projects: readonly Project[] } | { readonly projects: undefined; readonly problem: string };

/** What cannot be read now may be there again in a moment. */
async function attempt(load: () => Promise<readonly Project[]>): Promise<Read> {
  try {
    return { projects: await load() };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { projects: undefined, problem: error.message };
  }
}

/** All that a check depends on: a file that was touched, or written by us, changes nothing. */
function contentOf(projects: readonly Project[]): string {
  return JSON.stringify(projects);
}

/** Of a project and of a folder that was named, all folders; of a file by itself, its own. */
function foldersOf(paths: readonly string[], projects: readonly Project[]): readonly string[] {
  const named = (paths.length === 0 ? ["."] : paths).map((path) => resolve(path));
  const whole = [
    ...named.filter((path) => kindOf(path) === "folder"),
    ...projects.filter((p) => !p.settings.lone).flatMap((p) => [p.dir, ...(p.libraries ?? [])]),
  ];
  const folders = whole.filter((dir) => kindOf(dir) === "folder");
  const below = folders.flatMap((dir) => [dir, ...foldersBelow(dir).map((path) => join(dir, path))]);
  const alone = named.filter((path) => kindOf(path) !== "folder").map(dirname);
  return [...new Set([...below, ...alone.filter((dir) => kindOf(dir) === "folder")])];
}
