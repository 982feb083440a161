/** What the pizzeria's flows ask of the world. A real shop would call its till here. */
import type { Bot } from "./bot.d.ts";

const pizzas = [
  { id: "mar", name: "Margherita", note: "Tomato, mozzarella, basil", price: 7.5 },
  { id: "dia", name: "Diavola", note: "Tomato, mozzarella, spicy salami", price: 9 },
  { id: "nap", name: "Napoli", note: "Tomato, mozzarella, anchovies", price: 8.5 },
  { id: "ort", name: "Ortolana", note: "Aubergine, courgette, peppers", price: 9.5 },
];

let orders = 16;

const actions: Bot["actions"] = {
  menu: () => pizzas,
  place_order: ({ count }) => {
    orders += 1;
    return { number: String(orders), minutes: 20 + 5 * count };
  },
};

export default actions;
