import { createBot } from "@parley/runtime";
import { serve as listen } from "@parley/runtime/node";
import { EXIT, UsageError } from "../exit.ts";
import { loadActions } from "../serve/actions.ts";
import { adminOf } from "../serve/admin.ts";
import { endWhenBroken, isBroken, sayBroken } from "../serve/broken.ts";
import { type Built, builtBot } from "../serve/built.ts";
import { accountFrom, botEnv } from "../serve/config.ts";
import { databasePath } from "../serve/database.ts";
import { consoleLogger } from "../serve/log.ts";
import { requestsOf } from "../serve/requests.ts";
import { type Stop, stopSignals } from "../serve/stop.ts";
import { placeOf, storeAt, storeTrouble } from "../serve/store.ts";
import { traceTo } from "../serve/trace.ts";
import type { Options, Run } from "./command.ts";
import { port } from "./options.ts";

export const serve: Run = async ([dir], options) => {
  if (options.demo && !options.emulator) throw new UsageError("--demo needs --emulator");
  if (options.record !== undefined && !options.emulator) throw new UsageError("--record needs --emulator");
  const account = options.emulator ? undefined : accountFrom(process.env);
  const built = await builtBot(dir);
  if (!built) return EXIT.findings;
  const stop = stopSignals();
  try {
    if (account) return await serveAccount(built, account, options, stop);
    const { serveEmulated } = await import("../serve/emulated.ts");
    return await serveEmulated(built, options, stop);
  } catch (error) {
    if (isBroken(error)) return sayBroken(error);
    throw understood(error);
  } finally {
    stop.release();
  }
};

async function serveAccount(
  { project, machine }: Built,
  account: ReturnType<typeof accountFrom>,
  options: Options,
  stop: Stop,
): Promise<number> {
  const env = botEnv(project.settings.env, process.env);
  const actions = await loadActions(project, machine);
  const { database = process.env["PARLEY_DATABASE"], standby = false } = options;
  const place = placeOf(database || databasePath(project, "bot"), process.cwd());
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const store = await storeAt(place, { standby, signal: stop.signal, say });
  if (!store) return stop.asked;
  try {
    const http = requestsOf(process.env);
    const bot = createBot({ ...account, machine, actions, store, env, http, logger: consoleLogger() });
    const trace = traceTo(bot, machine, options.trace);
    const host = options.host ?? process.env["PARLEY_HOST"];
    const server = await listen(bot, { port: port(options.port, "--port", 8080), ...(host ? { host } : {}) });
    endWhenBroken(server, stop);
    const admin = await adminOf(bot, options, process.env, place.kind === "sqlite" ? place.path : undefined);
    process.stdout.write(
      `${machine.name} serves its webhook at ${server.url} and keeps its conversations in ${place.kind === "sqlite" ? place.path : place.shown}\n`,
    );
    const status = await stop.asked;
    await server.stop();
    await trace.stop();
    await admin?.stop();
    return status;
  } catch (error) {
    throw storeTrouble(error, place.shown);
  } finally {
    await store.close();
  }
}

/** What the user can mend, as such. */
function understood(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === "StoreInUseError" || error.name === "ConfigError" || error.name === "StoreFormatError") {
    return new UsageError(error.message);
  }
  const { code, port: taken } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE") return new UsageError(`port ${taken} is in use, choose another one with --port`);
  if (code === "EACCES" && taken !== undefined)
    return new UsageError(`port ${taken} cannot be used: permission denied`);
  return error;
}
