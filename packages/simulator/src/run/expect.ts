/** `expect …`: messages are taken in the order in which they arrived. */
import type { Bubble } from "@parley/emulator";
import type { Expectation, Value } from "@parley/machine";
import { contains, describeBubble, describeExpectation, isKind, type MessageExpectation } from "./describe.ts";
import { evaluateIn } from "./evaluate.ts";
import { failStep } from "./failure.ts";
import { optionNamed, optionNames } from "./options.ts";
import { nextPage, type Session, unexpected } from "./session.ts";

const OPTIONS: readonly string[] = ["buttons", "list"];

/** Longer titles make buttons a list. */
function isExpected({ translation }: Session, bubble: Bubble, what: MessageExpectation): boolean {
  const isOptions = what.kind === "sent" && OPTIONS.includes(what.sent) && OPTIONS.includes(bubble.kind);
  return isKind(bubble, what) || (translation !== undefined && isOptions);
}

/** In another language than the test's own, what a message says is not compared. */
function says({ translation }: Session, bubble: Bubble, words: string): boolean {
  return translation !== undefined || contains(bubble, words);
}

async function requireOption(session: Session, bubble: Bubble, option: string, expected: string): Promise<void> {
  const names: string[] = [];
  for (let page: Bubble | undefined = bubble; page; page = await nextPage(session, page)) {
    if (optionNamed(page, option, session.translation) || page.products?.includes(option)) return;
    names.push(...optionNames(page), ...(page.products ?? []));
  }
  failStep(`the message has no option ${option}`, expected, `with ${names.join(", ") || "no options"}`, bubble.id);
}

async function expectMessage(session: Session, what: MessageExpectation): Promise<void> {
  const expected = describeExpectation(what);
  const [bubble] = unexpected(session);
  if (!bubble) {
    const refused = session.simulation.phone.failed.at(-1);
    const actual = refused
      ? `nothing arrived; not delivered: ${describeBubble(refused)} (${refused.error?.code})`
      : "nothing";
    failStep("the bot sent no further message", expected, actual);
  }
  const actual = describeBubble(bubble);
  if (!isExpected(session, bubble, what)) failStep("the bot sent another message", expected, actual, bubble.id);
  if (what.containing !== undefined && !says(session, bubble, what.containing)) {
    failStep("the message has another text", expected, actual, bubble.id);
  }
  session.expected.add(bubble.id);
  if (what.option !== undefined) await requireOption(session, bubble, what.option, expected);
}

function show(value: Value): string {
  return JSON.stringify(value);
}

function expectThat(session: Session, what: Extract<Expectation, { kind: "that" }>): void {
  const { condition } = what;
  if (evaluateIn(session, condition) === true) return;
  // Of a comparison both sides are worth seeing.
  const sides =
    Array.isArray(condition) && condition.length === 3 && /^[=!<>]=?$/.test(String(condition[0]))
      ? condition
      : undefined;
  if (!sides) failStep("the condition does not hold", "true", show(evaluateIn(session, condition)));
  const [, left, right] = sides;
  failStep(
    "the condition does not hold",
    `${sides[0]} ${show(evaluateIn(session, right))}`,
    show(evaluateIn(session, left)),
  );
}

function canonical(value: Value): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

function expectCall(session: Session, what: Extract<Expectation, { kind: "call" }>): void {
  const { host, machine } = session.simulation;
  const names = Object.keys(machine.actions[what.action]?.params ?? {});
  const wanted = Object.fromEntries(names.map((name, i) => [name, evaluateIn(session, what.args[i] ?? null)]));
  const calls = host.calls.filter((call) => call.action === what.action && !session.calls.has(call));
  const found = calls.find((call) => canonical(call.args) === canonical(wanted));
  if (found) {
    session.calls.add(found);
    return;
  }
  const actual = calls.map((call) => show(call.args)).join("; ");
  failStep(`the action \`${what.action}\` was not called so`, show(wanted), actual || "not called");
}

function placeOf(session: Session): string {
  const conversation = session.snapshot?.conversation;
  if (!conversation) return "end: no conversation is under way";
  const { kind } = conversation.wait;
  return `${conversation.frames.at(-1)?.at ?? ""}${kind === "ask" ? "" : ` (${kind})`}`;
}

function expectState(session: Session, path: string): void {
  const at = session.snapshot?.conversation?.frames.at(-1)?.at;
  if (at === path || at?.startsWith(`${path}.`)) return;
  failStep("the conversation is elsewhere", path, placeOf(session));
}

export async function expectStep(session: Session, what: Expectation): Promise<void> {
  switch (what.kind) {
    case "sent":
    case "template":
      return expectMessage(session, what);
    case "that":
      return expectThat(session, what);
    case "call":
      return expectCall(session, what);
    case "state":
      return expectState(session, what.path);
    case "end":
      if (session.snapshot?.conversation) failStep("the conversation goes on", "end", placeOf(session));
      return undefined;
    case "handoff":
      if (session.snapshot?.conversation?.wait.kind !== "handoff") {
        failStep("nobody was handed the chat", "handoff", placeOf(session));
      }
      return undefined;
    case "nothing": {
      const [bubble] = unexpected(session);
      if (bubble) failStep("the bot sent a message", "nothing", describeBubble(bubble), bubble.id);
      return undefined;
    }
  }
}
