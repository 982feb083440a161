import { fits, step } from "@parley/machine";
import { createBotWith, type Interpreter } from "./bot.ts";
import type { Bot, BotOptions, BotTypes } from "./types.ts";

const interpreter: Interpreter = { step, fits };

/**
 * A bot on a compiled machine. Nothing is sent and no timer fires before `start`; webhooks are taken at once.
 *
 * Throws `ConfigError` where an option is missing, the machine is of another format, or an action is not implemented.
 */
export function createBot<B extends BotTypes = BotTypes>(options: BotOptions<B>): Bot<B> {
  return createBotWith(options, interpreter);
}
