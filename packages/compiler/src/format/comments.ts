/** What stands between two tokens: white space and comments. */

export interface Comment {
  readonly kind: "line" | "doc" | "block";
  /** As written, without white space at its end. */
  readonly text: string;
  /** Line breaks between what stands before it and the comment. */
  readonly breaks: number;
}

export interface Gap {
  readonly comments: readonly Comment[];
  /** Line breaks between the last comment and the next token; all of the gap where it has no comment. */
  readonly breaks: number;
}

const NEWLINE = 10;
const SLASH = 47;
const STAR = 42;

/** Reads a gap of a text whose comments are closed. */
export function readGap(text: string, from: number, to: number): Gap {
  const comments: Comment[] = [];
  let breaks = 0;
  let i = from;
  while (i < to) {
    const c = text.charCodeAt(i);
    if (c === NEWLINE) breaks++;
    if (c !== SLASH) {
      i++;
      continue;
    }
    const end = text.charCodeAt(i + 1) === STAR ? text.indexOf("*/", i + 2) + 2 : endOfLine(text, i, to);
    comments.push({ kind: kindAt(text, i), text: text.slice(i, end).trimEnd(), breaks });
    breaks = 0;
    i = end;
  }
  return { comments, breaks };
}

/** Four slashes are no documentation. */
function kindAt(text: string, at: number): Comment["kind"] {
  if (text.charCodeAt(at + 1) === STAR) return "block";
  return text.charCodeAt(at + 2) === SLASH && text.charCodeAt(at + 3) !== SLASH ? "doc" : "line";
}

function endOfLine(text: string, at: number, to: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 || end > to ? to : end;
}
