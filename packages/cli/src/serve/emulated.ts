/** A bot that talks to the emulator over real HTTP, with its conversations in SQLite. */
import type { Emulator } from "@parley/emulator";
import { type EmulatorServer, serveEmulator } from "@parley/emulator/node";
import { type Server, serve } from "@parley/runtime/node";
import { sqliteStore } from "@parley/runtime/sqlite";
import { numbersOf } from "@parley/simulator";
import { talk } from "../chat/talk.ts";
import type { Options } from "../commands/command.ts";
import { port } from "../commands/options.ts";
import { EXIT } from "../exit.ts";
import { paintFor } from "../report/colours.ts";
import { loadActions } from "./actions.ts";
import { adminOf } from "./admin.ts";
import { endWhenBroken } from "./broken.ts";
import type { Built } from "./built.ts";
import { botEnv } from "./config.ts";
import { databasePath, demoDatabasePath, removeDatabase } from "./database.ts";
import { demoActions, demoTest, playDemo } from "./demo.ts";
import { consoleLogger } from "./log.ts";
import { requestsOf } from "./requests.ts";
import type { Stop } from "./stop.ts";
import { traceTo } from "./trace.ts";
import { newBot, newEmulator, newSecrets, type World, worldOf } from "./world.ts";

export async function serveEmulated(built: Built, options: Options, stop: Stop): Promise<number> {
  /** What is open, to be closed in the other order. */
  const open: (() => void | Promise<void>)[] = [];
  try {
    return await serveUntilStopped(built, options, stop, open);
  } finally {
    for (const close of open.reverse()) await close();
  }
}

async function serveUntilStopped(
  built: Built,
  options: Options,
  stop: Stop,
  open: (() => void | Promise<void>)[],
): Promise<number> {
  const { project, machine } = built;
  const env = botEnv(project.settings.env, process.env);
  const real = await loadActions(project, machine);
  const path = options.demo ? demoDatabasePath(project) : databasePath(project, "emulator");
  const secrets = newSecrets();
  const { emulator, clock } = newEmulator({ machine, secrets });
  const actions = demoActions(machine, real, clock.now);
  if (options.demo) open.push(() => removeDatabase(path));
  const store = sqliteStore(path);
  open.push(() => store.close());
  const phones = await onPort(options.emulatorPort, "--emulator-port", 8081, (p) =>
    serveEmulator(emulator, { port: p }),
  );
  open.push(() => phones.close());
  const apiUrl = phones.url;
  const bot = newBot({
    machine,
    actions: actions.functions,
    env,
    store,
    secrets,
    emulator,
    clock,
    logger: consoleLogger(),
    http: requestsOf(process.env, "this machine"),
    apiUrl,
  });
  const trace = traceTo(bot, machine, options.trace, clock.now);
  open.push(() => trace.stop());
  const webhook = await onPort(options.port, "--port", 8080, (p) =>
    serve(bot, { port: p, ...(options.host ? { host: options.host } : {}) }),
  );
  open.push(() => webhook.stop());
  endWhenBroken(webhook, stop);
  const admin = await adminOf(bot, options, process.env, path);
  open.push(() => admin?.stop());
  const { appSecret, verifyToken } = secrets;
  if (!(await emulator.connect({ url: webhook.url, appSecret, verifyToken }))) {
    throw new Error("the bot did not answer the verification of its own webhook");
  }
  process.stdout.write(urlsText(built, webhook, phones, emulator, path, options));
  return untilStopped(built, worldOf(built.machine, bot, emulator, clock), actions, env, options, stop);
}

async function untilStopped(
  built: Built,
  world: World,
  actions: ReturnType<typeof demoActions>,
  env: Readonly<Record<string, string>>,
  options: Options,
  stop: Stop,
): Promise<number> {
  const { stdin: input, stdout: output } = process;
  if (!options.demo) return stop.asked;
  const paint = paintFor(output);
  if (input.isTTY && output.isTTY) {
    output.write("\nWrite something; a number taps an option, /help lists what else there is.\n\n");
    if (await talk(world, { input, output, paint }, stop.signal)) return EXIT.clean;
    // A terminal in raw mode hands Ctrl-C over as a key, not as a signal.
    return stop.signal.aborted ? stop.asked : EXIT.interrupted;
  }
  const test = demoTest(built.tests);
  if (test) await playDemo(test, world, actions, { machine: built.machine, env, output, paint, signal: stop.signal });
  else output.write("\nThe bot has no test that could be played.\n");
  if (!stop.signal.aborted) output.write("\nThe bot goes on serving; Ctrl-C stops it.\n");
  return stop.asked;
}

function urlsText(
  { project, machine }: Built,
  webhook: Server,
  phones: EmulatorServer,
  emulator: Emulator,
  path: string,
  options: Options,
): string {
  const me = numbersOf(machine).user;
  return [
    `${machine.name} runs against a WhatsApp of its own; nothing leaves this machine.`,
    `  bot, webhook       ${webhook.url}`,
    `  emulator, API      ${phones.url}/${machine.api}/${emulator.phoneNumberId}/messages`,
    `  emulator, phones   ${phones.url}/_emulator/`,
    `  database           ${project.show(path.slice(project.dir.length + 1))}${options.demo ? " (new at each start)" : ""}`,
    "",
    "A message from a phone of your own:",
    `  curl ${phones.url}/_emulator/contacts/${me}/messages -d '{ "type": "text", "text": "hi" }'`,
    `  curl ${phones.url}/_emulator/contacts/${me}/history`,
    "",
  ].join("\n");
}

/** On the port that was asked for; without one on the usual, or on any where that is taken. */
async function onPort<T>(
  given: string | undefined,
  flag: string,
  usual: number,
  start: (port: number) => Promise<T>,
): Promise<T> {
  if (given !== undefined) return start(port(given, flag, usual));
  try {
    return await start(usual);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return start(0);
    throw error;
  }
}
