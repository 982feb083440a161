// What the flows ask of the world. Call your own systems here; `parley build` writes the types to dist/bot.d.ts.
// @ts-check

const items = [
  { id: "tea", name: "Tea", price: 3 },
  { id: "coffee", name: "Coffee", price: 3.5 },
  { id: "cake", name: "Cake", price: 4.5 },
];

let orders = 0;

/** @type {import("./dist/bot.d.ts").Bot["actions"]} */
const actions = {
  menu: () => items,
  place_order: () => {
    orders += 1;
    return { number: String(orders) };
  },
};

export default actions;
