/** An ask as plain text with numbered options: for phones that cannot show the interactive message. */
import { codePoints, LIMITS, type OutgoingMessage } from "@parley/whatsapp";
import type { AskDef } from "../format.ts";
import { builtinOf } from "../text/localized.ts";
import type { Shown, ShownOption } from "./options.ts";
import { renderFrame } from "./parts.ts";
import type { Scope } from "./scope.ts";

/** The options in the order of their numbers, from 1. */
export function numberedOptions(shown: Shown): readonly ShownOption[] {
  return shown.sections.flatMap((section) => section.options);
}

/** Descriptions are left out where the text would be too long with them; then the last options, whose titles still answer. */
export function renderNumbered(scope: Scope, ask: AskDef, shown: Shown): OutgoingMessage {
  const options = numberedOptions(shown);
  const mark = (i: number): string => (hasNumbers(ask) ? `${i + 1}.` : "-");
  const long = options.map(({ title, description }, i) => line(mark(i), title, description));
  let body = numberedText(scope, ask, long);
  if (codePoints(body) > LIMITS.textBody.max) {
    const short = options.map(({ title }, i) => line(mark(i), title, undefined));
    body = numberedText(scope, ask, short.slice(0, fitting(short, LIMITS.textBody.max - around(scope, ask))));
  }
  return { type: "text", text: { body } };
}

/** Where a number is an answer of its own, it does not stand for an option. */
export function hasNumbers({ answer }: AskDef): boolean {
  return answer?.kind !== "number";
}

function line(mark: string, title: string, description: string | undefined): string {
  return description === undefined ? `${mark} ${title}` : `${mark} ${title}: ${description}`;
}

/** How many of the lines have room. */
function fitting(lines: readonly string[], room: number): number {
  let length = 0;
  for (const [i, text] of lines.entries()) {
    length += codePoints(text) + 1;
    if (length > room) return i;
  }
  return lines.length;
}

/** The length of all but the options. */
function around(scope: Scope, ask: AskDef): number {
  return codePoints(numberedText(scope, ask, ["-"]));
}

function numberedText(scope: Scope, ask: AskDef, lines: readonly string[]): string {
  const { prompt } = ask;
  const frame = prompt.kind === "options" ? renderFrame(scope, prompt) : undefined;
  const parts = [
    frame?.header?.type === "text" ? frame.header.text : "",
    frame?.body.text ?? "",
    lines.join("\n"),
    frame?.footer?.text ?? "",
    hasNumbers(ask) ? builtinOf(scope.machine, "numbered", scope.locale) : "",
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
