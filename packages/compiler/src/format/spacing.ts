/** Where a space stands between two tokens on one line. */
import type { IToken } from "chevrotain";
import type { Span } from "../text/source.ts";
import * as S from "./stream.ts";

/** A node of the tree, whatever its kind. */
export type Node = Span & { readonly kind: string };

/** Whether a space stands before a token; `within` is a node that holds both it and the one before it. */
export function spaced(stream: S.Stream, i: number, within: Node): boolean {
  const before = stream.tokens[i - 1] as IToken;
  const left = S.shapeOf(before);
  if (left === S.OPEN || left === S.DOT || left === S.DOTS) return false;
  const shape = S.shapeOf(stream.tokens[i] as IToken);
  if (left === S.OPEN_BRACE) return shape !== S.CLOSE_BRACE && !isIdBrace(stream, i - 1, within);
  switch (shape) {
    case S.CLOSE:
    case S.POINT:
    case S.DOTS:
      return false;
    case S.DOT:
      return isNumber(before);
    case S.QUESTION:
      // `??` would be an operator.
      return left === S.QUESTION;
    case S.OPEN:
      return !(left === S.MINUS ? isSign(stream, i - 1, within) : endsValue(stream, i - 1, within));
    case S.CLOSE_BRACE:
      return !isIdBrace(stream, stream.partner[i] as number, within);
    default:
      return left !== S.MINUS || !isSign(stream, i - 1, within);
  }
}

/** `1 .x`: without the space the dot would belong to the number. */
function isNumber(token: IToken): boolean {
  const c = token.image.charCodeAt(0);
  return c >= 48 && c <= 57;
}

/** Whether a `-` is a sign and no operator. */
function isSign(stream: S.Stream, i: number, within: Node): boolean {
  return i === 0 || !endsValue(stream, i - 1, within);
}

/** Whether a value or a type can end with this token, so that what follows belongs to it: `(`, `[`, an operator. */
function endsValue(stream: S.Stream, i: number, within: Node): boolean {
  const token = stream.tokens[i] as IToken;
  switch (S.shapeOf(token)) {
    case S.VALUE:
    case S.CLOSE:
    case S.CLOSE_BRACE:
    case S.QUESTION:
      return true;
    default:
      return isName(stream, i, within);
  }
}

/** Whether a word is a name here and no keyword. */
function isName(stream: S.Stream, i: number, within: Node): boolean {
  const before = stream.tokens[i - 1];
  if (before !== undefined && S.shapeOf(before) === S.DOT) return true;
  const token = stream.tokens[i] as IToken;
  return S.shapeOf(token) === S.WORD && nameBegins(within, token.startOffset);
}

/** Whether a brace opens the id of an option: `option {p.id}`. */
function isIdBrace(stream: S.Stream, i: number, within: Node): boolean {
  return stream.tokens[i - 1]?.image === "option" && !isName(stream, i - 1, within);
}

/** Whether a name begins at an offset, somewhere in a node; the word for the kind of an ask is none. */
function nameBegins(node: object, offset: number): boolean {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value !== "object" || value === null || key === "source" || key === "askWord") continue;
    for (const child of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (typeof child !== "object" || child === null || !mayHold(child, offset)) continue;
      const { kind, start } = child as Partial<Node>;
      if (start === offset && (kind === "Name" || kind === "NameExpr")) return true;
      if (nameBegins(child, offset)) return true;
    }
  }
  return false;
}

function mayHold(child: object, offset: number): boolean {
  const { start, end } = child as Partial<Span>;
  return start === undefined || end === undefined || (start <= offset && offset < end);
}
