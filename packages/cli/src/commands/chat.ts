import { join } from "node:path";
import { memoryStore } from "@parley/runtime";
import { createRecording } from "../chat/recording.ts";
import { talk } from "../chat/talk.ts";
import { writeChat } from "../chat/write.ts";
import { EXIT } from "../exit.ts";
import { kindOf, PROJECT_FILE } from "../project/files.ts";
import type { Project } from "../project/load.ts";
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
  const recording = createRecording();
  const bot = newBot({
    machine,
    actions: recording.watch(await loadActions(project, machine)),
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
  const write = (file: string): Promise<string> =>
    writeChat(file, isAlone(project), {
      machine,
      doings: recording.doings,
      env: testEnv(project.settings.env, process.env),
    });
  const stop = stopSignals();
  await bot.start();
  const { stdin: input, stdout: output } = process;
  if (input.isTTY) process.stderr.write(`Talk to ${machine.name}. A number taps; /help lists what else there is.\n`);
  const ended = await talk(
    { ...worldOf(machine, bot, emulator, clock), recorded: { recording, write } },
    { input, output, paint: paintFor(output) },
    stop.signal,
  );
  stop.release();
  emulator.close();
  await bot.stop();
  return ended ? EXIT.clean : EXIT.interrupted;
};

/** Without a project file a `.flow` file is a bot of its own, and a test in another file is not about it. */
function isAlone({ dir }: Project): boolean {
  return kindOf(join(dir, PROJECT_FILE)) !== "file";
}
