/** Tokens in the words of messages. */
import type { IToken } from "chevrotain";
import { sure } from "../text/sure.ts";
import * as T from "./tokens.ts";

const LONGEST = 24;

/** What stands there, as a reader would name it. */
export function foundToken(token: IToken, endName: string): string {
  if (token.tokenType.name === "EOF") return endName;
  const type = token.tokenTypeIdx;
  if (type === T.Text.tokenTypeIdx) return `the text \`${cut(token.image)}\``;
  if (type === T.NumberLiteral.tokenTypeIdx) return `the number \`${cut(token.image)}\``;
  if (type === T.Duration.tokenTypeIdx) return `the duration \`${cut(token.image)}\``;
  if (type === T.Pattern.tokenTypeIdx) return `the pattern \`${cut(token.image)}\``;
  return `\`${cut(token.image)}\``;
}

function cut(image: string): string {
  const line = sure(image.split(/[\n\r]/, 1)[0]);
  return line.length > LONGEST || line !== image ? `${line.slice(0, LONGEST)}…` : line;
}
