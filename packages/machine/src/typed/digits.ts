/** Digits of any script as ASCII ones. */

const DIGIT = /\p{Nd}/gu;
const BEYOND_ASCII = /[^ -~]/;

/** Unicode puts the decimal digits of each script in a row from its zero, which is a multiple of ten above another digit. */
function digitValue(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  let zero = point;
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String((point - zero) % 10);
}

export function asciiDigits(text: string): string {
  return BEYOND_ASCII.test(text) ? text.replace(DIGIT, digitValue) : text;
}
