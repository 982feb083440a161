/** One step of a test. */
import type { TestStep } from "@parley/machine";
import { durationText } from "../duration.ts";
import { userStep } from "./act.ts";
import { evaluateIn } from "./evaluate.ts";
import { expectStep } from "./expect.ts";
import { failStep } from "./failure.ts";
import { requireAllExpected, type Session, settle } from "./session.ts";

/** A user takes a moment before each thing that they do; so no two of their messages have the same time. */
const PACE_MS = 1000;

async function act(session: Session, run: () => Promise<void> | void): Promise<void> {
  requireAllExpected(session);
  await run();
  await settle(session);
}

async function trigger(session: Session, step: Extract<TestStep, { kind: "event" }>): Promise<void> {
  const { bot, machine, phone, recorder } = session.simulation;
  const names = Object.keys(machine.events[step.name]?.params ?? {});
  const args = Object.fromEntries(names.map((name, i) => [name, evaluateIn(session, step.args[i] ?? null)]));
  recorder.note(`event ${step.name}`);
  await bot.trigger(phone.contact.id, step.name as never, args);
}

function mock(session: Session, step: Extract<TestStep, { kind: "mock" }>): void {
  const { host, machine } = session.simulation;
  if (!machine.actions[step.action]) failStep(`there is no action \`${step.action}\``);
  const { behaviour } = step;
  host.mock(
    step.action,
    behaviour === "value" ? { kind: "value", value: evaluateIn(session, step.value ?? null) } : { kind: behaviour },
  );
}

/** Does a step, and lets both sides come to rest. Throws `StepFailure` where it does not go as written. */
export async function runStep(session: Session, step: TestStep): Promise<void> {
  const { simulation } = session;
  const { emulator, recorder, bot, phone } = simulation;
  switch (step.kind) {
    case "says":
    case "taps":
    case "opens":
    case "reacts":
    case "sendsLocation":
    case "sendsValue":
    case "sendsMedia":
      return act(session, async () => {
        await simulation.advance(PACE_MS);
        await userStep(session, step);
      });
    case "advance":
      return act(session, async () => {
        recorder.note(`${durationText(step.ms)} later`);
        await simulation.advance(step.ms);
      });
    case "event":
      return act(session, () => trigger(session, step));
    case "release":
      return act(session, () => bot.release(phone.contact.id));
    case "mock":
      return mock(session, step);
    case "deliverTwice":
      return emulator.inject({ kind: "duplicate" });
    case "deliverLate":
      return emulator.inject({ kind: "late", ms: step.ms });
    case "failDelivery":
      return emulator.inject({ kind: "failDelivery" });
    case "locale":
      return failStep("`locale` must stand before the first step of the user");
    case "expect":
      return expectStep(session, step.what);
  }
}
