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
  const long = options.map(({ title, description }, i) => line(i, title, description));
  let body = numberedText(scope, ask, long);
  if (codePoints(body) > LIMITS.textBody.max) {
    const short = options.map(({ title }, i) => line(i, title, undefined));
    body = numberedText(scope, ask, short.slice(0, fitting(short, LIMITS.textBody.max - around(scope, ask))));
  }
  return { type: "text", text: { body } };
}

function line(index: number, title: string, description: string | undefined): string {
  return description === undefined ? `${index + 1}. ${title}` : `${index + 1}. ${title}: ${description}`;
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
    builtinOf(scope.machine, "numbered", scope.locale),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
