/** Places of a text that lead out of it: links, pages of codes, files that the project file names. */
import { CATALOG, type Code, pageOf, type Source } from "@parley/compiler";
import type { DocumentLink } from "vscode-languageserver";
import { toRange } from "../positions.ts";
import { uriIn } from "../uris.ts";
import type { View } from "../view.ts";

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
  const templates = /^templates:[ \t]*["']?([^\s"'#]+)/m.exec(source.text);
  if (templates?.[1]) {
    const at = templates.index + templates[0].length - templates[1].length;
    found.push(link(source, at, templates[1], uriIn(view.folder, templates[1])));
  }
  const others = /^locales:[\s\S]*?others:[ \t]*\[([^\]]*)\]/m.exec(source.text);
  const start = others ? others.index + others[0].length - 1 - (others[1] ?? "").length : 0;
  for (const name of (others?.[1] ?? "").matchAll(/[A-Za-z_]+/g)) {
    const file = view.input.locales?.find(({ locale }) => locale === name[0]);
    if (file) found.push(link(source, start + name.index, name[0], uriIn(view.folder, file.source.path)));
  }
  return found;
}
