/** Where a bot keeps its conversations: `.parley` of its project. */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../exit.ts";
import { reasonOf } from "../project/files.ts";
import type { Project } from "../project/load.ts";

/** The database's file, in a folder that is made. */
export function databasePath(project: Project, name: string): string {
  return join(folderOf(project), `${name}.db`);
}

const NEW = /^new-([0-9]+)\.db/;

/** A new file for this process; those of processes that have ended are taken away. */
export function newDatabasePath(project: Project): string {
  const folder = folderOf(project);
  for (const file of readdirSync(folder)) {
    const pid = Number(NEW.exec(file)?.[1] ?? Number.NaN);
    if (pid > 0 && (pid === process.pid || !isRunning(pid))) rmSync(join(folder, file), { force: true });
  }
  return join(folder, `new-${process.pid}.db`);
}

/** Removes a database with the files that SQLite keeps beside it. */
export function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm", ".lock", ".backup"]) rmSync(path + suffix, { force: true });
}

function folderOf(project: Project): string {
  const folder = join(project.dir, ".parley");
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`${project.show(".parley")} cannot be made: ${reasonOf(error)}`);
  }
  return folder;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one, too.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
