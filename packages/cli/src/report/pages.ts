import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/** The page of a diagnostic, by its path in the documentation. */
export function readPage(path: string): string {
  return readFileSync(fileURLToPath(pageFile(path)), "utf8");
}

/** Beside the bundle in a package, else in the repository. */
export function pageFile(path: string): URL {
  const places = [`./pages/${basename(path)}`, `../../../../${path}`].map((place) => new URL(place, import.meta.url));
  const found = places.find((place) => existsSync(fileURLToPath(place)));
  if (!found) throw new Error(`the page ${path} is missing`);
  return found;
}
