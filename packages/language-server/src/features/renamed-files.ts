/** What has to change when files are renamed: the places of the project file that name them. */
import { localePath, type Source } from "@parley/compiler";
import type { FileRename, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { toRange } from "../positions.ts";
import { canonical } from "../uris.ts";
import { pathOf, uriOf, type View } from "../view.ts";
import { entryAt, writtenAs, type YamlPart, yamlTree } from "./data/yaml-tree.ts";

/** Of every project that files or folders are renamed in; undefined where nothing names them. */
export function renamedFiles(views: readonly View[], files: readonly FileRename[]): WorkspaceEdit | undefined {
  const changes: Record<string, TextEdit[]> = {};
  for (const view of views) {
    const { project } = view;
    if (!project) continue;
    const edits = partsIn(view, project, files).map(({ part, text }): TextEdit => {
      return {
        range: toRange({ source: project, start: part.start, end: part.end }),
        newText: writtenAs(project.text, part, text),
      };
    });
    if (edits.length > 0) changes[uriOf(view, project)] = edits;
  }
  return Object.keys(changes).length > 0 ? { changes } : undefined;
}

interface Renamed {
  readonly part: YamlPart;
  readonly text: string;
}

function partsIn(view: View, project: Source, files: readonly FileRename[]): readonly Renamed[] {
  const tree = yamlTree(project.text);
  const templates = entryAt(tree, "templates")?.value;
  const dir = entryAt(tree, "locales", "dir")?.value;
  const folders = entryAt(tree, "libraries")?.items ?? [];
  const flows = (entryAt(tree, "flows")?.items ?? []).filter(({ text }) => !/[*?{[!]/.test(text));
  const paths = [templates, dir, ...folders, ...flows].filter((part) => part !== undefined && part.text !== "");
  const found = new Map<YamlPart, string>();
  for (const { oldUri, newUri } of files) {
    const [before, after] = [pathOf(view, canonical(oldUri)), pathOf(view, canonical(newUri))];
    for (const part of paths) {
      if (part === undefined) continue;
      const moved = movedPath(part.text, before, after);
      if (moved !== undefined) found.set(part, moved);
    }
    for (const part of entryAt(tree, "locales", "others")?.items ?? []) {
      const language = movedLanguage(view, part.text, before, after);
      if (language !== undefined) found.set(part, language);
    }
  }
  return [...found].map(([part, text]) => ({ part, text }));
}

/** A path as it is written, where it or a folder above it is renamed; `./` and a slash at its end stay. */
function movedPath(text: string, before: string, after: string): string | undefined {
  const [, dot = "", bare = "", slash = ""] = /^((?:\.\/)?)(.*?)(\/?)$/s.exec(text) ?? [];
  if (bare !== before && !bare.startsWith(`${before}/`)) return undefined;
  const path = after + bare.slice(before.length);
  return `${path.startsWith("..") ? "" : dot}${path}${slash}`;
}

/** A locale file that keeps its folder and is named after another language. */
function movedLanguage(
  { compilation: { settings } }: View,
  locale: string,
  before: string,
  after: string,
): string | undefined {
  if (localePath(settings, locale) !== before) return undefined;
  const name = /([^/]+)\.yaml$/.exec(after)?.[1];
  return name !== undefined && name !== locale && localePath(settings, name) === after ? name : undefined;
}
