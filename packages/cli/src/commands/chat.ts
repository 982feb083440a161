import { memoryStore } from "@parley/runtime";
import { talk } from "../chat/talk.ts";
import { EXIT } from "../exit.ts";
import { paintFor } from "../report/colours.ts";
import { loadActions } from "../serve/actions.ts";
import { builtBot } from "../serve/built.ts";
import { botEnv } from "../serve/config.ts";
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
  const bot = newBot({
    machine,
    actions: await loadActions(project, machine),
    env: botEnv(project.settings.env, process.env),
    store: memoryStore(),
    secrets,
    emulator,
    clock,
    logger: consoleLogger(),
    http: requestsOf(process.env, "this machine"),
    apiUrl: "http://whatsapp.invalid",
    fetch: (input, init) => emulator.fetch(new Request(input, init)),
  });
  const stop = stopSignals();
  await bot.start();
  const { stdin: input, stdout: output } = process;
  if (input.isTTY) process.stderr.write(`Talk to ${machine.name}. A number taps; /help lists what else there is.\n`);
  const ended = await talk(worldOf(bot, emulator, clock), { input, output, paint: paintFor(output) }, stop.signal);
  stop.release();
  emulator.close();
  await bot.stop();
  return ended ? EXIT.clean : EXIT.interrupted;
};
