/** What the clinic's flows ask of the world. A real clinic would call its calendar here. */
import type { Bot, Slot } from "./bot.d.ts";

const free: Slot[] = [
  { id: "tue-1030", day: "Tuesday", hour: "10:30" },
  { id: "wed-0900", day: "Wednesday", hour: "9:00" },
  { id: "fri-1615", day: "Friday", hour: "16:15" },
];
const booked = new Map<string, Slot>();

const actions: Bot["actions"] = {
  free_slots: () => free.filter((slot) => ![...booked.values()].some(({ id }) => id === slot.id)),
  book: ({ slot }) => {
    const code = `R-${201 + booked.size}`;
    booked.set(code, slot);
    return { code };
  },
  cancel_booking: ({ code }) => booked.delete(code),
};

export default actions;
