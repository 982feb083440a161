/** `--trace`: what the bot does, as lines that `parley replay` reads. */
import { createWriteStream } from "node:fs";
import type { Machine } from "@parley/machine";
import type { Bot } from "@parley/runtime";
import { traceLine } from "@parley/simulator";

/** Appends to the file. Resolves from `stop` when everything is written. */
export function traceTo(
  bot: Pick<Bot, "on">,
  machine: Machine,
  file: string | undefined,
  now: () => number = Date.now,
): { readonly stop: () => Promise<void> } {
  if (file === undefined) return { stop: async () => undefined };
  const stream = createWriteStream(file, { flags: "a" });
  // A bot goes on without its trace.
  stream.on("error", (error) => {
    process.stderr.write(`warn: ${file} cannot be written: ${error.message}\n`);
    off();
  });
  const off = bot.on((event) => {
    const line = traceLine(machine, event, now());
    if (line) stream.write(`${JSON.stringify(line)}\n`);
  });
  return {
    stop: () => {
      off();
      return new Promise((resolve) => {
        if (stream.destroyed) resolve();
        else stream.end(() => resolve());
      });
    },
  };
}
