/** What flows name and `parley.yaml` gives: opening hours and languages. */
import type { Source } from "@parley/compiler";
import { entryAt, type YamlEntry, yamlTree } from "../../data/yaml-tree.ts";
import { type Change, insert } from "../edits.ts";
import type { Create } from "./missing.ts";

export const createHours: Create = ({ view: { project }, name }) => {
  const change = project && newHours(project, name);
  return change && { title: `Add the opening hours \`${name}\` to parley.yaml`, changes: [change] };
};

function newHours(project: Source, name: string): Change | undefined {
  const pair = `${/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)}: "mon-fri 09:00-17:00"`;
  const hours = entryAt(yamlTree(project.text), "hours");
  if (!hours) return atEnd(project, `hours: { ${pair} }\n`);
  const last = hours.entries.at(-1);
  if (!last) return undefined;
  return insert(project, last.end, isInBraces(hours) ? `, ${pair}` : `\n${indentOf(project, last)}${pair}`);
}

export const createLocale: Create = ({ view: { project }, name }) => {
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(name)) return undefined;
  const change = project && newLocale(project, name);
  return change && { title: `Add the language \`${name}\` to parley.yaml`, changes: [change] };
};

function newLocale(project: Source, name: string): Change | undefined {
  const locales = entryAt(yamlTree(project.text), "locales");
  if (!locales) return atEnd(project, `locales: { default: en, others: [${name}] }\n`);
  const others = locales.entries.find(({ key }) => key.text === "others");
  if (!others) {
    const last = locales.entries.at(-1);
    const pair = `others: [${name}]`;
    return last && insert(project, last.end, isInBraces(locales) ? `, ${pair}` : `\n${indentOf(project, last)}${pair}`);
  }
  const last = others.items.at(-1);
  const { start, text } = others.value;
  if (!last) return text.startsWith("[") ? insert(project, start + 1, name) : undefined;
  return insert(project, last.end, text.startsWith("[") ? `, ${name}` : `\n${indentOf(project, last)}${name}`);
}

function isInBraces({ value }: YamlEntry): boolean {
  return value.text.startsWith("{");
}

/** All that stands before it in its line: of an item of a list with its dash. */
function indentOf({ text }: Source, { start }: { readonly start: number }): string {
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
}

function atEnd(project: Source, text: string): Change {
  const { length } = project.text;
  return insert(project, length, `${length === 0 || project.text.endsWith("\n") ? "" : "\n"}${text}`);
}
