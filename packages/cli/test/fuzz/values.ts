/** Values of a type: most at the ends of what fits, some that do not fit. */
import type { Machine, Value, ValueType } from "@parley/machine";
import type { Dice } from "./dice.ts";

const PARTS = ["x", "🍕", "W ", "a\n", "é", "e\u0301", "*", "👨‍👩‍👧‍👦", "ﷺ", "{", "\u200b"];

function textOf(dice: Dice, max: number): string {
  const size = Math.min(max, 5_000);
  const full = Array.from(dice.of(PARTS).repeat(size)).slice(0, size).join("");
  return (
    dice.of(["a", "Ana", full, `r${dice.below(9)}`, dice.chance(10) ? `${full}y` : full]).slice(0, size * 2) || "a"
  );
}

/** `null` for a missing one, or now and then for one that must be there. */
export function someValue(dice: Dice, machine: Machine, type: ValueType, depth = 0): Value {
  if (dice.below(200) === 0) return dice.of<Value>([null, "", 0, [], {}, true, "x"]);
  switch (type.t) {
    case "text":
      return textOf(dice, type.max);
    case "number":
      return dice.of([0, 7.5, 999_999_999_999_999, -999_999_999_999_999, -0.1, 1 / 3, 1e-9, 3]);
    case "range":
      return dice.of([type.min, type.max, type.min + dice.below(Math.min(1_000, type.max - type.min + 1))]);
    case "bool":
      return dice.chance(50);
    case "date":
      return dice.of(["2026-01-05", "2024-02-29", "0001-01-01", "9999-12-31"]);
    case "time":
      return dice.of(["00:00", "23:59", "12:30"]);
    case "moment":
      return dice.of([0, Date.UTC(2026, 0, 5, 10), Date.UTC(2030, 1, 1)]);
    case "duration":
      return dice.of([0, 1_000, 3_600_000, 86_400_000 * 30]);
    case "phone":
      return "+393331234567";
    case "url":
      return dice.of(["https://a.example/x", `https://a.example/${"x".repeat(1_900)}`]);
    case "enum":
      return dice.of([...Object.keys(machine.enums[type.name]?.cases ?? {}), "x"]);
    case "optional":
      return dice.chance(30) ? null : someValue(dice, machine, type.of, depth);
    case "list": {
      const most = Math.min(type.max, depth > 0 ? 4 : dice.of([3, 9, 10, 11, 40]));
      const length = Math.max(type.min, dice.of([type.min, most, dice.below(most + 1)]));
      return Array.from({ length }, () => someValue(dice, machine, type.of, depth + 1));
    }
    case "record":
      return Object.fromEntries(
        Object.entries(type.fields).map(([name, field]) => [name, someValue(dice, machine, field, depth + 1)]),
      );
    default:
      return builtIn(type.t, dice);
  }
}

function builtIn(type: "location" | "media" | "cart" | "card", dice: Dice): Value {
  switch (type) {
    case "location":
      return { latitude: dice.of([41.9, -90, 90]), longitude: 12.5, name: dice.of([null, "Here"]), address: null };
    case "media":
      return {
        id: "1234",
        kind: dice.of(["image", "video", "document", "audio", "sticker"]),
        mime: "image/jpeg",
        name: null,
        caption: null,
      };
    case "cart":
      return { items: [{ sku: "marg-01", quantity: 1, price: 7.5, currency: "EUR" }], note: null };
    case "card":
      return { name: textOf(dice, 200), phones: ["+393331234567"] };
  }
}
