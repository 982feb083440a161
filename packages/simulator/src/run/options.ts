/** The options of messages on the phone by the names that tests give them. */
import { type Bubble, type Option, optionsOf } from "@parley/emulator";
import { decodeWireId } from "@parley/machine";
import type { Translation } from "./translation.ts";

function isMore(option: Option): boolean {
  return decodeWireId(option.id)?.page !== undefined;
}

function optionId(option: Option): string {
  return decodeWireId(option.id)?.option ?? option.id;
}

/** The option with this id, else with this title, which may be another one in the contact's language. */
export function optionNamed(bubble: Bubble, idOrTitle: string, translation?: Translation): Option | undefined {
  const options = optionsOf(bubble).filter((option) => !isMore(option));
  const titled = (title: string): Option | undefined => options.find((option) => option.title === title);
  return (
    options.find((option) => optionId(option) === idOrTitle) ??
    titled(idOrTitle) ??
    translation?.(idOrTitle)
      .map(titled)
      .find((option) => option)
  );
}

/** The row that shows the next page. */
export function moreRow(bubble: Bubble): Option | undefined {
  return optionsOf(bubble).find(isMore);
}

/** The ask that a message is the prompt of. */
export function askOf(bubble: Bubble): string | undefined {
  const [first] = optionsOf(bubble);
  return first && decodeWireId(first.id)?.ask;
}

/** Names of the options as a test would write them. */
export function optionNames(bubble: Bubble): readonly string[] {
  return optionsOf(bubble).map((option) => (isMore(option) ? `${option.title} (next page)` : optionId(option)));
}
