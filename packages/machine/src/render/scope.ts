/**
 * What the renderer asks of its surroundings. The interpreter answers with values (`step/live-scope.ts`), the compiler's
 * `build` with the sources of expressions (`symbolic.ts`): one renderer makes both.
 */
import type { ContactCard, MediaRef } from "@parley/whatsapp";
import type { Expr, ForDef, Hole, Machine, OptionDef, Template, TextKey, Value, ValueType } from "../format.ts";

export interface Scope {
  readonly machine: Machine;
  /** In whose words. */
  readonly locale: string;
  /** Values are sources: nothing is encoded, and lists in pages may have more rows than `each` shows. */
  readonly symbolic?: true;
  readonly text: (key: TextKey) => Template;
  readonly print: (hole: Hole) => string;
  /** Whether what has this `when` is there. */
  readonly holds: (when: Expr) => boolean;
  /** Calls `visit` for each row, with the row in the loop's slot meanwhile. */
  readonly each: (loop: Pick<ForDef, "slot" | "list">, visit: (row: Value) => void) => void;
  readonly optionId: (id: OptionDef["id"]) => string;
  /** An option's id as it goes over the wire. */
  readonly wireId: (option: string) => string;
  /** What names the ask as a whole: a form's answer brings it back. */
  readonly token: (ask: string) => string;
  /** The id of the row that shows this page. */
  readonly pageId: (page: number) => string;
  readonly media: (value: Expr) => MediaFile;
  readonly degrees: (value: Expr, most: 90 | 180) => number | string;
  readonly card: (value: Expr) => ContactCard;
  /** A value that is sent as it is, such as a record; a source where values are not known. */
  readonly value: (value: Expr) => Value;
  /** A template's argument as the text of its parameter. */
  readonly argument: (value: Expr, type: ValueType) => string;
}

export interface MediaFile {
  readonly ref: MediaRef;
  readonly name?: string;
}

/** `line`: white space runs inside values are one space. `url`: values that do not begin the URL are percent-encoded. */
export type Printing = "plain" | "line" | "url";

/** A template with its holes filled. */
export function printTemplate(scope: Scope, template: Template, printing: Printing): string {
  let text = "";
  for (const part of template) text += typeof part === "string" ? part : printHole(scope, part, printing, text === "");
  return text;
}

function printHole(scope: Scope, hole: Hole, printing: Printing, first: boolean): string {
  const value = scope.print(hole);
  switch (printing) {
    case "plain":
      return value;
    case "line":
      return value.replace(/\s+/g, " ");
    case "url":
      return first || scope.symbolic ? value : encodeURIComponent(value);
    default:
      return printing satisfies never;
  }
}
