import { createStep, fitValue } from "@parley/machine";
import { createBotWith } from "./bot.ts";
import { checkMachine } from "./config.ts";
import type { Bot, BotOptions, BotTypes, UntypedBot } from "./types.ts";

/**
 * A bot on a compiled machine. Nothing is sent and no timer fires before `start`; webhooks are taken at once.
 *
 * Throws `ConfigError` where an option is missing, the machine is of another format, or an action is not implemented.
 */
export function createBot<B extends BotTypes = UntypedBot>(options: BotOptions<B>): Bot<B> {
  checkMachine(options.machine);
  return createBotWith(options, { step: createStep(), fit: fitValue });
}
