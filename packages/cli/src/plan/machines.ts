/** The machine behind an argument of `parley plan`: a build, a project, or the project as it was in a revision of git. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { type Machine, MachineError, validateMachine } from "@parley/machine";
import { UsageError } from "../exit.ts";
import { outputOf } from "../project/compile.ts";
import { kindOf, readText } from "../project/files.ts";
import { compileForUse } from "../project/use.ts";

const REVISION = "git:";
const BUILT = "machine.json";

/** Undefined where the project has errors, which have been told. `around` is the project that a revision is one of. */
export async function machineAt(place: string, around: string): Promise<Machine | undefined> {
  if (place.startsWith(REVISION)) return machineOfRevision(place.slice(REVISION.length), around);
  const path = resolve(place);
  if (kindOf(path, place) === "missing") throw new UsageError(`${place} does not exist`);
  const built = path.endsWith(".json") ? path : join(path, BUILT);
  return kindOf(built, place) === "file" ? readMachine(built, place) : machineOfProject(place);
}

async function machineOfProject(path: string): Promise<Machine | undefined> {
  const compiled = await compileForUse(path);
  return compiled && outputOf(compiled)?.machine;
}

function readMachine(path: string, shown: string): Machine {
  try {
    const machine: unknown = JSON.parse(readText(path, shown));
    validateMachine(machine);
    return machine;
  } catch (error) {
    if (error instanceof MachineError || error instanceof SyntaxError)
      throw new UsageError(`${shown} is no machine of this version: ${error.message}`);
    throw error;
  }
}

/** The whole revision is unpacked: a project may have libraries beside it. */
async function machineOfRevision(revision: string, around: string): Promise<Machine | undefined> {
  const found = resolve(around);
  const folder = realpathSync(kindOf(found, around) === "file" ? dirname(found) : found);
  const top = realpathSync(git(["-C", folder, "rev-parse", "--show-toplevel"]).trim());
  const temporary = mkdtempSync(join(tmpdir(), "parley-plan-"));
  try {
    const [archive, tree] = [join(temporary, "tree.tar"), join(temporary, "tree")];
    git(["-C", top, "archive", "--format=tar", "-o", archive, revision]);
    mkdirSync(tree);
    run("tar", ["-xf", archive, "-C", tree]);
    const then = join(tree, relative(top, folder));
    if (kindOf(then) === "missing") throw new UsageError(`${around} is not in ${revision}`);
    return await machineOfProject(then);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function git(args: readonly string[]): string {
  return run("git", args);
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (error) throw new UsageError(`${command} cannot be run: ${error.message}`);
  if (status !== 0) throw new UsageError(`${command} says: ${stderr.trim().replace(/^fatal: /, "")}`);
  return stdout;
}
