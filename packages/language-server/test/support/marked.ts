/** Projects with marks in their texts. */
import type { Source, Syntax } from "@parley/compiler";
import type { View } from "../../src/view.ts";
import { viewOf } from "./projects.ts";

export interface Marked {
  readonly view: View;
  /** The file with the cursor as a `.flow` file; of other files there is none. */
  readonly file: Syntax.File;
  /** The same file, of whatever kind. */
  readonly source: Source;
  readonly offset: number;
  /** What `«…»` mark, as `path:start-end`, in the order of the files and of the text. */
  readonly ranges: readonly string[];
}

/** `‸` is the cursor, `«…»` what is expected. A text alone is `main.flow`. */
export function marked(given: string | Readonly<Record<string, string>>): Marked {
  const ranges: string[] = [];
  const sources: Source[] = [];
  let at: { readonly path: string; readonly offset: number } | undefined;
  for (const [path, text] of Object.entries(typeof given === "string" ? { "main.flow": given } : given)) {
    let clean = "";
    const open: number[] = [];
    for (const part of text.split(/([‸«»])/)) {
      if (part === "‸") at = { path, offset: clean.length };
      else if (part === "«") open.push(clean.length);
      else if (part === "»") ranges.push(`${path}:${open.pop()}-${clean.length}`);
      else clean += part;
    }
    sources.push({ path, text: clean });
  }
  if (!at) throw new Error("no file has a cursor");
  const { path, offset } = at;
  const view = viewOf(sources);
  const file = view.compilation.files.find((one) => one.source.path === path) ?? view.compilation.files[0];
  const source =
    [...view.input.files, ...(view.input.locales ?? []).map((one) => one.source), view.project].find(
      (one) => one?.path === path,
    ) ?? file?.source;
  if (!file || !source) throw new Error(`${path} is no file of the project`);
  return { view, file, source, offset, ranges };
}
