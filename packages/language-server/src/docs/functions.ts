/** The built-in functions as an editor shows them. What fits where is the compiler's table. */
import type { FunctionName } from "@parley/compiler";

export interface FunctionDoc {
  readonly params: readonly string[];
  readonly result: string;
  readonly text: string;
}

const of = (params: string, result: string, text: string): FunctionDoc => ({
  params: params === "" ? [] : params.split(", "),
  result,
  text,
});

export const FUNCTION_DOCS: Readonly<Record<FunctionName, FunctionDoc>> = {
  len: of("value: text | list", "number", "How many characters or items it has."),
  clip: of("value: text, size: N", "text(N)", "Cut to N characters, with an ellipsis: bounds the length of a text."),
  upper: of("value: text", "text", "In capital letters."),
  lower: of("value: text", "text", "In small letters."),
  title: of("value: text", "text", "With capital letters at the beginnings of words."),
  trim: of("value: text", "text", "Without white space at its ends."),
  replace: of("value: text, what: text, by: text", "text", "Every occurrence replaced."),
  contains: of("value: text, what: text", "bool", "Whether the one stands in the other."),
  join: of("items: text[], between: text", "text", "The texts in a row with this between them."),
  count: of("items: list", "number", "How many items the list has."),
  sum: of("items: number[]", "number", "All added up."),
  min: of("a: list | value, b: value, …: value", "value", "The least; of a list that can be empty `none`."),
  max: of("a: list | value, b: value, …: value", "value", "The greatest; of a list that can be empty `none`."),
  sort: of("items: list", "list", "In rising order."),
  round: of(
    "value: number, places: number",
    "number",
    "Rounded to so many decimals; without `places` to a whole number.",
  ),
  mod: of("value: number, by: number", "number", "The remainder of the division."),
  clamp: of("value: number, low: number, high: number", "low..high", "The nearest number within both ends."),
  number: of("value: text", "number?", "The number that is written there, or `none`."),
  format: of(
    "value: number | date | time | moment, how: number | text",
    "text",
    'A number with so many decimals, or a date by a pattern such as `"d MMMM"`.',
  ),
  now: of("", "moment", "This instant."),
  today: of("", "date", "The date in the time zone of `parley.yaml`."),
  date: of("year: number, month: number, day: number", "date?", "That day, or `none` where there is no such day."),
  time: of("hour: number, minute: number", "time?", "That time of day, or `none`."),
  at: of("day: date, time: time", "moment", "That time on that day."),
  year: of("when: date | moment", "0..9999", "Its year."),
  month: of("when: date | moment", "1..12", "Its month."),
  day: of("when: date | moment", "1..31", "Its day of the month."),
  weekday: of("when: date | moment", "1..7", "Its day of the week; Monday is 1."),
  hour: of("when: moment | time", "0..23", "Its hour."),
  days: of("from: date | moment, to: date | moment", "number", "The days from the one to the other."),
  add_months: of("day: date, months: number", "date", "So many months later."),
  open: of('name: "hours"', "bool", "Whether the opening hours of this name in `parley.yaml` hold now."),
  random: of("N: number", "1..N", "A whole number by chance."),
  variant: of('name: "experiment", N: number', "1..N", "Always the same of N groups for a contact."),
  id: of("case: enum", "text", "The name of a case, where its label is for people."),
};
