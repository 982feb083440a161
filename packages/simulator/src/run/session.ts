/** What a test under way remembers: which messages were expected, which calls, and how the flow last looked. */
import type { Bubble } from "@parley/emulator";
import type { Frame, Snapshot, TestDef } from "@parley/machine";
import type { ActionCall } from "../actions.ts";
import type { Simulation } from "../simulation.ts";
import { describeBubble } from "./describe.ts";
import { failStep } from "./failure.ts";
import { moreRow } from "./options.ts";
import type { Translation } from "./translation.ts";

export interface Session {
  readonly test: TestDef;
  readonly simulation: Simulation;
  /** Where the contact has another language than the one that the test is written in. */
  readonly translation: Translation | undefined;
  /** Ids of messages that an `expect` named. */
  readonly expected: Set<string>;
  readonly calls: Set<ActionCall>;
  /** The innermost frame of the test's flow, as it was at last where it ended. */
  frame: Frame | undefined;
  snapshot: Snapshot | null;
  /** How much of the bot's events and of the wire was looked at for what is out of order. */
  seenEvents: number;
  seenWire: number;
}

export function createSession(test: TestDef, simulation: Simulation, translation?: Translation): Session {
  return {
    test,
    simulation,
    translation,
    expected: new Set(),
    calls: new Set(),
    frame: undefined,
    snapshot: null,
    seenEvents: 0,
    seenWire: 0,
  };
}

/** Messages on the phone that no `expect` has named yet, oldest first. */
export function unexpected(session: Session): readonly Bubble[] {
  return session.simulation.phone.history.filter(
    (bubble) => bubble.from === "business" && !session.expected.has(bubble.id),
  );
}

/** Every message of the bot must be named before the user goes on. */
export function requireAllExpected(session: Session): void {
  const [first, ...others] = unexpected(session);
  if (!first) return;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  failStep(`the bot sent a message that no \`expect\` names${more}`, "nothing", describeBubble(first), first.id);
}

async function remember(session: Session): Promise<void> {
  const { bot, phone, left } = session.simulation;
  const ended = left.splice(0);
  session.snapshot = await bot.inspect(phone.contact.userId ?? phone.contact.id);
  const { flow } = session.test;
  const isMeant = (frame: Frame): boolean => flow === undefined || frame.flow === flow;
  const now = session.snapshot?.conversation?.frames.findLast(isMeant);
  session.frame = now ?? ended.findLast(isMeant) ?? session.frame;
}

function requireOrder(session: Session): void {
  const { events, emulator, host } = session.simulation;
  const [action] = host.unanswered;
  if (action !== undefined) {
    failStep(`the action \`${action}\` was called, and the test does not say what it answers`, `mock ${action} = …`);
  }
  for (const event of events.slice(session.seenEvents)) {
    if (event.kind === "dead-letter") failStep(`the bot broke on this step: ${event.reason}`);
  }
  session.seenEvents = events.length;
  for (const entry of emulator.log()) {
    if (entry.n <= session.seenWire) continue;
    session.seenWire = entry.n;
    if (entry.kind !== "api" || entry.status < 400) continue;
    failStep("WhatsApp refused a message of the bot", undefined, JSON.stringify(entry.response));
  }
}

/** Lets both sides come to rest; actions that are mocked to time out do so. Then looks for what is out of order. */
export async function settle(session: Session): Promise<void> {
  const { simulation } = session;
  await simulation.settle();
  while (simulation.host.hanging() > 0) {
    const due = await simulation.bot.nextDue();
    if (due === undefined) failStep("an action waits for its time-out, and no time-out is planned");
    await simulation.advance(Math.max(0, due - simulation.clock.now()));
  }
  await remember(session);
  requireOrder(session);
}

/** Taps through to the next page of a list; undefined on the last one. */
export async function nextPage(session: Session, bubble: Bubble): Promise<Bubble | undefined> {
  const row = moreRow(bubble);
  if (!row) return undefined;
  const { phone } = session.simulation;
  const before = phone.history.length;
  phone.taps(row.id, { of: bubble.id });
  await settle(session);
  const page = phone.history.slice(before).find((one) => one.from === "business" && one.kind === "list");
  if (!page) failStep(`"${row.title}" was tapped, and no further page came`);
  session.expected.add(page.id);
  return page;
}
