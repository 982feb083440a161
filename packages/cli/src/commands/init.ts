import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { EXIT, UsageError } from "../exit.ts";
import { botName, type NewFile, templateFiles } from "../init/files.ts";
import { TEMPLATES } from "../init/templates.ts";
import { kindOf, PROJECT_FILE, reasonOf } from "../project/files.ts";
import { showPath } from "../project/show.ts";
import type { Run } from "./command.ts";

export const init: Run = async ([dir = "."], options) => {
  const { template: named } = options;
  if (named !== undefined && !TEMPLATES.some((t) => t.name === named)) {
    throw new UsageError(`there is no template ${named}; there are ${TEMPLATES.map((t) => t.name).join(", ")}`);
  }
  const asks = named === undefined && !options.yes && process.stdin.isTTY && process.stderr.isTTY;
  const template = asks ? await (await import("../init/ask.ts")).askTemplate() : (named ?? "hello");
  if (template === undefined) return EXIT.interrupted;
  const cwd = process.cwd();
  const target = resolve(cwd, dir);
  const shown = showPath(target, cwd);
  const files = templateFiles(template, botName(target)).filter((file) => isWanted(file, target, shown));
  for (const file of files) write(join(target, file.path), file.text, showPath(join(target, file.path), cwd));
  process.stdout.write(nextSteps(shown, files));
  return EXIT.clean;
};

/** Files of the bot that are there already stop everything; a `.gitignore` or a workflow is kept as it is. */
function isWanted({ path, common }: NewFile, target: string, shown: string): boolean {
  const kind = kindOf(target, shown);
  if (kind !== "folder" && kind !== "missing") throw new UsageError(`${shown} is not a folder`);
  if (kind === "missing" || kindOf(join(target, path), path) === "missing") return true;
  if (common) {
    process.stderr.write(`note: ${path} is there already and stays as it is\n`);
    return false;
  }
  const what = path === PROJECT_FILE ? "there is a bot already" : `there is a file ${path} already`;
  throw new UsageError(`${what} in ${shown}: nothing was written`);
}

/** Fails where something has come to be there in the meantime. */
function write(path: string, text: string, shown: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    throw new UsageError(`${shown} cannot be written: ${reasonOf(error)}`);
  }
}

function nextSteps(dir: string, files: readonly NewFile[]): string {
  const enter = dir === "." ? "" : `  cd ${/^[\w./-]+$/.test(dir) ? dir : `'${dir.replaceAll("'", "'\\''")}'`}\n`;
  return [
    ...files.map(({ path }) => `wrote ${dir === "." ? "" : `${dir}/`}${path}\n`),
    "\nNext:\n",
    enter,
    "  parley chat                  talk to it in the terminal\n",
    "  parley test                  run its tests\n",
    "  parley check --watch         see mistakes while you write\n",
    "  parley serve --emulator      run it against a WhatsApp of its own\n",
  ].join("");
}
