import { CATALOG } from "@parley/compiler";
import { bash } from "../completion/bash.ts";
import { fish } from "../completion/fish.ts";
import type { Shell } from "../completion/shells.ts";
import { type CommandSpec, specsOf } from "../completion/spec.ts";
import { zsh } from "../completion/zsh.ts";
import { EXIT, UsageError } from "../exit.ts";
import type { CommandEntry, Run } from "./command.ts";

const SCRIPTS: Readonly<Record<Shell, (commands: readonly CommandSpec[]) => string>> = { bash, zsh, fish };

/** The table of commands comes from outside: it knows this command, too. */
export function completionOf(commands: readonly CommandEntry[]): Run {
  return ([shell = ""]) => {
    const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell as Shell] : undefined;
    if (!script)
      throw new UsageError(`there is no completion for ${shell}; there is ${Object.keys(SCRIPTS).join(", ")}`);
    process.stdout.write(script(specsOf(commands, Object.keys(CATALOG).sort())));
    return Promise.resolve(EXIT.clean);
  };
}
