import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/** The page of a diagnostic, by its path in the documentation: beside the bundle in a package, else in the repository. */
export function readPage(path: string): string {
  for (const place of [`./pages/${basename(path)}`, `../../../../${path}`]) {
    try {
      return readFileSync(fileURLToPath(new URL(place, import.meta.url)), "utf8");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }
  throw new Error(`the page ${path} is missing`);
}
