import type { Logger } from "@parley/runtime";

const LEVELS = ["debug", "info", "warn", "error"] as const;

type Level = (typeof LEVELS)[number];

/** As pino numbers them. */
const NUMBERS = { debug: 20, info: 30, warn: 40, error: 50 } as const satisfies Readonly<Record<Level, number>>;

function humanLine(level: Level, facts: object, message: string): string {
  const rest = Object.entries(facts).map(
    ([key, value]) => ` ${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return `${level}: ${message}${rest.join("")}`;
}

function jsonLine(level: Level, facts: object, message: string): string {
  return JSON.stringify({ level: NUMBERS[level], time: Date.now(), pid: process.pid, ...facts, msg: message });
}

/**
 * One line each to standard error, from a level upwards: `warn` unless PARLEY_LOG says otherwise; as JSON, in the shape of
 * pino, where PARLEY_LOG_FORMAT is `json`.
 */
export function consoleLogger(
  level: string | undefined = process.env["PARLEY_LOG"],
  format: string | undefined = process.env["PARLEY_LOG_FORMAT"],
): Logger {
  const from = (LEVELS as readonly string[]).indexOf(level ?? "");
  const least = from < 0 ? LEVELS.indexOf("warn") : from;
  const line = format === "json" ? jsonLine : humanLine;
  const at = (name: Level) => (facts: object, message: string) => {
    if (LEVELS.indexOf(name) >= least) process.stderr.write(`${line(name, facts, message)}\n`);
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
