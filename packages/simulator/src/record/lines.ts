/** Lines of a test: what was done, and what came of it. */
import type { Bubble } from "@parley/emulator";
import type { Machine, SentKind, Snapshot } from "@parley/machine";
import { contains, KINDS, textOf } from "../run/describe.ts";
import { askOf, optionNamed, optionNames } from "../run/options.ts";
import type { Doing } from "./doing.ts";
import { duration, literal, quoted } from "./literals.ts";

/** Where a line stands. */
export interface Surroundings {
  /** The flow of the test: names of its options are written as they are, those of others in quotes. */
  readonly flow?: string | undefined;
  /** The ask of the newest message that can be tapped: one that is older is named. */
  readonly newest?: string | undefined;
}

export function doingLines(machine: Machine, doing: Doing, { flow, newest }: Surroundings = {}): readonly string[] {
  switch (doing.kind) {
    case "says":
      return [`user says ${quoted(doing.text)}`];
    case "saysLate":
      return [`deliver late ${duration(doing.ms)}`, `user says ${quoted(doing.text)}`, `advance ${duration(doing.ms)}`];
    case "taps":
      return [
        `user taps ${optionName(doing.option, doing.ask, flow)}${doing.ask === newest ? "" : ` of ${doing.ask}`}`,
      ];
    case "opens":
      return [`user opens ${quoted(doing.ad)}`];
    case "reacts":
      return [`user reacts ${quoted(doing.emoji)}`];
    case "sendsLocation":
      return [`user sends location ${doing.latitude}, ${doing.longitude}`];
    case "sendsValue":
      return [`user sends ${doing.what} ${literal(doing.value)}`];
    case "sendsMedia":
      return [`user sends ${doing.what}`];
    case "deliverTwice":
      return ["deliver twice"];
    case "deliverLate":
      return [`deliver late ${duration(doing.ms)}`];
    case "failDelivery":
      return ["fail delivery"];
    case "waits":
      return [`advance ${duration(doing.ms)}`];
    case "event": {
      const types = Object.values(machine.events[doing.name]?.params ?? {});
      return [`event ${doing.name}(${doing.args.map((arg, i) => literal(arg, types[i])).join(", ")})`];
    }
    case "release":
      return ["release"];
    case "answers": {
      const { action, behaviour, value } = doing;
      const type = machine.actions[action]?.result;
      return [behaviour === "value" ? `mock ${action} = ${literal(value, type)}` : `mock ${action} ${behaviour}`];
    }
  }
}

function optionName(option: string, ask: string | undefined, flow: string | undefined): string {
  const isOurs = flow === undefined || ask?.startsWith(`${flow}.`);
  return isOurs && /^[A-Za-z_]\w*$/.test(option) ? option : quoted(option);
}

/** How much of a message a test repeats, in characters. */
const QUOTED = 40;

/** What an `expect` says of a message beside its kind. */
export interface Said {
  readonly containing?: string | undefined;
  readonly option?: string | undefined;
}

/**
 * Undefined for a kind of message that no `expect` names.
 *
 * @param like - Says as much as this does, and the same where it is so. Default: the first words and the first option.
 */
export function expectLine(bubble: Bubble, { flow }: Surroundings = {}, like?: Said): string | undefined {
  const kind = bubble.template ? `template ${bubble.template.name}` : sentKind(bubble);
  if (kind === undefined) return undefined;
  const text = like ? wordsLike(bubble, like.containing) : firstWords(textOf(bubble));
  const [first] = optionNames(bubble);
  const isTapped = bubble.kind !== "carousel" && bubble.kind !== "link";
  const option = like?.option !== undefined && optionNamed(bubble, like.option) ? like.option : first;
  const names = isTapped && option !== undefined && (!like || like.option !== undefined);
  return [
    `expect ${kind}`,
    ...(text === "" ? [] : [`containing ${quoted(text)}`]),
    ...(names ? [`with option ${optionName(option, askOf(bubble), flow)}`] : []),
  ].join(" ");
}

function wordsLike(bubble: Bubble, words: string | undefined): string {
  if (words === undefined) return "";
  return contains(bubble, words) ? words : firstWords(textOf(bubble));
}

function sentKind(bubble: Bubble): SentKind | undefined {
  return (Object.keys(KINDS) as SentKind[]).find((kind) => KINDS[kind].includes(bubble.kind));
}

/** Of the first line that says something, cut where a word ends. */
function firstWords(text: string): string {
  const line =
    text
      .split("\n")
      .find((one) => one.trim() !== "")
      ?.trim() ?? "";
  if (line.length <= QUOTED) return line;
  const cut = line.slice(0, QUOTED + 1).lastIndexOf(" ");
  return line.slice(0, cut > 0 ? cut : QUOTED).trim();
}

/** Where the conversation has come to. */
export function endLine(snapshot: Snapshot | null): string {
  const conversation = snapshot?.conversation;
  if (!conversation) return "expect end";
  if (conversation.wait.kind === "handoff") return "expect handoff";
  return `expect state ${conversation.frames.at(-1)?.at ?? ""}`;
}

export function testText(title: string, flow: string | undefined, lines: readonly string[]): string {
  const head = `test ${quoted(title)}${flow === undefined ? "" : ` in ${flow}`} {`;
  return [head, ...lines.map((line) => `  ${line}`), "}", ""].join("\n");
}
