/** Places of a text that lead out of it: links, pages of codes, files that the project file names. */
import { CATALOG, type Code, pageOf, type Source } from "@parley/compiler";
import type { DocumentLink } from "vscode-languageserver";
import { toRange } from "../positions.ts";
import { uriIn } from "../uris.ts";
import type { View } from "../view.ts";
import { entryAt, type YamlPart, yamlTree } from "./data/yaml-tree.ts";

/** Links that are written out, and codes that comments leave out. `docs`: where the pages stand. */
export function documentLinks(source: Source, docs: string | undefined): readonly DocumentLink[] {
  const found: DocumentLink[] = [];
  for (const match of source.text.matchAll(/https?:\/\/[^\s"'<>{}\\]+/g)) {
    const before = source.text.charAt(match.index + match[0].length);
    // A hole makes an address of it that nobody knows yet.
    if (before !== "{") found.push(link(source, match.index, match[0], match[0]));
  }
  if (docs === undefined) return found;
  for (const comment of source.text.matchAll(/parley-ignore\b([^:\n]*)/g)) {
    for (const code of comment[0].matchAll(/P\d{4}/g)) {
      if (!Object.hasOwn(CATALOG, code[0])) continue;
      found.push(link(source, comment.index + code.index, code[0], `${docs}/${pageOf(code[0] as Code)}`));
    }
  }
  return found;
}

function link(source: Source, start: number, text: string, target: string): DocumentLink {
  return { range: toRange({ source, start, end: start + text.length }), target };
}

/** Of `parley.yaml` also the file of templates and the folder's translations. */
export function projectLinks(view: View, source: Source, docs: string | undefined): readonly DocumentLink[] {
  const found = [...documentLinks(source, docs)];
  if (source !== view.project) return found;
  const tree = yamlTree(source.text);
  const to = ({ start, end }: YamlPart, path: string): DocumentLink =>
    link(source, start, source.text.slice(start, end), uriIn(view.folder, path));
  const templates = entryAt(tree, "templates")?.value;
  if (templates && templates.text !== "") found.push(to(templates, templates.text));
  for (const item of entryAt(tree, "locales", "others")?.items ?? []) {
    const file = view.input.locales?.find(({ locale }) => locale === item.text);
    if (file) found.push(to(item, file.source.path));
  }
  return found;
}
