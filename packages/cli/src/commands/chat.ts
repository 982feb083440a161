import { randomBytes } from "node:crypto";
import { createEmulator, createShiftedClock } from "@parley/emulator";
import { createBot, memoryStore } from "@parley/runtime";
import { talk } from "../chat/talk.ts";
import { EXIT } from "../exit.ts";
import { paintFor } from "../report/colours.ts";
import { loadActions } from "../serve/actions.ts";
import { builtBot } from "../serve/built.ts";
import { botEnv } from "../serve/config.ts";
import { consoleLogger } from "../serve/log.ts";
import { stopSignals } from "../serve/stop.ts";
import { emulatorTemplates } from "../serve/templates.ts";
import { advance, settle, type World } from "../serve/world.ts";
import type { Run } from "./index.ts";

/** The whole wire in this process: the bot and the emulator reach each other by `fetch`, nothing is kept. */
export const chat: Run = async ([path]) => {
  const built = await builtBot(path);
  if (!built) return EXIT.findings;
  const { project, output } = built;
  const { machine } = output;
  const actions = await loadActions(project, machine);
  const clock = createShiftedClock();
  const secrets = { token: secret(), appSecret: secret(), verifyToken: secret() };
  const emulator = createEmulator({
    clock,
    token: secrets.token,
    templates: emulatorTemplates(output),
    webhook: { url: "http://bot.invalid/", appSecret: secrets.appSecret, verifyToken: secrets.verifyToken },
    fetch: (request) => bot.fetch(request),
  });
  const bot = createBot({
    machine,
    actions,
    store: memoryStore(),
    phoneNumberId: emulator.phoneNumberId,
    token: secrets.token,
    appSecrets: [secrets.appSecret],
    verifyToken: secrets.verifyToken,
    apiUrl: "http://whatsapp.invalid",
    env: botEnv(project.settings.env, process.env),
    fetch: (input, init) => emulator.fetch(new Request(input, init)),
    clock,
    logger: consoleLogger(),
  });
  const phone = emulator.phone({ phone: "391234567890", name: "You" });
  const world: World = { bot, emulator, clock, phone };
  const stop = stopSignals();
  await bot.start();
  const line = { emulator, phone, settle: () => settle(world), advance: (ms: number) => advance(world, ms) };
  const { stdin: input, stdout: output_ } = process;
  if (input.isTTY) process.stderr.write(`Talk to ${machine.name}. A number taps; /help lists what else there is.\n`);
  const ended = await talk(line, { input, output: output_, paint: paintFor(output_) }, stop.signal);
  stop.release();
  emulator.close();
  await bot.stop();
  return ended ? EXIT.clean : EXIT.interrupted;
};

function secret(): string {
  return randomBytes(16).toString("hex");
}
