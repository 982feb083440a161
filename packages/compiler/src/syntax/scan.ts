/**
 * Where texts, holes, patterns and comments end. A text is one token although its holes hold expressions with texts of
 * their own, so its end is found by balancing quotes and braces; the same functions later find the holes again.
 */

const QUOTE = 34;
const BACKSLASH = 92;
const LEFT_BRACE = 123;
const RIGHT_BRACE = 125;
const NEWLINE = 10;
const RETURN = 13;

/** Braces and texts inside one another in a text; deeper ones are not closed as far as we are concerned. */
const DEEPEST = 100;

/** What a scan is inside of. */
const IN_LINE = 0;
const IN_BLOCK = 1;
const IN_HOLE = 2;
type Inside = typeof IN_LINE | typeof IN_BLOCK | typeof IN_HOLE;

/** The last character that the escape at `at` surely has; a brace in `\\u{` opens no hole. */
function lastOfEscape(text: string, at: number): number {
  const c = text.charCodeAt(at + 1);
  if (isLineBreak(c)) return at;
  return c === 117 && text.charCodeAt(at + 2) === LEFT_BRACE ? at + 2 : at + 1;
}

function isLineBreak(c: number): boolean {
  return c === NEWLINE || c === RETURN;
}

/** The index after the text that begins at `at` (a quote), or -1 where it is not closed before `limit`. */
export function endOfText(text: string, at: number, limit: number): number {
  const block = isBlockQuote(text, at);
  if (!block) {
    const quick = endOfPlainLine(text, at + 1, limit);
    if (quick !== 0) return quick;
  }
  return scan(text, block ? at + 3 : at + 1, limit, block ? IN_BLOCK : IN_LINE);
}

/** The index after the `}` of the hole that begins at `at` (a `{`), or -1 where it is not closed before `limit`. */
export function endOfHole(text: string, at: number, limit: number): number {
  return scan(text, at + 1, limit, IN_HOLE);
}

export function isBlockQuote(text: string, at: number): boolean {
  return text.charCodeAt(at + 1) === QUOTE && text.charCodeAt(at + 2) === QUOTE && text.charCodeAt(at) === QUOTE;
}

/** The end of a one-line text without holes: after its quote, -1 if the line ends first, 0 if it has holes. */
function endOfPlainLine(text: string, from: number, limit: number): number {
  for (let i = from; i < limit; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) return i + 1;
    if (c === BACKSLASH) {
      i = lastOfEscape(text, i);
    } else if (c === LEFT_BRACE) return 0;
    else if (isLineBreak(c)) return -1;
  }
  return -1;
}

/** Balances from inside a text or a hole to its end. An explicit stack: nesting costs no stack of JavaScript's. */
function scan(text: string, from: number, limit: number, start: Inside): number {
  const stack: Inside[] = [start];
  let i = from;
  while (i < limit) {
    const c = text.charCodeAt(i);
    const top = stack.at(-1);
    if (c === NEWLINE || c === RETURN) {
      if (start === IN_LINE) return -1;
      // One-line texts that the line's end cuts off are left; what is around them goes on.
      const cut = stack.indexOf(IN_LINE);
      if (cut > 0) stack.length = cut;
    } else if (top === IN_HOLE) {
      if (c === RIGHT_BRACE) stack.pop();
      else if (c === LEFT_BRACE) stack.push(IN_HOLE);
      else if (c === QUOTE) {
        const block = isBlockQuote(text, i);
        stack.push(block ? IN_BLOCK : IN_LINE);
        if (block) i += 2;
      }
    } else if (c === BACKSLASH) {
      i = lastOfEscape(text, i);
    } else if (c === LEFT_BRACE) {
      stack.push(IN_HOLE);
    } else if (c === QUOTE && (top === IN_LINE || isBlockQuote(text, i))) {
      stack.pop();
      if (top === IN_BLOCK) i += 2;
    }
    i++;
    if (stack.length === 0) return i;
    if (stack.length > DEEPEST) return -1;
  }
  return -1;
}

/**
 * The end of a text whose holes do not close: the first quote of its kind, whatever braces say, or -1.
 * Keeps the damage to the text itself.
 */
export function endOfBrokenText(text: string, at: number, limit: number): number {
  const block = isBlockQuote(text, at);
  for (let i = at + (block ? 3 : 1); i < limit; i++) {
    const c = text.charCodeAt(i);
    if (c === BACKSLASH) {
      i = lastOfEscape(text, i);
    } else if (c === QUOTE) {
      if (!block) return i + 1;
      if (isBlockQuote(text, i)) return i + 3;
    } else if (!block && isLineBreak(c)) return -1;
  }
  return -1;
}

/** The index of the next line break at or after `at`, or the text's length. */
export function endOfLine(text: string, at: number): number {
  for (let i = at; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (isLineBreak(c)) return i;
  }
  return text.length;
}

/** The index after the closing `/` of the pattern that begins at `at`, or -1 where its line ends first. */
export function endOfPattern(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 47) return i + 1;
    if (isLineBreak(c)) return -1;
    if (c === BACKSLASH && !isLineBreak(text.charCodeAt(i + 1))) i++;
  }
  return -1;
}
