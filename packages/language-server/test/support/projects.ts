/** The bots of this repository as an editor would open them. */
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import {
  compile,
  DEFAULT_SETTINGS,
  type Input,
  parseLocale,
  parseProject,
  type Source,
  type Syntax,
} from "@parley/compiler";
import type { View } from "../../src/view.ts";

const ROOT = new URL("../../../../", import.meta.url);

/** All examples, and the bot that the language's page is. */
export const PROJECTS: readonly string[] = [
  ...readdirSync(new URL("examples", ROOT)).filter((name) => /^\d\d-/.test(name)),
  "LANGUAGE.md",
];

export function projectView(name: string): View {
  return viewOf(name === "LANGUAGE.md" ? languagePage() : exampleFiles(name), name);
}

function exampleFiles(name: string): readonly Source[] {
  const folder = new URL(`examples/${name}/`, ROOT);
  const paths = globSync("{*.flow,parley.yaml,locales/*.yaml}", { cwd: folder }).sort();
  return paths.map((path) => ({ path, text: readFileSync(new URL(path, folder), "utf8") }));
}

function languagePage(): readonly Source[] {
  const page = new URL("grammar/LANGUAGE.md", ROOT);
  if (!existsSync(page)) throw new Error("grammar/LANGUAGE.md is not there");
  const blocks = readFileSync(page, "utf8").matchAll(/^```(?:flow|yaml) (\S+)\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, path = "", text = ""]) => ({ path, text }));
}

/** A project of these files, `parley.yaml` and locale files among them. */
export function viewOf(files: readonly Source[], name = "bot"): View {
  const project = files.find(({ path }) => path === "parley.yaml");
  const settings = project ? parseProject(project, name).value : DEFAULT_SETTINGS;
  const locales = files.flatMap((source) => {
    const locale = /^locales\/(.+)\.yaml$/.exec(source.path)?.[1];
    return locale === undefined ? [] : [parseLocale(source, locale)];
  });
  const input: Input = { settings, files: files.filter(({ path }) => path.endsWith(".flow")), locales };
  return { folder: "file:///project", ...(project ? { project } : {}), input, compilation: compile(input) };
}

export interface Cursor {
  readonly view: View;
  readonly file: Syntax.File;
  readonly offset: number;
}

/** The place of `‸` in `main.flow`, or in whichever of the files has it. */
export function cursorIn(given: string | Readonly<Record<string, string>>): Cursor {
  const marked = Object.entries(typeof given === "string" ? { "main.flow": given } : given);
  const view = viewOf(marked.map(([path, text]) => ({ path, text: text.replace("‸", "") })));
  const [path, text] = marked.find(([, one]) => one.includes("‸")) ?? ["", ""];
  const file = view.compilation.files.find(({ source }) => source.path === path);
  if (!file) throw new Error("no file has a cursor");
  return { view, file, offset: text.indexOf("‸") };
}
