/** A user who does anything that a phone can, and what must hold whatever they do. */
import { optionsOf } from "@parley/emulator";
import { decodeWireId, fitValue, type Machine, type Snapshot, type Value } from "@parley/machine";
import type { Choices } from "../../../compiler/test/choices.ts";
import { createSimulation, type Simulation } from "../../src/index.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const SAID = [
  "hi",
  "help",
  "start",
  "yes",
  "1",
  "2",
  "usual",
  "stop",
  "7",
  "٣",
  "2026-03-05",
  "+393331234567",
  "a@b.example",
  "x".repeat(4096),
  "🍕".repeat(30),
  "Show me more",
  "#:+.",
  "go\u0000on",
  "‏",
  "medium",
  "__proto__",
  "a\nb\tc   d",
];
const TIMES = [MINUTE, 10 * MINUTE, HOUR, 2 * HOUR, 5 * HOUR, 23 * HOUR + 50 * MINUTE, 24 * HOUR, 80 * HOUR, 30_000];

/** Texts at the ends of what fits `text(max)`. */
function textOf(c: Choices, max: number): string {
  const full = c.of(
    "x",
    "🍕",
    "W ",
    "a\n",
    "  \t b",
    "*",
    "é",
    "\u0301",
    "e\u0301",
    "👨‍👩‍👧‍👦",
    "\u200b",
    "ﷺ",
    "#",
    "{",
    "\ud800",
  );
  const all = Array.from(full.repeat(max)).slice(0, max).join("");
  return (
    c
      .of("a", all, all.slice(0, -1), "A  B", " padded ", "Ana")
      .trim()
      .slice(0, max * 2) || "a"
  );
}

function rowsOf(c: Choices, machine: Machine, n: number): Value {
  const type = machine.actions["rows"]?.result;
  const fields = type?.t === "list" && type.of.t === "record" ? type.of.fields : {};
  const max = (name: string): number => {
    const field = fields[name];
    return field?.t === "text" ? field.max : 10;
  };
  return Array.from({ length: n }, (_, i) => ({
    id: c.chance(60) ? `r${i}` : textOf(c, max("id")),
    name: c.chance(40) ? `Row ${i}` : textOf(c, max("name")),
    note: c.chance(50) ? textOf(c, 72) : null,
    n: c.below(10),
    price: c.of(7.5, 0, 999_999_999_999_999, -0.1, 1 / 3, 1e-9),
  }));
}

function mockAll(c: Choices, { host, machine }: Simulation): void {
  for (const action of Object.keys(machine.actions)) {
    const fault = c.below(12);
    if (fault === 11) host.mock(action, { kind: "fails" });
    else if (fault === 10) host.mock(action, { kind: "times out" });
    else host.mock(action, { kind: "value", value: answerOf(c, machine, action) });
  }
}

function answerOf(c: Choices, machine: Machine, action: string): Value {
  if (action === "rows") return rowsOf(c, machine, c.of(3, 0, 1, 9, 10, 20));
  if (action === "few") return rowsOf(c, machine, c.of(1, 2, 3));
  if (action === "label") return textOf(c, 20);
  return null;
}

/** Does one thing; says what. */
async function act(c: Choices, sim: Simulation): Promise<string> {
  const { phone, bot, emulator } = sim;
  const what = c.below(28);
  if (what < 5) {
    const said = c.chance(25) ? textOf(c, c.of(20, 10, 24, 60, 200, 1000)) : c.of(...SAID);
    if (said.trim() === "") return "says nothing";
    phone.says(said);
    return `says ${JSON.stringify(said.slice(0, 30))}`;
  }
  if (what < 14) {
    const bubbles = phone.history.filter((b) => b.from === "business" && optionsOf(b).length > 0);
    const bubble = what < 11 ? bubbles.at(-1) : bubbles[c.below(Math.max(1, bubbles.length))];
    const option = bubble && optionsOf(bubble)[c.below(optionsOf(bubble).length)];
    if (!bubble || !option) {
      phone.says("hello");
      return 'says "hello"';
    }
    phone.taps(option.id, { of: bubble.id });
    return `taps ${option.id}`;
  }
  switch (what) {
    case 14:
      phone.sendsLocation({ latitude: 45, longitude: 9 });
      return "sends a location";
    case 15:
      phone.sendsMedia({
        kind: c.of("image", "sticker", "document", "audio"),
        ...(c.chance(30) ? { caption: "yes" } : {}),
      });
      return "sends media";
    case 16:
      if (phone.history.some(({ from }) => from === "business")) phone.reacts(c.of("👍", ""));
      return "reacts";
    case 17:
      if (sim.machine.events["news"]) await bot.trigger(phone.contact.id, "news", { who: textOf(c, 20) });
      return "event news";
    case 18: {
      if (await bot.inspect(phone.contact.id)) await bot.release(phone.contact.id);
      return "release";
    }
    case 19:
      emulator.inject(c.of({ kind: "duplicate" }, { kind: "late", ms: 4_000 }, { kind: "failDelivery" }));
      return "fault";
    default: {
      // Half of the time until something happens by itself.
      const due = c.chance(50) ? await bot.nextDue() : undefined;
      const ms = due === undefined ? c.of(...TIMES) : Math.max(0, Math.min(due - sim.clock.now(), 120 * HOUR));
      await advance(sim, ms);
      return `${ms / MINUTE} minutes`;
    }
  }
}

/** Actions that hang are ended by their time-out, which is soon. */
export async function settle(sim: Simulation): Promise<void> {
  await sim.settle();
  while (sim.host.hanging() > 0) {
    const due = await sim.bot.nextDue();
    if (due === undefined) throw new Error("an action hangs, and nothing ends it");
    await sim.advance(Math.max(0, due - sim.clock.now()));
  }
}

async function advance(sim: Simulation, ms: number): Promise<void> {
  await sim.advance(ms);
  await settle(sim);
}

/** What is wrong, as sentences. */
export function wrongWith(sim: Simulation, snapshot: Snapshot | null, nextDue: number | undefined): readonly string[] {
  const { events, emulator, phone, machine } = sim;
  const wrong: string[] = [];
  for (const event of events) {
    if (event.kind === "dead-letter") wrong.push(`dead letter: ${event.reason} ${String(event.error)}`);
    // 131026 is what an injected fault reports.
    if (event.kind === "send-failed" && event.code !== 131_026) wrong.push(`not sent: ${event.of} (${event.code})`);
  }
  for (const entry of emulator.log()) {
    if (entry.kind === "api" && entry.status >= 400) wrong.push(`refused: ${JSON.stringify(entry)}`);
    if (entry.kind === "webhook" && entry.status !== 200) wrong.push(`a webhook was answered ${entry.status}`);
  }
  for (const { error } of phone.failed) if (error?.code === 131_047) wrong.push("a message outside the window");
  return snapshot ? [...wrong, ...wrongIn(sim, machine, snapshot, nextDue)] : wrong;
}

function wrongIn(
  sim: Simulation,
  machine: Machine,
  snapshot: Snapshot,
  nextDue: number | undefined,
): readonly string[] {
  const wrong: string[] = [];
  if (JSON.stringify(JSON.parse(JSON.stringify(snapshot))) !== JSON.stringify(snapshot)) wrong.push("no plain JSON");
  const { conversation } = snapshot;
  if (!conversation) return wrong;
  const { wait, frames, interrupted } = conversation;
  for (const frame of [...frames, ...(interrupted?.frames ?? [])]) {
    const flow = machine.flows[frame.flow];
    if (!flow) wrong.push(`no flow ${frame.flow}`);
    if (frame.at === "") wrong.push(`${frame.flow} stands nowhere`);
    for (const [name, value] of Object.entries(frame.vars)) {
      const type = flow?.vars[name]?.type ?? flow?.lets[name];
      if (!type) wrong.push(`no variable ${name}`);
      else if (value !== null && !fitValue(machine, type, value).ok) wrong.push(`${name} is ${JSON.stringify(value)}`);
    }
  }
  if (wait.kind === "action") wrong.push("stuck in an action");
  if ((wait.kind === "wait" || wait.kind === "handoff") && nextDue === undefined)
    wrong.push(`a ${wait.kind} without end`);
  if (wait.kind === "ask" && machine.asks[wait.id]?.prompt.kind === "options" && wait.numbered === undefined) {
    const bubbles = [...sim.phone.history, ...sim.phone.failed];
    const arrived = bubbles.some((b) =>
      optionsOf(b).some(({ id }) => {
        const wire = decodeWireId(id);
        return wire?.turn === wait.turn && wire.ask === wait.id && wire.conversation === conversation.id;
      }),
    );
    if (!arrived) wrong.push(`waits at ${wait.id}, which never went out`);
  }
  return wrong;
}

export interface Played {
  readonly steps: readonly string[];
  readonly wrong: readonly string[];
}

/** Stops at the first thing that is wrong. */
export async function play(machine: Machine, c: Choices, length: number): Promise<Played> {
  const contact = c.chance(20) ? { contact: { userId: "IT.1234567890", name: textOf(c, 25) } } : {};
  const sim = createSimulation({ machine, ...contact });
  const steps: string[] = [];
  try {
    mockAll(c, sim);
    for (let i = 0; i < length; i++) {
      if (c.chance(15)) mockAll(c, sim);
      steps.push(await act(c, sim));
      // Sometimes the next thing comes before the bot could answer.
      if (c.chance(15)) continue;
      await advance(sim, c.of(1000, 0, 3000));
      const wrong = wrongWith(sim, await sim.bot.inspect(sim.phone.contact.id), await sim.bot.nextDue());
      if (wrong.length > 0) return { steps, wrong };
    }
    return { steps, wrong: [] };
  } catch (error) {
    return { steps, wrong: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  } finally {
    sim.close();
  }
}
