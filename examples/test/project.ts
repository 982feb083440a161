/** Reads an example as `parley` would: its project file, its flows. */
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type Compilation,
  compile,
  DEFAULT_SETTINGS,
  describe,
  parseLocale,
  parseProject,
  positionAt,
  type Source,
} from "@parley/compiler";

export const EXAMPLES: string = fileURLToPath(new URL("..", import.meta.url));

export const exampleNames: readonly string[] = readdirSync(EXAMPLES)
  .filter((name) => /^\d\d-/.test(name))
  .sort();

function read(folder: string, path: string): Source {
  return { path, text: readFileSync(`${EXAMPLES}/${folder}/${path}`, "utf8") };
}

export function compileExample(name: string): Compilation {
  const files = globSync("**/*.flow", { cwd: `${EXAMPLES}/${name}` }).sort();
  const project = existsSync(`${EXAMPLES}/${name}/parley.yaml`)
    ? parseProject(read(name, "parley.yaml"), name)
    : undefined;
  const settings = project?.value ?? DEFAULT_SETTINGS;
  const locales = settings.locales.others.map((locale) => {
    return parseLocale(read(name, `${settings.locales.dir}/${locale}.yaml`), locale);
  });
  return compile({ settings, files: files.map((path) => read(name, path)), locales });
}

/** One line a finding, for comparison with an empty list. */
export function findings(compilation: Compilation): readonly string[] {
  return compilation.diagnostics.map((d) => {
    const { line, column } = positionAt(d.span.source, d.span.start);
    return `${d.span.source.path}:${line}:${column} ${d.code} ${describe(d)}`;
  });
}
