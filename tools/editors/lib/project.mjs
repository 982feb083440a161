/** A copy of the pizzeria with a mistake in it, for editors that are driven from outside. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** The command as it is built: `npm run build`. */
export const PARLEY = join(ROOT, "packages/cli/bin/parley.mjs");

export function wrongPizzeria() {
  const folder = mkdtempSync(join(tmpdir(), "parley-editor-"));
  cpSync(join(ROOT, "examples/02-pizzeria"), folder, { recursive: true });
  const flow = join(folder, "order.flow");
  const text = readFileSync(flow, "utf8").replace('"Order a pizza"', '"Order a pizza and whatever you like"');
  writeFileSync(flow, text);
  return { folder, flow, text, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Of the beginning of a text, from 0. */
export function placeIn(text, wanted, after = 0) {
  const before = text.slice(0, text.indexOf(wanted) + after).split("\n");
  return { line: before.length - 1, character: before.at(-1).length };
}
