import type { Logger } from "@parley/runtime";

const LEVELS = ["debug", "info", "warn", "error"] as const;

/** One line each to standard error, from a level upwards: `warn` unless PARLEY_LOG says otherwise. */
export function consoleLogger(level: string | undefined = process.env["PARLEY_LOG"]): Logger {
  const from = (LEVELS as readonly string[]).indexOf(level ?? "");
  const least = from < 0 ? LEVELS.indexOf("warn") : from;
  const at = (name: (typeof LEVELS)[number]) => (facts: object, message: string) => {
    if (LEVELS.indexOf(name) < least) return;
    const rest = Object.entries(facts).map(
      ([key, value]) => ` ${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
    );
    process.stderr.write(`${name}: ${message}${rest.join("")}\n`);
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
