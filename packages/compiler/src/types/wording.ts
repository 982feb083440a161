/** A project's texts in one language. Without a wording a text stands as it is written in the `.flow` files. */
import type { EnumCase, Option, TextExpr } from "../syntax/ast.ts";

/** The default language: as written, with dates as this locale has them. */
export function asWritten(locale: string): Wording {
  return {
    locale,
    text: (text) => text,
    label: (enumCase) => enumCase.label,
    builtinLabel: () => undefined,
    short: (option) => option.short,
  };
}

/**
 * A translation is a text like any other, at its place in the locale file, whose holes are those of the text that it
 * translates: what is known of the one holds for the other.
 */
export interface Wording {
  readonly locale: string;
  /** In this language, else as written. */
  readonly text: (text: TextExpr) => TextExpr;
  /** What a case prints. */
  readonly label: (enumCase: EnumCase) => TextExpr | undefined;
  /** What a case of a built-in enum prints, where it has been translated. */
  readonly builtinLabel: (type: string, name: string) => TextExpr | undefined;
  /** Stands where the title does not fit; a language can have one where the others need none. */
  readonly short: (option: Option) => TextExpr | undefined;
}
