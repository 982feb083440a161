/**
 * Recovery: no rule ever fails.
 *
 * Recovery is not Chevrotain's. That one unwinds rules by exceptions, which in an embedded-actions parser loses the
 * nodes that are half built, follows the grammar alone (here nearly every keyword is also a name), and needs follow
 * sets that cost more at start-up than a small file costs to parse. Instead a token that is missing
 * is reported and made up (`consumeInternal`), a choice that fits nothing gives undefined (`raiseNoAltException`), and
 * lists skip what they cannot read up to the next line that begins one of their members (`recover`). So every rule
 * returns its node, with both ends, whatever the input.
 */
import type { ConsumeMethodOpts, IToken, TokenType } from "chevrotain";
import type { Fix, Related } from "../../diagnostics/diagnostic.ts";
import { diagnostic } from "../../diagnostics/report.ts";
import { sure } from "../../text/sure.ts";
import { type List, type ListKind, listOf, meantStarter } from "../lists.ts";
import { foundToken } from "../phrases.ts";
import * as T from "../tokens.ts";
import { BaseParser, matches, NOWHERE } from "./base.ts";

/** `if`s inside or behind one another; later phases walk trees by recursion, too. */
const DEEPEST_IF = 64;

export abstract class RecoveringParser extends BaseParser {
  /** Chevrotain's way to read one token (not public, version pinned): here it never fails. */
  protected consumeInternal(type: TokenType, _occurrence: number, options?: ConsumeMethodOpts): IToken {
    const next = this.tokVector[this.currIdx + 1] as IToken;
    if (next.tokenTypeIdx === type.tokenTypeIdx || (type.isParent && type.categoryMatchesMap?.[next.tokenTypeIdx])) {
      if (type !== T.Name || next.tokenTypeIdx === T.Name.tokenTypeIdx || !this.isNoName(next)) {
        this.currIdx++;
        return next;
      }
      this.missing(options?.ERR_MSG ?? "a name");
      return emptyToken(type, this.end);
    }
    return this.makeUp(type, next, options?.ERR_MSG ?? type.LABEL ?? "something else");
  }

  /** Whether a keyword at a name's place is rather the beginning of what follows. */
  private isNoName(keyword: IToken): boolean {
    // Right behind a mistake a keyword that begins a line is no name that would fit here by chance.
    return this.memberBegins(1) || (this.quietAt === this.currIdx && this.beginsLine(keyword));
  }

  private beginsLine(next: IToken): boolean {
    return T.isStarter(next.tokenTypeIdx) && this.newLineBefore(1);
  }

  /**
   * Whether a member of a list surely begins at a token that could also be a name: its keyword begins a line, and what
   * follows on that line cannot stand behind a name. `option a "A" ->` lacks its target if the next line is
   * `option b "B" -> x`.
   */
  protected memberBegins(ahead: number): boolean {
    const token = this.LA(ahead);
    if (!T.isStarter(token.tokenTypeIdx) || !this.newLineBefore(ahead) || this.newLineBefore(ahead + 1)) return false;
    const next = this.LA(ahead + 1);
    const type = next.tokenTypeIdx;
    if (
      type === T.Name.tokenTypeIdx ||
      matches(next, T.Text) ||
      matches(next, T.NumberLiteral) ||
      matches(next, T.Duration)
    )
      return true;
    return T.takesKeyword(token.tokenTypeIdx) && matches(next, T.Name);
  }

  /** Chevrotain's way to say that a choice fits nothing (not public, version pinned): here the choice gives undefined. */
  protected raiseNoAltException(_occurrence: number, expected: string | undefined): void {
    if (expected !== undefined) this.missing(expected);
  }

  /** A token in place of the one that is missing: a reserved word, the one after next, or an empty one. */
  private makeUp(type: TokenType, next: IToken, expected: string): IToken {
    const sameLine = !this.newLineBefore(1);
    if (type === T.Name && sameLine && T.isReserved(next.image) && !matches(this.LA(2), T.Operator)) {
      if (this.quietAt !== this.currIdx) this.reservedName(next, expected);
      this.currIdx++;
      return next;
    }
    const second = this.LA(2);
    if (sameLine && matches(second, type) && this.isStray(type, next) && !this.newLineBefore(2)) {
      const span = this.spanOf(next);
      const fix = { title: `Remove ${foundToken(next, "")}`, safe: false, edits: [{ span, text: "" }] };
      this.unexpected(expected, { fixes: [fix] });
      this.currIdx += 2;
      return second;
    }
    const fix = this.insertion(type);
    this.missing(expected, fix === undefined ? {} : { fixes: [fix] });
    return emptyToken(type, this.end);
  }

  /** Whether a token that does not fit is rather one too many than the sign that the one before it is missing. */
  private isStray(expected: TokenType, token: IToken): boolean {
    if (isBracket(token)) return false;
    if (token.tokenTypeIdx === this.LA(0).tokenTypeIdx) return true;
    return !(expected === T.Name || expected === T.Word) || matches(token, T.Word);
  }

  /** The edit that puts a missing mark after the last token. */
  private insertion(type: TokenType): Fix | undefined {
    if (typeof type.PATTERN !== "string") return undefined;
    const span = { source: this.source, start: this.end, end: this.end };
    return { title: `Insert \`${type.PATTERN}\``, safe: false, edits: [{ span, text: type.PATTERN }] };
  }

  protected reservedName(token: IToken, what: string): void {
    if (this.RECORDING_PHASE) return;
    const span = this.spanOf(token);
    const text = `${token.image}_`;
    const fix = { title: `Rename it to \`${text}\``, safe: false, edits: [{ span, text }] };
    this.report(diagnostic("P1005", span, { name: token.image, what }, { fixes: [fix] }));
  }

  /**
   * After the members of a list: false at the list's end. Otherwise reports the next token, skips to where the list can
   * go on, hands the skipped span to `invalid` and returns true: the list is to be tried again.
   */
  protected recover(kind: ListKind, open: IToken | undefined, invalid: (start: number, end: number) => void): boolean {
    if (this.RECORDING_PHASE) return false;
    const next = this.tokVector[this.currIdx + 1] as IToken;
    if (next.tokenTypeIdx === T.RightBrace.tokenTypeIdx && open !== undefined) return false;
    return this.skip(kind, open, invalid);
  }

  private skip(kind: ListKind, open: IToken | undefined, invalid: (start: number, end: number) => void): boolean {
    const list = listOf(kind);
    const next = this.LA(1);
    if (this.beginsMistake(list)) this.quietAt = NOWHERE;
    if (next.tokenType.name === "EOF") return false;
    if (open !== undefined && this.newLineBefore(1) && (list.outer.has(next.tokenTypeIdx) || this.isOutdented(open)))
      return false;
    if (this.retype(list)) return true;
    const foreign = list.foreign(next, this.LA(2));
    this.unexpected(list.expected, foreign === undefined ? {} : { hint: foreign });
    const start = next.startOffset;
    do this.skipOne();
    while (!this.mayGoOn(list, open));
    this.quietAt = this.currIdx;
    if (this.beginsMistake(list)) this.quietAt = NOWHERE;
    invalid(start, this.end);
    return true;
  }

  /** A misspelt keyword, or that of another language, becomes the right one, so that what follows is read. */
  private retype(list: List): boolean {
    const next = this.LA(1);
    const meant = this.isFresh() ? meantStarter(list, next, this.LA(2)) : undefined;
    if (meant === undefined) return false;
    const fix = {
      title: `Write \`${meant.image}\``,
      safe: false,
      edits: [{ span: this.spanOf(next), text: meant.image }],
    };
    this.unexpected(list.expected, { hint: meant.hint, fixes: [fix] });
    next.tokenType = meant.type;
    next.tokenTypeIdx = meant.type.tokenTypeIdx as number;
    return true;
  }

  /** Whether skipping ends here: at the list's end, at a member, at a member of a list around it, at another mistake. */
  private mayGoOn(list: List, open: IToken | undefined): boolean {
    const token = this.LA(1);
    if (token.tokenType.name === "EOF") return true;
    if (open !== undefined && token.tokenTypeIdx === T.RightBrace.tokenTypeIdx) return true;
    if (!this.isFresh()) return false;
    const type = token.tokenTypeIdx;
    return list.first.has(type) || list.outer.has(type) || this.beginsMistake(list);
  }

  /** Whether a mistake of its own begins here, one that there is something to say about. */
  private beginsMistake(list: List): boolean {
    if (!this.newLineBefore(1)) return false;
    const [token, next] = [this.LA(1), this.LA(2)];
    return (
      !list.first.has(token.tokenTypeIdx) &&
      (list.foreign(token, next) ?? meantStarter(list, token, next)) !== undefined
    );
  }

  /** Whether a member may begin here: on a new line, or behind a brace. */
  private isFresh(): boolean {
    return this.newLineBefore(1) || matches(this.LA(0), T.LeftBrace) || matches(this.LA(0), T.RightBrace);
  }

  /** Whether the next token stands no deeper than the line of a brace that is open: then its `}` is missing. */
  private isOutdented(open: IToken): boolean {
    if (open.image === "") return false;
    const { text } = this.source;
    const outside = lineIndent(text, open.startOffset);
    const inside =
      open.startOffset + 1 + sure(/^\s*/.exec(text.slice(open.startOffset + 1, open.startOffset + 400))?.[0]).length;
    // Only where its members are indented does indentation say something.
    return lineIndent(text, inside) > outside && lineIndent(text, this.LA(1).startOffset) <= outside;
  }

  /** Skips a token, or a bracket with all that it holds. */
  private skipOne(): void {
    let depth = 0;
    do {
      const token = this.LA(1);
      if (token.tokenType.name === "EOF") return;
      if (isOpen(token)) depth++;
      else if (isClose(token)) depth--;
      this.currIdx++;
    } while (depth > 0);
  }

  /** Bounds the stack: reports a nesting that is too deep and skips to the end of the brackets around it. */
  protected tooDeep(what: string): boolean {
    if (this.RECORDING_PHASE || this.depth < DEEPEST_IF) return false;
    this.unexpected(`at most ${DEEPEST_IF} ${what}`);
    while (this.LA(1).tokenType.name !== "EOF" && !isClose(this.LA(1))) this.skipOne();
    this.quietAt = this.currIdx;
    return true;
  }

  /** The closing brace of a block, with a pointer to the opening one where it is missing. */
  protected closeBrace(open: IToken): void {
    if (this.RECORDING_PHASE || this.at(T.RightBrace) || this.quietAt === this.currIdx) {
      this.CONSUME9(T.RightBrace);
      return;
    }
    const next = this.LA(1);
    const related: Related[] =
      open.image === "" ? [] : [{ span: this.spanOf(open), message: "this block is not closed" }];
    const found = foundToken(next, this.context.endName);
    this.quietAt = this.currIdx;
    const fix = this.insertion(T.RightBrace);
    const more = { related, fixes: fix === undefined ? [] : [fix] };
    this.report(diagnostic("P1001", this.spanOf(next), { expected: "`}`", found, hint: "" }, more));
    this.CONSUME9(T.RightBrace);
  }
}

function lineStart(text: string, at: number): number {
  return Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
}

/** White space before the first character of the line of `at`, in characters. */
function lineIndent(text: string, at: number): number {
  const start = lineStart(text, at);
  return sure(/^[ \t]*/.exec(text.slice(start, at))?.[0]).length;
}

function emptyToken(type: TokenType, at: number): IToken {
  return { image: "", startOffset: at, tokenTypeIdx: type.tokenTypeIdx as number, tokenType: type };
}

function isOpen(token: IToken): boolean {
  const type = token.tokenTypeIdx;
  return type === T.LeftBrace.tokenTypeIdx || type === T.LeftParen.tokenTypeIdx || type === T.LeftBracket.tokenTypeIdx;
}

function isClose(token: IToken): boolean {
  const type = token.tokenTypeIdx;
  return (
    type === T.RightBrace.tokenTypeIdx || type === T.RightParen.tokenTypeIdx || type === T.RightBracket.tokenTypeIdx
  );
}

function isBracket(token: IToken): boolean {
  return isOpen(token) || isClose(token);
}
