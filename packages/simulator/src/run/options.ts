/** The options of messages on the phone by the names that tests give them. */
import { type Bubble, type Option, optionsOf } from "@parley/emulator";

export interface WireName {
  readonly ask: string;
  /** Absent for the row that shows the next page. */
  readonly option?: string;
}

const WIRE_ID = /^([A-Za-z0-9_.]+)(?::(.*)|\+[0-9]+)#[0-9a-z]{6}\.[0-9a-z]+$/s;

/** Ask and option of a wire id; undefined for ids of another form. */
export function wireName(id: string): WireName | undefined {
  const match = WIRE_ID.exec(id);
  const [, ask, option] = match ?? [];
  if (ask === undefined) return undefined;
  return option === undefined ? { ask } : { ask, option };
}

function isMore(option: Option): boolean {
  const name = wireName(option.id);
  return name !== undefined && name.option === undefined;
}

function optionId(option: Option): string {
  return wireName(option.id)?.option ?? option.id;
}

/** The option with this id, else with this title. */
export function optionNamed(bubble: Bubble, idOrTitle: string): Option | undefined {
  const options = optionsOf(bubble).filter((option) => !isMore(option));
  return (
    options.find((option) => optionId(option) === idOrTitle) ?? options.find((option) => option.title === idOrTitle)
  );
}

/** The row that shows the next page. */
export function moreRow(bubble: Bubble): Option | undefined {
  return optionsOf(bubble).find(isMore);
}

/** The ask that a message is the prompt of. */
export function askOf(bubble: Bubble): string | undefined {
  const [first] = optionsOf(bubble);
  return first && wireName(first.id)?.ask;
}

/** Names of the options as a test would write them. */
export function optionNames(bubble: Bubble): readonly string[] {
  return optionsOf(bubble).map((option) => (isMore(option) ? `${option.title} (next page)` : optionId(option)));
}
