/**
 * The form in which texts of users and of programs are compared. The compiler folds what a trigger lists, the
 * interpreter what a user typed: both with this function.
 */
import { oneLine } from "./white-space.ts";

/** Marks that stand over letters of these scripts are accents; elsewhere (Devanagari, Thai, …) they spell the word. */
const ACCENTED = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{Mn}+/gu;

const PLAIN = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
/** No letter in it has an accent, or more than one form. */
const ASCII = /^[ -~\t\n\v\f\r]*$/;

/** NFKC, case folded, accents of Latin, Greek and Cyrillic removed, white space runs as one, trimmed. Idempotent. */
export function foldText(text: string): string {
  if (PLAIN.test(text)) return text;
  if (ASCII.test(text)) return oneLine(text.toLowerCase()).trim();
  // Upper first: it joins what only it tells to be the same letter (final sigma, sharp s).
  const cased = normalText(text).toUpperCase().toLowerCase().replaceAll("ς", "σ");
  const bare = cased.normalize("NFD").replace(ACCENTED, "$1").normalize("NFKC");
  return oneLine(bare).trim();
}

/** As written, but for forms of the same character and white space: what patterns search. */
export function normalText(text: string): string {
  return oneLine(text.normalize("NFKC")).trim();
}
