/** A bot that talks to the emulator over real HTTP, with its conversations in SQLite. */
import type { Emulator } from "@parley/emulator";
import { type EmulatorServer, serveEmulator } from "@parley/emulator/node";
import { type Server, serve } from "@parley/runtime/node";
import { sqliteStore } from "@parley/runtime/sqlite";
import { createRecording, numbersOf } from "@parley/simulator";
import { lineOf } from "../chat/line.ts";
import { type Line, talk } from "../chat/talk.ts";
import type { Options } from "../commands/command.ts";
import { port } from "../commands/options.ts";
import { EXIT, UsageError } from "../exit.ts";
import type { Project } from "../project/load.ts";
import { noTestFile } from "../record/write.ts";
import { paintFor } from "../report/colours.ts";
import { loadActions } from "./actions.ts";
import { adminOf } from "./admin.ts";
import { endWhenBroken } from "./broken.ts";
import type { Built } from "./built.ts";
import { botEnv, testEnv } from "./config.ts";
import { databasePath, newDatabasePath, removeDatabase } from "./database.ts";
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
  const path = databaseOf(project, options, open);
  const secrets = newSecrets();
  const { emulator, clock } = newEmulator({ machine, secrets, companion: () => bot });
  const recording = startsAnew(options) ? createRecording(machine, emulator) : undefined;
  const actions = demoActions(machine, real, clock.now);
  const store = sqliteStore(path);
  open.push(() => store.close());
  const phones = await onPort(options.emulatorPort, "--emulator-port", 8081, (p) =>
    serveEmulator(emulator, { port: p }),
  );
  open.push(() => phones.close());
  const http = requestsOf(process.env, "this machine");
  const bot = newBot({
    machine,
    actions: recording?.watch(actions.functions) ?? actions.functions,
    env,
    store,
    secrets,
    emulator,
    clock,
    logger: consoleLogger(),
    http: recording ? { ...http, onResult: recording.onResult } : http,
    apiUrl: phones.url,
    ...(options.demo ? { watch: actions.watch } : {}),
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
  const world = worldOf(machine, bot, emulator, clock);
  const recorder = { project, machine, env: testEnv(project.settings.env, process.env) };
  const line = recording && lineOf(world, recording, recorder);
  const status = options.demo && line ? await demo({ built, line, world, actions, env, stop }) : await stop.asked;
  if (options.record !== undefined && line) process.stdout.write(`${await written(line, options.record)}\n`);
  return status;
}

/** What is written down, and what is shown, begins at the beginning. */
function startsAnew({ demo, record }: Options): boolean {
  return demo === true || record !== undefined;
}

function databaseOf(project: Project, options: Options, open: (() => void | Promise<void>)[]): string {
  const { record } = options;
  const wrong = record === undefined ? undefined : noTestFile(record);
  if (wrong !== undefined) throw new UsageError(wrong);
  if (!startsAnew(options)) return databasePath(project, "emulator");
  const path = newDatabasePath(project);
  open.push(() => removeDatabase(path));
  return path;
}

/** How long what is under way at the end is waited for. */
const PATIENCE_MS = 2_000;

async function written(line: Line, file: string): Promise<string> {
  const enough = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
  await Promise.race([line.settle(), enough]);
  return line.write(file);
}

interface Demo {
  readonly built: Built;
  readonly line: Line;
  readonly world: World;
  readonly actions: ReturnType<typeof demoActions>;
  readonly env: Readonly<Record<string, string>>;
  readonly stop: Stop;
}

async function demo({ built, line, world, actions, env, stop }: Demo): Promise<number> {
  const { stdin: input, stdout: output } = process;
  const paint = paintFor(output);
  if (input.isTTY && output.isTTY) {
    output.write("\nWrite something; a number taps an option, /help lists what else there is.\n\n");
    if (await talk(line, { input, output, paint }, stop.signal)) return EXIT.clean;
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
    `  database           ${project.show(path.slice(project.dir.length + 1))}${startsAnew(options) ? " (new at each start)" : ""}`,
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
