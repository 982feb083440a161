/** What the runtime may say in a log: never a text, a number, a name or a token. */
import { StepError } from "@parley/machine";
import type { Core } from "./engine/core.ts";
import { digest } from "./hash.ts";
import type { Logger } from "./types.ts";

function nothing(): void {}

export const silent: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** A logger that fails must not take the bot with it. */
export function guarded(logger: Logger): Logger {
  const at = (level: keyof Logger) => (facts: object, message: string) => {
    try {
      logger[level](facts, message);
    } catch {
      // There is nowhere to tell it.
    }
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/**
 * Stands for a wamid (which holds the phone number) or a number in logs. Under a key of this installation: without it, all
 * numbers that there are could be tried.
 */
export function masked({ idSecret }: { readonly idSecret: string }, id: string): string {
  return digest(10, "log", idSecret, id);
}

/** WhatsApp took a message that it had taken before: what an end in doubt can cost. */
export function sentTwice(core: Pick<Core, "idSecret" | "log" | "meter">, send: string, wamid: string): void {
  core.meter.add("send_duplicates");
  core.log.warn({ send, wamid: masked(core, wamid) }, "a message was sent twice");
}

export interface ErrorFacts {
  readonly error: string;
  /** Where in a flow. */
  readonly place?: string;
  readonly stack?: string;
}

/** The kind of an error, its place and the lines of our stack; its message may quote what a user wrote. */
export function errorFacts(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { error: typeof error };
  const stack = error.stack
    ?.split("\n")
    .filter((line) => line.trimStart().startsWith("at "))
    .slice(0, 8)
    .join("\n");
  const place = error instanceof StepError && error.place ? { place: `${error.place.flow} ${error.place.at}` } : {};
  return { error: error.name, ...place, ...(stack ? { stack } : {}) };
}
