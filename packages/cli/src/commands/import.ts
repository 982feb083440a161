import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { importMessages } from "@parley/compiler";
import { EXIT, UsageError } from "../exit.ts";
import { readText, reasonOf, textOf } from "../project/files.ts";
import { showPath } from "../project/show.ts";
import { writeText } from "../report/write.ts";
import type { Run } from "./command.ts";

export const importFlow: Run = async ([path = "-"], options) => {
  const cwd = process.cwd();
  const shown = path === "-" ? "standard input" : showPath(resolve(cwd, path), cwd);
  const text = path === "-" ? readStandardInput() : readText(resolve(cwd, path), shown);
  const { text: flow, notes, refused } = importMessages(parsed(text, shown));
  for (const { index, reason } of refused) process.stderr.write(`message ${index + 1} is left out: ${reason}\n`);
  for (const note of notes) process.stderr.write(`note: ${note}\n`);
  if (options.out === undefined) process.stdout.write(flow);
  else writeText(resolve(cwd, options.out), flow);
  return refused.length > 0 ? EXIT.findings : EXIT.clean;
};

function readStandardInput(): string {
  try {
    return textOf(readFileSync(0), "standard input");
  } catch (error) {
    throw new UsageError(`standard input cannot be read: ${reasonOf(error)}`);
  }
}

function parsed(text: string, shown: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new UsageError(`${shown} is not JSON: ${reasonOf(error)}`);
  }
}
