/** New names for what `env.NAME` reads and for opening hours: in the project file and in all flows. */
import type { Source, Syntax } from "@parley/compiler";
import type { TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { toRange } from "../../positions.ts";
import { Refusal } from "../../refusal.ts";
import { uriOf, type View } from "../../view.ts";
import type { Renamable } from "../rename.ts";
import { namedAt, namesIn, type SettingName, settingAt, usesOf } from "./setting-names.ts";
import { writtenAs } from "./yaml-tree.ts";

export function prepareSettingRename(view: View, file: Syntax.File, offset: number): Renamable | undefined {
  return renamable(view, settingAt(view, file, offset));
}

export function prepareProjectRename(view: View, source: Source, offset: number): Renamable | undefined {
  return source === view.project ? renamable(view, namedAt(source, offset)) : undefined;
}

/** Nothing can be said of a name that the project file does not have: it is a mistake. */
function renamable(view: View, found: SettingName | undefined): Renamable | undefined {
  const { project } = view;
  if (!found || !project || !namesIn(project, found.table).some(({ text }) => text === found.name)) return undefined;
  return { range: toRange(found.span), placeholder: found.name };
}

export function renameSetting(view: View, file: Syntax.File, offset: number, to: string): WorkspaceEdit | undefined {
  const found = settingAt(view, file, offset);
  return found && renamed(view, found, to);
}

export function renameFromProject(view: View, source: Source, offset: number, to: string): WorkspaceEdit | undefined {
  const found = source === view.project ? namedAt(source, offset) : undefined;
  return found && renamed(view, found, to);
}

function renamed(view: View, found: SettingName, to: string): WorkspaceEdit | undefined {
  const { project } = view;
  if (!project || !renamable(view, found)) return undefined;
  if (to === found.name) return { changes: {} };
  const names = namesIn(project, found.table);
  if (!/^[A-Za-z_]\w*$/.test(to)) throw new Refusal(`\`${to}\` is no name: letters, digits and \`_\`, no digit first`);
  if (names.some(({ text }) => text === to)) throw new Refusal(`there is already \`${to}\` in \`${found.table}\``);
  const changes: Record<string, TextEdit[]> = {
    [uriOf(view, project)]: names
      .filter(({ text }) => text === found.name)
      .map((part) => {
        return { range: toRange({ source: project, ...part }), newText: writtenAs(project.text, part, to) };
      }),
  };
  for (const span of usesOf(view, found)) {
    if (span.source.library) throw new Refusal(`\`${found.name}\` is used by a library: ${span.source.path}`);
    const uri = uriOf(view, span.source);
    changes[uri] ??= [];
    changes[uri].push({ range: toRange(span), newText: to });
  }
  return { changes };
}
