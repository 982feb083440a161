/** Folders of a test file, gone when it is over. */
import { afterAll } from "vitest";
import { folder } from "./parley.ts";

/** Gives a function that makes one. */
export function foldersOfThisFile(): (files: Readonly<Record<string, string | Uint8Array>>) => string {
  const cleaning: (() => void)[] = [];
  afterAll(() => {
    for (const clean of cleaning) clean();
  });
  return (files) => {
    const { dir, clean } = folder(files);
    cleaning.push(clean);
    return dir;
  };
}
