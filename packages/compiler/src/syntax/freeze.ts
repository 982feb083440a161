import type { File } from "./ast.ts";

/**
 * Makes a tree unwritable, for tests that prove that no phase writes to it. Not done by `parse`: its types forbid
 * writing already, and freezing takes about as long as parsing (measured at 10,000 lines).
 */
export function deepFreeze(file: File): File {
  const open: unknown[] = [file];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== "object" || next === null || Object.isFrozen(next)) continue;
    Object.freeze(next);
    for (const value of Object.values(next)) if (typeof value === "object" && value !== null) open.push(value);
  }
  return file;
}
