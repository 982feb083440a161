/** A user who does anything, actions that answer anything of their types, events with any arguments. */
import { optionsOf, PhoneError } from "@parley/emulator";
import { fitValue, type Machine, type Value, type ValueType } from "@parley/machine";
import { ArgumentError } from "@parley/runtime";
import { createSimulation, type Simulation } from "@parley/simulator";
import { settle, wrongWith } from "../../../simulator/test/accepted/conversation.ts";
import type { Dice } from "./dice.ts";
import { someValue } from "./values.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const TIMES = [SECOND, 30 * SECOND, 600 * SECOND, HOUR, 5 * HOUR, 20 * HOUR, 23.9 * HOUR, 24 * HOUR, 80 * HOUR];
const SAID = [
  "hi",
  "help",
  "start",
  "yes",
  "1",
  "2",
  "stop",
  "7",
  "٣",
  "1.000,5",
  "2026-03-05",
  "5 Mai",
  "+393331234567",
  "98765 43210",
  "a@b.example",
  "x".repeat(4_096),
  "🍕".repeat(30),
  "#:+.",
  "go\u0000on",
  "\u200f",
  "__proto__",
  "a\nb\tc   d",
  " ",
]; // prettier-ignore

export interface Played {
  /** What was done, in order. */
  readonly steps: readonly string[];
  /** As sentences; the conversation stops at the first. */
  readonly wrong: readonly string[];
}

export interface Bot {
  readonly machine: Machine;
  readonly env: Readonly<Record<string, string>>;
  /** What the bot might understand. */
  readonly words: readonly string[];
}

export async function play({ machine, env, words }: Bot, dice: Dice, length: number): Promise<Played> {
  const contact = dice.chance(20) ? { contact: { userId: "IT.1234567890", name: "Ana" } } : {};
  const sim = createSimulation({ machine, env, ...contact });
  const steps: string[] = [];
  try {
    for (let i = 0; i < length; i++) {
      mockAll(sim, dice);
      steps.push(await act(sim, dice, words));
      if (dice.chance(10)) continue;
      await sim.advance(dice.of([SECOND, 0, 3 * SECOND]));
      await settle(sim);
      const found = wrongWith(sim, await sim.bot.inspect(sim.phone.contact.id), await sim.bot.nextDue());
      // Dropped by the run-time check of the window: here messages need a moment to be accepted, which the proof leaves out.
      const wrong = found.filter((what) => !/^not sent: .* \(null\)$/.test(what));
      if (wrong.length > 0) return { steps, wrong };
    }
    return { steps, wrong: [] };
  } catch (error) {
    return { steps, wrong: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  } finally {
    sim.close();
  }
}

function mockAll({ host, machine }: Simulation, dice: Dice): void {
  for (const [name, { result, infallible }] of Object.entries(machine.actions)) {
    // The host promises that these succeed.
    const fault = infallible ? 20 : dice.below(20);
    if (fault === 0) host.mock(name, { kind: "fails" });
    else if (fault === 1) host.mock(name, { kind: "times out" });
    else host.mock(name, { kind: "value", value: result ? answerOf(dice, machine, result, infallible) : null });
  }
}

function answerOf(dice: Dice, machine: Machine, type: ValueType, mustFit: true | undefined): Value {
  for (;;) {
    const value = someValue(dice, machine, type);
    if (!mustFit || fitValue(machine, type, value).ok) return value;
  }
}

/** Does one thing; says what. What a phone cannot do is not done. */
async function act(sim: Simulation, dice: Dice, words: readonly string[]): Promise<string> {
  try {
    return await one(sim, dice, words);
  } catch (error) {
    if (error instanceof PhoneError) return `cannot: ${error.message}`;
    throw error;
  }
}

async function one(sim: Simulation, dice: Dice, words: readonly string[]): Promise<string> {
  const { phone, bot, machine } = sim;
  const what = dice.below(30);
  if (what < 6) return says(sim, dice.of(dice.chance(60) && words.length > 0 ? words : SAID));
  if (what < 16) return taps(sim, dice);
  if (what < 18) return uncommon(sim, dice);
  if (what === 18) {
    const names = Object.keys(machine.events);
    if (names.length === 0) return says(sim, "hello");
    const name = dice.of(names);
    const params = Object.entries(machine.events[name]?.params ?? {});
    const args = Object.fromEntries(params.map(([key, type]) => [key, someValue(dice, machine, type)]));
    try {
      await bot.trigger(phone.contact.id, name, args);
    } catch (error) {
      // Arguments that do not fit and events that are only scheduled are refused with a sentence.
      if (!(error instanceof ArgumentError)) throw error;
    }
    return `event ${name}(${JSON.stringify(args)})`;
  }
  if (what === 19) {
    if (await bot.inspect(phone.contact.id)) await bot.release(phone.contact.id);
    return "release";
  }
  if (what === 20) {
    sim.emulator.inject(
      dice.of([{ kind: "duplicate" }, { kind: "late", ms: 4_000 }, { kind: "failDelivery" }] as const),
    );
    return "fault";
  }
  const due = dice.chance(50) ? await bot.nextDue() : undefined;
  const ms = due === undefined ? dice.of(TIMES) : Math.max(0, Math.min(due - sim.clock.now(), 400 * HOUR));
  await sim.advance(ms);
  await settle(sim);
  return `${ms / HOUR} hours`;
}

function says({ phone }: Simulation, text: string): string {
  if (text.trim() === "") return "says nothing";
  phone.says(text);
  return `says ${JSON.stringify(text.slice(0, 40))}`;
}

/** Most often the last message that has something to tap. */
function taps(sim: Simulation, dice: Dice): string {
  const shown = sim.phone.history.filter((bubble) => bubble.from === "business" && optionsOf(bubble).length > 0);
  const bubble = dice.chance(75) ? shown.at(-1) : shown[dice.below(shown.length || 1)];
  if (!bubble) return says(sim, "hello");
  const { id } = dice.of(optionsOf(bubble));
  sim.phone.taps(id, { of: bubble.id });
  return `taps ${id}`;
}

function uncommon({ phone }: Simulation, dice: Dice): string {
  switch (dice.below(8)) {
    case 0:
      phone.sendsLocation({
        latitude: 45,
        longitude: 9,
        ...(dice.chance(50) ? { name: "Here", address: "There" } : {}),
      });
      return "sends a location";
    case 1:
    case 2: {
      const kind = dice.of(["image", "sticker", "document", "audio", "video"] as const);
      phone.sendsMedia({ kind, ...(dice.chance(30) ? { caption: "yes", filename: "a.pdf" } : {}) });
      return `sends ${kind}`;
    }
    case 3:
      if (phone.history.some(({ from }) => from === "business")) phone.reacts(dice.of(["👍", ""]));
      return "reacts";
    case 4:
      phone.opens(dice.of(["120212345678", "1"]), dice.chance(50) ? { text: "hi" } : {});
      return "opens an ad";
    case 5:
      phone.sendsContacts([
        { name: { formatted_name: "Ana", first_name: "Ana" }, phones: [{ phone: "+393331234567" }] },
      ]);
      return "sends a contact";
    case 6:
      phone.sendsOrder({ items: [{ product_retailer_id: "marg-01", quantity: 2, item_price: 7.5, currency: "EUR" }] });
      return "sends an order";
    default:
      phone.sendsForm(
        dice.of([{ name: "Ana", guests: 3 }, {}, { values: { name: "Ana", in_pin_code: "110001" } }, { name: 7 }]),
      );
      return "sends a form";
  }
}
