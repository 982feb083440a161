/** The host's actions: `actions.ts`, `.mts`, `.js` or `.mjs` beside the flows, as default export or as exports by name. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Machine } from "@parley/machine";
import { UsageError } from "../exit.ts";
import { kindOf } from "../project/files.ts";
import type { Project } from "../project/load.ts";

const FILES = ["actions.ts", "actions.mts", "actions.js", "actions.mjs"] as const;

export type Actions = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Loads what the project has and holds it against what its flows declare. */
export async function loadActions(project: Project, machine: Machine): Promise<Actions> {
  const needed = Object.entries(machine.actions)
    .filter(([, action]) => action.http === undefined)
    .map(([name]) => name);
  const file = FILES.find((name) => kindOf(join(project.dir, name)) === "file");
  if (file === undefined) {
    if (needed.length === 0) return {};
    throw new UsageError(
      `the bot declares actions (${needed.join(", ")}) and ${project.show("actions.ts")} does not exist`,
    );
  }
  const actions = actionsOf(await load(join(project.dir, file), project.show(file)));
  const missing = needed.filter((name) => typeof actions[name] !== "function");
  if (missing.length > 0) throw new UsageError(`${project.show(file)} does not implement ${missing.join(", ")}`);
  return actions;
}

async function load(path: string, shown: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (error) {
    const old = error instanceof Error && "code" in error && error.code === "ERR_UNKNOWN_FILE_EXTENSION";
    const hint = old ? `; Node ${process.versions.node} reads no TypeScript, use Node 22.18 or newer` : "";
    throw new UsageError(`${shown} cannot be loaded: ${error instanceof Error ? error.message : String(error)}${hint}`);
  }
}

function actionsOf(module: Readonly<Record<string, unknown>>): Actions {
  const { default: whole, ...named } = module;
  return (typeof whole === "object" && whole !== null ? whole : named) as Actions;
}
