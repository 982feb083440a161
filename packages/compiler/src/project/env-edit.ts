/** Where another name can be written into `env` of the project file. */
import { isMap, isScalar, isSeq, type YAMLMap } from "yaml";
import { type Source, spanOf } from "../text/source.ts";
import type { EnvEdit } from "./settings.ts";

export function envEdit(source: Source, root: YAMLMap.Parsed): EnvEdit | undefined {
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === "env");
  if (!pair) return root.flow ? undefined : at(source, source.text.length, `${lineEnd(source.text)}env: [`, "]\n");
  const list = pair.value;
  if (!isSeq(list)) return undefined;
  const last = list.items.at(-1);
  if (list.flow) return last ? at(source, last.range[1], ", ", "") : at(source, list.range[0] + 1, "", "");
  if (!last || isMap(last)) return undefined;
  const start = source.text.lastIndexOf("\n", last.range[0]) + 1;
  const dash = /^[ \t]*- */.exec(source.text.slice(start, last.range[0]))?.[0];
  return dash === undefined ? undefined : at(source, last.range[1], `\n${dash}`, "");
}

function at(source: Source, offset: number, before: string, after: string): EnvEdit {
  return { span: spanOf(source, offset, offset), before, after };
}

function lineEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? "" : "\n";
}
