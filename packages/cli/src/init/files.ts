/** The files of a template: beside the bundle in an installed package, in `templates` of the repository otherwise. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { kindOf } from "../project/files.ts";
import { VERSION } from "../version.ts";

/** What every bot gets. Packers of npm leave out or read files whose name begins with a dot, so theirs is not so here. */
const COMMON = { gitignore: ".gitignore", "parley.yml": ".github/workflows/parley.yml" } as const;

export interface NewFile {
  /** Relative to the bot, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Of another kind than the bot's own files: one that is there already is kept. */
  readonly common: boolean;
}

export function templateFiles(template: string, bot: string): readonly NewFile[] {
  const root = templateRoot();
  const read = (path: string): string =>
    readFileSync(join(root, path), "utf8").replaceAll("BOT_NAME", bot).replaceAll("PARLEY_VERSION", VERSION);
  return [
    ...filesOf(join(root, template)).map((path) => ({ path, text: read(`${template}/${path}`), common: false })),
    ...Object.entries(COMMON).map(([name, path]) => ({ path, text: read(`common/${name}`), common: true })),
  ];
}

/** Relative, with `/`. */
function filesOf(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

function templateRoot(): string {
  const places = ["./templates", "../../templates"].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const root = places.find((place) => kindOf(place) === "folder");
  if (root === undefined) throw new Error("the templates are missing");
  return root;
}

/** A name for `parley.yaml` from that of the folder. */
export function botName(dir: string): string {
  const name = basename(dir)
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "");
  return name === "" ? "bot" : name.slice(0, 60);
}
