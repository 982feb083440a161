/** The help desk behind the bot. A real one would call its ticket system here. */
import type { Bot } from "./bot.d.ts";

const states = new Map<string, string>();

const actions: Bot["actions"] = {
  open_ticket: () => {
    const number = String(4711 + states.size);
    states.set(number, "waiting for one of us");
    return { number, waiting: states.size - 1 };
  },
  ticket_state: ({ number }) => states.get(number) ?? null,
};

export default actions;
