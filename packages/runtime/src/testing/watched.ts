import { createStep, fitValue, type Snapshot, type StepResult } from "@parley/machine";
import { createBotWith } from "../bot.ts";
import { checkMachine } from "../config.ts";
import type { Bot, BotOptions, BotTypes, UntypedBot } from "../types.ts";

/** As `createBot`; `watch` is shown what each step gives, before it is kept. */
export function createWatchedBot<B extends BotTypes = UntypedBot>(
  options: BotOptions<B>,
  watch: (result: StepResult<Snapshot>) => void,
): Bot<B> {
  checkMachine(options.machine);
  const step = createStep();
  return createBotWith(options, {
    fit: fitValue,
    step: (...args) => {
      const result = step(...args);
      watch(result);
      return result;
    },
  });
}
