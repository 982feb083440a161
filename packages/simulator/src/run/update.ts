/** What a failing test would have to expect for it to pass: its `expect` steps alone are written anew. */
import type { Bubble } from "@parley/emulator";
import type { Expectation, TestDef, TestPlace, TestStep } from "@parley/machine";
import { endLine, expectLine } from "../record/lines.ts";
import { literal } from "../record/literals.ts";
import { contains, isKind, type MessageExpectation } from "./describe.ts";
import { evaluateIn } from "./evaluate.ts";
import { expectStep } from "./expect.ts";
import { StepFailure } from "./failure.ts";
import { optionNamed } from "./options.ts";
import { problemOf, simulated, type TestFailure, type TestOptions } from "./run.ts";
import { type Session, unexpected } from "./session.ts";
import { runStep } from "./step.ts";

export type Change =
  | { readonly kind: "replace"; readonly at: TestPlace; readonly line: string }
  | { readonly kind: "remove"; readonly at: TestPlace }
  /** In lines of their own after the step that stands here. */
  | { readonly kind: "insert"; readonly after: TestPlace; readonly line: string };

export interface Update {
  /** In the order of the steps. */
  readonly changes: readonly Change[];
  /** Where no other `expect` would help: what a step does cannot be done, or a condition says more than what came. */
  readonly failure?: TestFailure;
}

interface Updating {
  readonly session: Session;
  readonly changes: Change[];
  /** The last step that stays. */
  last: TestPlace;
}

type ExpectStep = Extract<TestStep, { readonly kind: "expect" }>;

/** Plays the test to its end, whatever comes. */
export async function updateTest(options: TestOptions, test: TestDef): Promise<Update> {
  const { session, steps } = simulated(options, test);
  const updating: Updating = { session, changes: [], last: test.at };
  let place = test.at;
  try {
    for (const [at, step] of steps.entries()) {
      place = step.at;
      if (step.kind === "expect") {
        if (!isMessage(step.what) && !messagesFollow(steps, at)) expectRest(updating);
        await updateExpect(updating, step, steps[at + 1]);
      } else {
        if (acts(step)) expectRest(updating);
        await runStep(session, step);
        updating.last = step.at;
      }
    }
    expectRest(updating);
    return { changes: updating.changes };
  } catch (error) {
    return { changes: updating.changes, failure: { place, ...problemOf(error) } };
  } finally {
    session.simulation.close();
  }
}

/** Steps that are refused while a message is not expected. */
function acts({ kind }: TestStep): boolean {
  return !["mock", "deliverTwice", "deliverLate", "failDelivery", "locale", "expect"].includes(kind);
}

/** Before the user goes on. What stands at the end of a turn (`expect end`) stays there. */
function messagesFollow(steps: readonly TestStep[], at: number): boolean {
  for (const step of steps.slice(at)) {
    if (step.kind === "expect" && (isMessage(step.what) || step.what.kind === "nothing")) return true;
    if (acts(step)) return false;
  }
  return false;
}

function flowOf({ session }: Updating): { readonly flow: string | undefined } {
  return { flow: session.test.flow };
}

/** Lines for what no `expect` has named. */
function expectRest(updating: Updating): void {
  for (const bubble of unexpected(updating.session)) insertFor(updating, bubble);
}

function insertFor(updating: Updating, bubble: Bubble): void {
  const line = expectLine(bubble, flowOf(updating));
  if (line === undefined) throw new StepFailure({ message: `no \`expect\` names a message of kind ${bubble.kind}` });
  updating.changes.push({ kind: "insert", after: updating.last, line });
  updating.session.expected.add(bubble.id);
}

async function updateExpect(updating: Updating, step: ExpectStep, next: TestStep | undefined): Promise<void> {
  const { session, changes } = updating;
  const { what, at } = step;
  if (what.kind === "sent" || what.kind === "template") passOver(updating, what);
  try {
    await expectStep(session, what);
    updating.last = at;
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    const line = lineInstead(updating, step, next, error);
    if (line === undefined) changes.push({ kind: "remove", at });
    else {
      changes.push({ kind: "replace", at, line });
      updating.last = at;
    }
  }
}

/** Messages that came before the one that is meant get lines of their own. */
function passOver(updating: Updating, what: MessageExpectation): void {
  const bubbles = unexpected(updating.session);
  const meant = bubbles.findIndex((bubble) => isMeant(bubble, what));
  if (meant > 0) for (const bubble of bubbles.slice(0, meant)) insertFor(updating, bubble);
}

function isMeant(bubble: Bubble, what: MessageExpectation): boolean {
  const { containing, option } = what;
  const isNamed =
    option === undefined || optionNamed(bubble, option) !== undefined || bubble.products?.includes(option) === true;
  return isKind(bubble, what) && (containing === undefined || contains(bubble, containing)) && isNamed;
}

/** What came in place of what was expected; undefined where nothing came. */
function lineInstead(
  updating: Updating,
  { what, at }: ExpectStep,
  next: TestStep | undefined,
  failure: StepFailure,
): string | undefined {
  const { session } = updating;
  switch (what.kind) {
    case "sent":
    case "template":
    case "nothing": {
      const [bubble] = unexpected(session);
      const named = bubble ?? session.simulation.phone.history.find(({ id }) => id === failure.problem.bubble);
      if (!named) return undefined;
      // Where the next step names it, this one is what did not come.
      if (bubble && next?.kind === "expect" && isMessage(next.what) && isMeant(bubble, next.what)) return undefined;
      session.expected.add(named.id);
      const like = isMessage(what) && isKind(named, what) ? what : undefined;
      const line = expectLine(named, flowOf(updating), like);
      if (line === undefined) throw failure;
      return line;
    }
    case "state":
    case "end":
    case "handoff":
      return endLine(session.snapshot);
    case "call":
      return callLine(session, what);
    case "that":
      return thatLine(session, what, at, failure);
    default:
      return what satisfies never;
  }
}

function isMessage(what: Expectation): what is MessageExpectation {
  return what.kind === "sent" || what.kind === "template";
}

function callLine(session: Session, what: Extract<Expectation, { readonly kind: "call" }>): string | undefined {
  const { host, machine } = session.simulation;
  const call = host.calls.find((one) => one.action === what.action && !session.calls.has(one));
  if (!call) return undefined;
  session.calls.add(call);
  const params = Object.entries(machine.actions[what.action]?.params ?? {});
  const args = params.map(([name, type]) => literal(call.args[name] ?? null, type));
  return `expect call ${what.action}(${args.join(", ")})`;
}

/** Of `LEFT == RIGHT` the right side is what `LEFT` is now; other conditions are not ours to write. */
function thatLine(
  session: Session,
  { condition }: Extract<Expectation, { readonly kind: "that" }>,
  { source }: TestPlace,
  failure: StepFailure,
): string {
  const [, left] = /^expect that ([^=!<>?&|"]+) == /.exec(source) ?? [];
  if (left === undefined || !Array.isArray(condition) || condition[0] !== "==") throw failure;
  const [, expr, other] = condition;
  if (typeof other === "object" && other !== null) throw failure;
  return `expect that ${left} == ${literal(evaluateIn(session, expr))}`;
}
