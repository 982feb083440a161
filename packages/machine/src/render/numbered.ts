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

/** Descriptions are left out where the text would be too long with them. */
export function renderNumbered(scope: Scope, ask: AskDef, shown: Shown): OutgoingMessage {
  const long = numberedText(scope, ask, shown, true);
  const body = codePoints(long) <= LIMITS.textBody.max ? long : numberedText(scope, ask, shown, false);
  return { type: "text", text: { body } };
}

function numberedText(scope: Scope, ask: AskDef, shown: Shown, descriptions: boolean): string {
  const { prompt } = ask;
  const frame = prompt.kind === "options" ? renderFrame(scope, prompt) : undefined;
  const lines = numberedOptions(shown).map(({ title, description }, i) =>
    descriptions && description !== undefined ? `${i + 1}. ${title}: ${description}` : `${i + 1}. ${title}`,
  );
  const parts = [
    frame?.header?.type === "text" ? frame.header.text : "",
    frame?.body.text ?? "",
    lines.join("\n"),
    frame?.footer?.text ?? "",
    builtinOf(scope.machine, "numbered", scope.locale),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
