/** What every feature is a function of: a compiled project and where its files are. */
import type { Compilation, Input, Source, Syntax } from "@parley/compiler";

/** One project as it was compiled last, unsaved texts of the editor included. */
export interface View {
  /** URI of the project's folder, without a slash at its end. */
  readonly folder: string;
  readonly input: Input;
  readonly compilation: Compilation;
}

/** The URI of a file of the project. */
export function uriOf(view: View, source: Source): string {
  return `${view.folder}/${source.path.split("/").map(encodeURIComponent).join("/")}`;
}

/** The path of a URI inside the project; undefined outside. */
export function pathOf(view: View, uri: string): string | undefined {
  const inside = `${view.folder}/`;
  return uri.startsWith(inside) ? decodeURIComponent(uri.slice(inside.length)) : undefined;
}

/** The `.flow` file of a URI, as it was parsed last. */
export function fileOf(view: View, uri: string): Syntax.File | undefined {
  const path = pathOf(view, uri);
  return view.compilation.files.find((file) => file.source.path === path);
}
