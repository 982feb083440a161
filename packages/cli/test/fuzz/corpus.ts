/** What is mangled: every project of the examples, the language's page, the pages of the diagnostics, tests and fixtures. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Input, parseLocale, parseProject, parseTemplates } from "@parley/compiler";
import { ROOT } from "../parley.ts";

/** Files by path: `parley.yaml`, flows, locale files, templates. */
export type Files = Readonly<Record<string, string>>;

/** A shop in India with all that a flow can refer to. */
const SETTINGS = `catalog: "194836987003835"
business: { country: IN, compliance: filed }
env: [API_TOKEN, TOKEN]
hours: { office: "mon-fri 08:00-12:00, 14:00-18:00, closed 01-07", night: "mon 22:00-02:00" }
`;

export function corpus(): readonly Files[] {
  return [
    ...examples(),
    blocksOf("grammar/LANGUAGE.md", ""),
    ...claims(),
    ...pages(),
    ...lone("packages/compiler/test/fixtures"),
  ].filter((files) => Object.keys(files).some((path) => path.endsWith(".flow")));
}

/** The messages of payloads that `import` reads. */
export function payloadsOf(files: Iterable<readonly [string, string]>): readonly string[] {
  return [...files].filter(([path]) => path.startsWith("payloads/")).map(([, text]) => text);
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

function below(folder: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => /\.(flow|yaml|json)$/.test(name) && !name.includes("expected")).sort();
}

function examples(): readonly Files[] {
  const names = readdirSync(join(ROOT, "examples")).filter((name) => /^\d\d-/.test(name));
  return names.map((name) => {
    const folder = `examples/${name}`;
    return Object.fromEntries(below(folder).map((path) => [path, read(`${folder}/${path}`)]));
  });
}

/** `languages.de.yaml` and `languages.templates.json` belong to `languages.flow`. */
function claims(): readonly Files[] {
  const folder = "packages/simulator/test/language";
  const names = below(folder);
  return names
    .filter((name) => name.endsWith(".flow"))
    .map((name) => {
      const own = name.replace(".flow", ".");
      const locales = names.filter((other) => other.startsWith(own) && other.endsWith(".yaml"));
      const codes = locales.map((path) => path.slice(own.length, -".yaml".length));
      const listed = names.find((other) => other === `${own}templates.json`);
      return {
        "parley.yaml": `${SETTINGS}locales: { default: en, others: [${codes.join(", ")}] }\n${listed ? "templates: templates.json\n" : ""}`,
        [name]: read(`${folder}/${name}`),
        ...Object.fromEntries(locales.map((path, i) => [`locales/${codes[i]}.yaml`, read(`${folder}/${path}`)])),
        ...(listed ? { "templates.json": read(`${folder}/${listed}`) } : {}),
      };
    });
}

function pages(): readonly Files[] {
  const names = readdirSync(join(ROOT, "docs/diagnostics")).filter((name) => /^P\d/.test(name));
  return names.flatMap((name) => ["bad", "good"].map((role) => blocksOf(`docs/diagnostics/${name}`, role)));
}

/** The code blocks of a page with that role; of two with one name the first. */
function blocksOf(page: string, role: string): Files {
  const files: Record<string, string> = {};
  for (const [, language, info = "", body = ""] of read(page).matchAll(
    /^```(flow|yaml|json) ?(.*)\n([\s\S]*?)^```$/gm,
  )) {
    const [first, second] = info.split(" ");
    if (role !== "" && first !== role) continue;
    const path = (role === "" ? first : second) ?? (language === "yaml" ? "parley.yaml" : "main.flow");
    if (path !== "" && files[path] === undefined) files[path] = body;
  }
  return files;
}

function lone(folder: string): readonly Files[] {
  if (!existsSync(join(ROOT, folder))) return [];
  const flows = below(folder).filter((name) => name.endsWith(".flow"));
  return flows.map((name) => ({ "parley.yaml": SETTINGS, "main.flow": read(`${folder}/${name}`) }));
}

/** Where a corpus project has no project file. */
export const NONE = "name: fuzz\n";

/** As `parley` reads the files of a folder; without `parley.yaml` there are the defaults. */
export function inputOf(
  files: Files,
): Input & { readonly diagnostics: ReturnType<typeof parseProject>["diagnostics"] } {
  const { value: settings, diagnostics } = parseProject(
    { path: "parley.yaml", text: files["parley.yaml"] ?? NONE },
    "fuzz",
  );
  const others = settings.locales.others.filter((locale) => locale !== settings.locales.default);
  const locales = others.flatMap((locale) => {
    const path = `${settings.locales.dir}/${locale}.yaml`;
    const text = files[path];
    return text === undefined ? [] : [parseLocale({ path, text }, locale)];
  });
  const listed = settings.templates;
  const templates = listed === undefined ? undefined : files[listed];
  return {
    settings,
    files: Object.keys(files)
      .filter((path) => path.endsWith(".flow"))
      .sort()
      .map((path) => ({ path, text: files[path] ?? "" })),
    locales,
    ...(listed !== undefined && templates !== undefined
      ? { templates: parseTemplates({ path: listed, text: templates }) }
      : {}),
    diagnostics,
  };
}
