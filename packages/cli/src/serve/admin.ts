/** The operator's port of a bot that serves: off unless it is asked for, and on loopback unless that is said too. */
import { statSync } from "node:fs";
import type { Bot } from "@parley/runtime";
import { type AdminServer, serveAdmin } from "@parley/runtime/node";
import type { Options } from "../commands/command.ts";
import { port } from "../commands/options.ts";

/** Undefined where nobody asked for it. */
export async function adminOf(
  bot: Bot,
  options: Options,
  env: NodeJS.ProcessEnv,
  database: string | undefined,
): Promise<AdminServer | undefined> {
  const given = options.adminPort ?? env["PARLEY_ADMIN_PORT"];
  if (given === undefined || given === "") return undefined;
  const token = env["PARLEY_ADMIN_TOKEN"]?.trim();
  const host = env["PARLEY_ADMIN_HOST"]?.trim();
  const admin = await serveAdmin(bot, {
    port: port(given, "--admin-port", 0),
    ...(host ? { host } : {}),
    ...(token ? { token } : {}),
    ...(database === undefined ? {} : { more: () => fileText(database) }),
  });
  process.stdout.write(`health and metrics at ${admin.url}\n`);
  return admin;
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Nothing where there never was one: an alert asks for that with `absent`. */
function backupLines(path: string): readonly string[] {
  const made = statSync(`${path}.backup`, { throwIfNoEntry: false });
  if (!made) return [];
  return [
    "# HELP parley_last_backup_age_seconds Since `parley store backup` last made a copy.",
    "# TYPE parley_last_backup_age_seconds gauge",
    `parley_last_backup_age_seconds ${Math.max(0, Math.round((Date.now() - made.mtimeMs) / 1000))}`,
  ];
}

function fileText(path: string): string {
  return [
    "# HELP parley_db_bytes Size of the database file.",
    "# TYPE parley_db_bytes gauge",
    `parley_db_bytes ${bytesOf(path)}`,
    "# HELP parley_wal_bytes Size of what is committed and not yet in the database file.",
    "# TYPE parley_wal_bytes gauge",
    `parley_wal_bytes ${bytesOf(`${path}-wal`)}`,
    ...backupLines(path),
    "",
  ].join("\n");
}
