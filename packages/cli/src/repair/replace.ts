/** Puts a new text in the place of a file's old one: whole or not at all. */
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UsageError } from "../exit.ts";
import { reasonOf, textOf } from "../project/files.ts";

const BYTE_ORDER_MARK = "\ufeff";

/** `before`: the text as it was read; a file that says something else by now is left alone. */
export function replaceText(path: string, before: string, after: string, shown: string): void {
  try {
    // Of a link the file is replaced, not the link.
    const real = realpathSync(path);
    const bytes = readFileSync(real);
    if (textOf(bytes, shown) !== before) throw new UsageError(`${shown} has changed in the meantime, run it again`);
    const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? BYTE_ORDER_MARK : "";
    replaceFile(real, mark + after);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${shown} cannot be written: ${reasonOf(error)}`);
  }
}

/** A reader, and a process that is killed, sees the old file or the new one. */
function replaceFile(path: string, text: string): void {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(beside, text, { mode: statSync(path).mode, flag: "wx" });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
