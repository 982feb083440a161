import { memoryStore } from "@parley/runtime";
import { createRecording } from "@parley/simulator";
import { lineOf } from "../chat/line.ts";
import { talk } from "../chat/talk.ts";
import { EXIT } from "../exit.ts";
import { paintFor } from "../report/colours.ts";
import { loadActions } from "../serve/actions.ts";
import { builtBot } from "../serve/built.ts";
import { botEnv, testEnv } from "../serve/config.ts";
import { consoleLogger } from "../serve/log.ts";
import { requestsOf } from "../serve/requests.ts";
import { stopSignals } from "../serve/stop.ts";
import { newBot, newEmulator, newSecrets, worldOf } from "../serve/world.ts";
import type { Run } from "./command.ts";

/** The whole wire in this process: the bot and the emulator reach each other by `fetch`, nothing is kept. */
export const chat: Run = async ([path]) => {
  const built = await builtBot(path);
  if (!built) return EXIT.findings;
  const { project, machine } = built;
  const secrets = newSecrets();
  const setup = { machine, secrets, fetch: (request: Request) => bot.fetch(request), webhook: "http://bot.invalid/" };
  const { emulator, clock } = newEmulator(setup);
  const recording = createRecording(machine, emulator);
  const bot = newBot({
    machine,
    actions: recording.watch(await loadActions(project, machine)),
    env: botEnv(project.settings.env, process.env),
    store: memoryStore(),
    secrets,
    emulator,
    clock,
    logger: consoleLogger(),
    http: { ...requestsOf(process.env, "this machine"), onResult: recording.onResult },
    apiUrl: "http://whatsapp.invalid",
    fetch: (input, init) => emulator.fetch(new Request(input, init)),
  });
  const env = testEnv(project.settings.env, process.env);
  const line = lineOf(worldOf(machine, bot, emulator, clock), recording, { project, machine, env });
  const stop = stopSignals();
  await bot.start();
  const { stdin: input, stdout: output } = process;
  if (input.isTTY) process.stderr.write(`Talk to ${machine.name}. A number taps; /help lists what else there is.\n`);
  const ended = await talk(line, { input, output, paint: paintFor(output) }, stop.signal);
  stop.release();
  emulator.close();
  await bot.stop();
  return ended ? EXIT.clean : EXIT.interrupted;
};
