/** Carries a bot's store: into a file, into another database, into a copy. */
import { createReadStream, createWriteStream, existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Archive, type Counts, exportLines, importLines } from "@parley/runtime";
import { EXIT, UsageError } from "../exit.ts";
import { loadProject } from "../project/load.ts";
import { databasePath } from "../serve/database.ts";
import { archiveAt, type Place, placeOf, storeTrouble } from "../serve/store.ts";
import type { Options, Run } from "./command.ts";

export const store: Run = async ([what = "", file, ...rest], options) => {
  const run = Object.hasOwn(WORK, what) ? WORK[what] : undefined;
  if (rest.length > 0) throw new UsageError("parley store takes one file");
  if (!run) throw new UsageError(`there is no parley store ${what}; there are ${Object.keys(WORK).join(", ")}`);
  const place = await placeFrom(options);
  try {
    return await run(place, file);
  } catch (error) {
    throw storeTrouble(error, place.shown);
  }
};

const WORK: Readonly<Record<string, (place: Place, file: string | undefined) => Promise<number>>> = {
  export: exportStore,
  import: importStore,
  backup,
};

async function placeFrom({ database = process.env["PARLEY_DATABASE"] }: Options): Promise<Place> {
  const cwd = process.cwd();
  if (database) return placeOf(database, cwd);
  return placeOf(databasePath(await loadProject(undefined, cwd), "bot"), cwd);
}

/** Lines with their ends; keeps what the last value of the export counts. */
async function* ended(archive: Archive, keep: (counts: Counts) => void): AsyncGenerator<string> {
  const lines = exportLines(archive);
  for (let next = await lines.next(); ; next = await lines.next()) {
    if (next.done) {
      keep(next.value);
      return;
    }
    yield `${next.value}\n`;
  }
}

function said(counts: Counts): string {
  const { contact, send, timer } = counts;
  const rows = Object.values(counts).reduce((sum, n) => sum + n, 0);
  return `${rows} rows: ${contact} contacts, ${send} sends, ${timer} timers`;
}

async function exportStore(place: Place, file: string | undefined): Promise<number> {
  const archive = await archiveAt(place, false);
  let counts: Counts | undefined;
  try {
    const out = file === undefined ? process.stdout : createWriteStream(resolve(file), { flags: "wx", mode: 0o600 });
    const lines = Readable.from(
      ended(archive, (all) => {
        counts = all;
      }),
    );
    await pipeline(lines, out, { end: file !== undefined });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST")
      throw new UsageError(`${file} is there already`);
    throw error;
  } finally {
    await archive.close();
  }
  if (counts) process.stderr.write(`exported ${said(counts)}\n`);
  return EXIT.clean;
}

async function importStore(place: Place, file: string | undefined): Promise<number> {
  if (file !== undefined && !existsSync(file)) throw new UsageError(`${file} does not exist`);
  const archive = await archiveAt(place, true);
  try {
    const input = file === undefined ? process.stdin : createReadStream(resolve(file));
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    process.stderr.write(`imported ${said(await importLines(archive, lines))} into ${place.shown}\n`);
  } finally {
    await archive.close();
  }
  return EXIT.clean;
}

async function backup(place: Place, file: string | undefined): Promise<number> {
  if (file === undefined) throw new UsageError("parley store backup takes the file to write");
  if (place.kind === "postgres")
    throw new UsageError("PostgreSQL is backed up by its own tools: pg_dump, or a base backup with WAL");
  if (existsSync(file)) throw new UsageError(`${file} is there already`);
  const { backupSqlite } = await import("@parley/runtime/sqlite");
  try {
    backupSqlite(place.path, resolve(file));
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
  process.stderr.write(`${place.shown} is copied to ${file}\n`);
  return EXIT.clean;
}
