/** Holds a conversation as it is told, on the real runtime, and writes it down as a test that expects what came. */
import type { Machine, TestDef, TestStep } from "@parley/machine";
import { describeBubble } from "../run/describe.ts";
import { failStep } from "../run/failure.ts";
import { askOf } from "../run/options.ts";
import { problemOf } from "../run/run.ts";
import { createSession, type Session, unexpected } from "../run/session.ts";
import { runStep } from "../run/step.ts";
import { createSimulation } from "../simulation.ts";
import type { Doing } from "./doing.ts";
import { doingLines, endLine, expectLine, testText } from "./lines.ts";
import { constant } from "./literals.ts";

export interface Conversation {
  readonly machine: Machine;
  readonly title: string;
  /** Of the test; default: the one that begins. */
  readonly flow?: string;
  readonly doings: readonly Doing[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Held {
  /** A `test` declaration; empty where it says none of the doings. */
  readonly text: string;
  /** Why the test ends before the doings do. */
  readonly unsaid?: string;
}

const AT = { file: "", line: 0, column: 0, source: "" } as const;

interface Holding {
  readonly session: Session;
  /** What actions answer now, as the test says it. */
  readonly mocked: Map<string, string>;
  /** Of what was held so far. */
  readonly lines: string[];
  /** Of the doing under way, and of what stands before it and has not happened yet. */
  readonly next: string[];
  flow: string | undefined;
}

/** The test goes as far as it has words. */
export async function holdConversation(conversation: Conversation): Promise<Held> {
  const { machine, title, doings, env, flow } = conversation;
  const test: TestDef = { title, at: AT, steps: [], ...(flow === undefined ? {} : { flow }) };
  const simulation = createSimulation({ machine, seed: title, ...(env ? { env } : {}) });
  const session = createSession(test, simulation);
  const holding: Holding = { session, mocked: new Map(), lines: [], next: [], flow };
  let end = endLine(null);
  try {
    for (const [index, doing] of doings.entries()) {
      if (doing.kind === "answers") continue;
      await hold(holding, doing, answersAfter(doings, index));
      end = endLine(session.snapshot);
    }
    return { text: textOf(holding, title, end) };
  } catch (error) {
    const { message, actual } = problemOf(error);
    const unsaid = actual === undefined || actual === "nothing" ? message : `${message}: ${actual}`;
    return { text: textOf(holding, title, end), unsaid };
  } finally {
    simulation.close();
  }
}

function textOf({ lines, flow }: Holding, title: string, end: string): string {
  return lines.length === 0 ? "" : testText(title, flow, [...lines, end]);
}

async function hold(holding: Holding, told: Exclude<Doing, Answer>, answers: readonly Answer[]): Promise<void> {
  const { session, next, lines } = holding;
  mockAnswers(holding, answers);
  const doing = await timely(session, told);
  const newest = newestAsk(session);
  for (const step of stepsOf(doing)) await runStep(session, step);
  holding.flow ??= session.snapshot?.conversation?.frames[0]?.flow;
  const { flow } = holding;
  next.push(...doingLines(session.simulation.machine, doing, { flow, newest }));
  if (isAhead(doing)) return;
  for (const bubble of unexpected(session)) {
    const line = expectLine(bubble, { flow });
    if (line === undefined) failStep("no `expect` names such a message", undefined, describeBubble(bubble));
    next.push(line);
    session.expected.add(bubble.id);
  }
  lines.push(...next.splice(0));
}

type Answer = Extract<Doing, { readonly kind: "answers" }>;

/** Says how the next thing goes. */
function isAhead({ kind }: Doing): boolean {
  return kind === "deliverTwice" || kind === "deliverLate" || kind === "failDelivery";
}

/** What the actions answer that this calls; a mock stands before the step that calls. */
function answersAfter(doings: readonly Doing[], index: number): readonly Answer[] {
  const end = doings.findIndex((doing, i) => i > index && doing.kind !== "answers");
  return doings.slice(index + 1, end < 0 ? undefined : end).filter((doing) => doing.kind === "answers");
}

function mockAnswers({ session, mocked, next }: Holding, answers: readonly Answer[]): void {
  const now = new Map<string, string>();
  for (const answer of answers) {
    const { action, behaviour, value } = answer;
    const [line = ""] = doingLines(session.simulation.machine, answer);
    if ((now.get(action) ?? line) !== line) failStep(`in one step \`${action}\` answered in two ways`);
    now.set(action, line);
    if (mocked.get(action) === line) continue;
    mocked.set(action, line);
    next.push(line);
    session.simulation.host.mock(action, behaviour === "value" ? { kind: "value", value } : { kind: behaviour });
  }
}

const MINUTE_MS = 60_000;
/** What a full minute lacks, or has too much, because things take their time. */
const ODD_MS = 2_000;

/** Waits until what falls due then, and no longer; else for full minutes where that makes no difference. */
async function timely<D extends Doing>({ simulation }: Session, doing: D): Promise<D> {
  if (doing.kind !== "waits") return doing;
  const { ms, nearMs } = doing;
  const due = ((await simulation.bot.nextDue()) ?? Infinity) - simulation.clock.now();
  if (nearMs !== undefined) return Math.abs(due - ms) <= nearMs ? { ...doing, ms: due } : doing;
  const even = Math.round(ms / MINUTE_MS) * MINUTE_MS;
  const differs = Math.abs(even - ms) > ODD_MS || (due >= Math.min(even, ms) && due <= Math.max(even, ms));
  return differs || even === 0 ? doing : { ...doing, ms: even };
}

function newestAsk({ simulation }: Session): string | undefined {
  return simulation.phone.history.flatMap((bubble) => (bubble.from === "business" ? (askOf(bubble) ?? []) : [])).at(-1);
}

function stepsOf(doing: Exclude<Doing, Answer>): readonly TestStep[] {
  switch (doing.kind) {
    case "saysLate":
      return [
        { at: AT, kind: "deliverLate", ms: doing.ms },
        { at: AT, kind: "says", text: doing.text },
        { at: AT, kind: "advance", ms: doing.ms },
      ];
    case "taps":
      return [{ at: AT, kind: "taps", option: doing.option, of: doing.ask }];
    case "sendsValue":
      return [{ at: AT, kind: "sendsValue", what: doing.what, value: constant(doing.value) }];
    case "waits":
      return [{ at: AT, kind: "advance", ms: Math.max(1, Math.ceil(doing.ms / 1_000)) * 1_000 }];
    case "event":
      return [{ at: AT, kind: "event", name: doing.name, args: doing.args.map(constant) }];
    default:
      return [{ at: AT, ...doing }];
  }
}
