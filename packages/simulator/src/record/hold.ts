/** Holds a conversation as it is told, on the real runtime, and writes it down as a test that expects what came. */
import type { Machine, TestDef, TestStep } from "@parley/machine";
import { StepFailure } from "../run/failure.ts";
import { askOf } from "../run/options.ts";
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

const AT = { file: "", line: 0, column: 0, source: "" } as const;

/** The text of a test; undefined where a test cannot say this. */
export async function holdConversation(conversation: Conversation): Promise<string | undefined> {
  const { machine, title, doings, env } = conversation;
  let { flow } = conversation;
  const test: TestDef = { title, at: AT, steps: [], ...(flow === undefined ? {} : { flow }) };
  const simulation = createSimulation({ machine, seed: title, ...(env ? { env } : {}) });
  const session = createSession(test, simulation);
  const lines: string[] = [];
  const mocked = new Map<string, string>();
  try {
    for (const [index, doing] of doings.entries()) {
      if (doing.kind === "answers") continue;
      if (!mockAnswers(session, answersAfter(doings, index), mocked, lines)) return undefined;
      const newest = newestAsk(session);
      for (const step of stepsOf(doing)) await runStep(session, step);
      flow ??= session.snapshot?.conversation?.frames[0]?.flow;
      lines.push(...doingLines(machine, doing, { flow, newest }));
      if (!expectAll(session, flow, lines)) return undefined;
    }
  } catch (error) {
    if (error instanceof StepFailure) return undefined;
    throw error;
  } finally {
    simulation.close();
  }
  lines.push(endLine(session.snapshot));
  return testText(title, flow, lines);
}

type Answer = Extract<Doing, { readonly kind: "answers" }>;

/** What the actions answer that this calls; a mock stands before the step that calls. */
function answersAfter(doings: readonly Doing[], index: number): readonly Answer[] {
  const end = doings.findIndex((doing, i) => i > index && doing.kind !== "answers");
  return doings.slice(index + 1, end < 0 ? undefined : end).filter((doing) => doing.kind === "answers");
}

/** False where one step calls an action twice that answers differently: a test has no words for that. */
function mockAnswers(
  session: Session,
  answers: readonly Answer[],
  mocked: Map<string, string>,
  lines: string[],
): boolean {
  const now = new Map<string, string>();
  for (const answer of answers) {
    const [line = ""] = doingLines(session.simulation.machine, answer);
    if ((now.get(answer.action) ?? line) !== line) return false;
    now.set(answer.action, line);
    if (mocked.get(answer.action) === line) continue;
    mocked.set(answer.action, line);
    lines.push(line);
    const { action, behaviour, value } = answer;
    session.simulation.host.mock(action, behaviour === "value" ? { kind: "value", value } : { kind: behaviour });
  }
  return true;
}

function newestAsk({ simulation }: Session): string | undefined {
  return simulation.phone.history.flatMap((bubble) => (bubble.from === "business" ? (askOf(bubble) ?? []) : [])).at(-1);
}

function expectAll(session: Session, flow: string | undefined, lines: string[]): boolean {
  for (const bubble of unexpected(session)) {
    const line = expectLine(bubble, { flow });
    if (line === undefined) return false;
    lines.push(line);
    session.expected.add(bubble.id);
  }
  return true;
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
