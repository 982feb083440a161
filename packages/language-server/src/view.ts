/** What every feature is a function of: a compiled project and where its files are. */
import type { Compilation, Input, Source, Syntax } from "@parley/compiler";
import { canonical, relativePath, uriIn } from "./uris.ts";

/** One project as it was compiled last, unsaved texts of the editor included. */
export interface View {
  /** URI of the project's folder, without a slash at its end. */
  readonly folder: string;
  /** `parley.yaml`, where there is one. */
  readonly project?: Source;
  readonly input: Input;
  readonly compilation: Compilation;
}

/** The URI of a file of the project. */
export function uriOf(view: View, source: Source): string {
  return uriIn(view.folder, source.path);
}

/** The path of a URI in the project: with `..` at its beginning where it lies outside, as a library may. */
export function pathOf(view: View, uri: string): string {
  return relativePath(view.folder, canonical(uri));
}

/** The `.flow` file of a URI, as it was parsed last. */
export function fileOf(view: View, uri: string): Syntax.File | undefined {
  const path = pathOf(view, uri);
  return view.compilation.files.find((file) => file.source.path === path);
}

/** The text of any file of the project by its path, those of settings, translations and templates among them. */
export function sourceOf({ project, input }: View, path: string): Source | undefined {
  const { files, locales = [], templates } = input;
  const others = [project, templates?.value.source, ...locales.map(({ source }) => source)];
  return files.find((source) => source.path === path) ?? others.find((source) => source?.path === path);
}
