/** What the runtime may say in a log: never a text, a number, a name or a token. */
import { digest } from "./hash.ts";
import type { Logger } from "./types.ts";

function nothing(): void {}

export const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Stands for a contact, a wamid (which holds the phone number) or another id in logs. */
export function masked(id: string): string {
  return digest(10, "log", id);
}

/** The kind of an error and the lines of our stack; its message may quote what a user wrote. */
export function errorFacts(error: unknown): { readonly error: string; readonly stack?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const stack = error.stack
    ?.split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 8)
    .join("\n");
  return stack ? { error: error.name, stack } : { error: error.name };
}
