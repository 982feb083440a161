/** Which database a bot keeps its conversations in, and how it is had. */
import { isAbsolute, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Archive, Store } from "@parley/runtime";
import { UsageError } from "../exit.ts";

export type Place =
  | { readonly kind: "sqlite"; readonly path: string; readonly shown: string }
  | { readonly kind: "postgres"; readonly url: string; readonly schema: string | undefined; readonly shown: string };

/** How often a process on standby tries. */
const STANDBY_MS = 500;

/** A path, or `postgres://…`, which may name its schema as `?schema=`. Nothing that is shown holds a password. */
export function placeOf(given: string, cwd: string): Place {
  if (!/^postgres(?:ql)?:/.test(given)) {
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(given))
      throw new UsageError("--database takes a file, or postgres://USER:PASSWORD@HOST/DATABASE");
    const path = isAbsolute(given) ? given : resolve(cwd, given);
    return { kind: "sqlite", path, shown: given };
  }
  if (!URL.canParse(given)) throw new UsageError("--database is no address: postgres://USER:PASSWORD@HOST/DATABASE");
  const url = new URL(given);
  const schema = url.searchParams.get("schema") ?? undefined;
  url.searchParams.delete("schema");
  const shown = `postgres://${url.host}${url.pathname}${schema === undefined ? "" : ` schema ${schema}`}`;
  return { kind: "postgres", url: url.href, schema, shown };
}

interface Waiting {
  /** Wait until the file is free. */
  readonly standby: boolean;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Undefined where standing by was ended. */
export async function storeAt(place: Place, waiting: Waiting): Promise<Store | undefined> {
  if (place.kind === "sqlite") return fileStore(place.path, waiting);
  if (waiting.standby)
    throw new UsageError("--standby is for SQLite: PostgreSQL takes any number of processes at once");
  const { postgresStore } = await import("@parley/runtime/postgres");
  return postgresStore(place.url, schemaOf(place));
}

function schemaOf({ schema }: Extract<Place, { kind: "postgres" }>): { readonly schema?: string } {
  return schema === undefined ? {} : { schema };
}

async function fileStore(path: string, { standby, signal, say }: Waiting): Promise<Store | undefined> {
  const { sqliteStore } = await import("@parley/runtime/sqlite");
  for (let said = false; !signal.aborted; said = true) {
    try {
      return sqliteStore(path);
    } catch (error) {
      if (!standby || !(error instanceof Error) || error.name !== "StoreInUseError") throw error;
      if (!said) say(`standing by: ${path} is in use`);
      await sleep(STANDBY_MS, undefined, { signal }).catch(() => {});
    }
  }
  return undefined;
}

export async function archiveAt(place: Place, make: boolean): Promise<Archive> {
  if (place.kind === "sqlite") return (await import("@parley/runtime/sqlite")).sqliteArchive(place.path, make);
  const { postgresArchive } = await import("@parley/runtime/postgres");
  return postgresArchive(place.url, schemaOf(place));
}

/** What the user can mend, as such. */
export function storeTrouble(error: unknown, shown: string): unknown {
  if (!(error instanceof Error)) return error;
  if (/^Store(?:InUse|Format)?Error$/.test(error.name)) return new UsageError(error.message);
  const { code = "" } = error as NodeJS.ErrnoException;
  if (/^(?:ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN|28...|3D000|42501|08...)$/.test(code))
    return new UsageError(`${shown} cannot be used: ${error.message || code}`);
  return error;
}
