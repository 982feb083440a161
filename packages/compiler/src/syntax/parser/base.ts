/** What all rules stand on: the tokens, their nodes, and reports. */
import { EmbeddedActionsParser, type IToken, type TokenType } from "chevrotain";
import type { Diagnostic, Fix } from "../../diagnostics/diagnostic.ts";
import { diagnostic } from "../../diagnostics/report.ts";
import type { Source, Span } from "../../text/source.ts";
import type { DurationExpr, MissingExpr, Name, NumberExpr, TextExpr } from "../ast.ts";
import { durationValue, numberValue } from "../numbers.ts";
import { foundToken } from "../phrases.ts";
import { type OpenHole, readText } from "../text-literal.ts";
import * as T from "../tokens.ts";
import { LazyLookahead } from "./lazy-lookahead.ts";

/** What a parse of one file works on. */
export interface Input {
  readonly source: Source;
  readonly docs: ReadonlyMap<number, string>;
  readonly unclosed: ReadonlySet<number>;
  readonly diagnostics: Diagnostic[];
  /** Holes to be parsed when the tree around them stands. */
  readonly holes: OpenHole[];
  /** How many texts the input is inside of. */
  readonly depth: number;
  /** Where the input ends: errors at its end stand here. */
  readonly end: number;
  /** What stands there, for messages. */
  readonly endName: string;
}

/** Before the token before the first. */
export const NOWHERE = -2;

/** Stands in while the grammar is recorded. */
const NO_INPUT: Input = {
  source: { path: "", text: "" },
  docs: new Map(),
  unclosed: new Set(),
  diagnostics: [],
  holes: [],
  depth: 0,
  end: 0,
  endName: "",
};

export abstract class BaseParser extends EmbeddedActionsParser {
  declare protected tokVector: IToken[];
  declare protected currIdx: number;
  protected context: Input = NO_INPUT;
  /** Index of the token at which an error was last reported or skipped to: what else is wrong there has the same cause. */
  protected quietAt: number = NOWHERE;

  /** `if`s that are being read, inside or behind one another. */
  protected depth = 0;

  constructor(options: { readonly skipValidations: boolean }) {
    super([...T.VOCABULARY], {
      maxLookahead: 1,
      skipValidations: options.skipValidations,
      lookaheadStrategy: new LazyLookahead(1),
    });
  }

  /** Makes the parser ready for the tokens of one input. */
  start(tokens: IToken[], context: Input): void {
    this.input = tokens;
    this.context = context;
    this.quietAt = NOWHERE;
    this.depth = 0;
  }

  /** Lets go of the last input, which would otherwise live as long as the parser. */
  finish(): void {
    this.start([], NO_INPUT);
  }

  // -------------------------------------------------------------- tokens

  /** Whether the next token is of just this type (no category). True while the grammar is recorded. */
  protected at(type: TokenType): boolean {
    return this.RECORDING_PHASE || this.tokVector[this.currIdx + 1]?.tokenTypeIdx === type.tokenTypeIdx;
  }

  /** Where the next token begins. */
  protected get begin(): number {
    const token = this.tokVector[this.currIdx + 1];
    return token === undefined || token.tokenType.name === "EOF" ? this.context.end : token.startOffset;
  }

  /** Where the last token read ends. */
  protected get end(): number {
    const token = this.tokVector[this.currIdx];
    return token === undefined ? 0 : token.startOffset + token.image.length;
  }

  /** The begin of a node of which perhaps nothing was there: then it lies where the text before it ends. */
  protected from(start: number): number {
    const { end } = this;
    return Math.min(start, end);
  }

  protected get source(): Source {
    return this.context.source;
  }

  /** The doc comment before a place. */
  protected docAt(start: number): string {
    const { docs } = this.context;
    return docs.size === 0 ? "" : (docs.get(start) ?? "");
  }

  // -------------------------------------------------------------- leaves

  /** Records with this key, in a machine or a snapshot, would lose it. */
  private notAName(token: IToken): void {
    this.report(diagnostic("P1005", this.spanOf(token), { name: token.image, what: "a name" }));
  }

  protected name(token: IToken): Name {
    const start = token.startOffset;
    if (token.image === "__proto__" && !this.RECORDING_PHASE) this.notAName(token);
    return { kind: "Name", source: this.source, start, end: start + token.image.length, text: token.image };
  }

  protected text(token: IToken): TextExpr {
    if (this.RECORDING_PHASE) return undefined as never;
    return readText(token, this.context);
  }

  protected number(token: IToken): NumberExpr {
    const start = token.startOffset;
    const value = numberValue(token.image);
    return { kind: "NumberExpr", source: this.source, start, end: start + token.image.length, value };
  }

  protected duration(token: IToken): DurationExpr {
    const start = token.startOffset;
    const value = durationValue(token.image);
    return { kind: "DurationExpr", source: this.source, start, end: start + token.image.length, value };
  }

  /** A value that is not there; the report is the caller's. */
  protected missingExpr(): MissingExpr {
    const at = Math.min(this.end, this.context.end);
    return { kind: "MissingExpr", source: this.source, start: at, end: at };
  }

  // -------------------------------------------------------------- reports

  /** Reports at the next token, once for each place. */
  protected unexpected(expected: string, more: { readonly hint?: string; readonly fixes?: readonly Fix[] } = {}): void {
    if (this.RECORDING_PHASE) return;
    if (this.quietAt === this.currIdx) return;
    this.quietAt = this.currIdx;
    const next = this.LA(1);
    const span = this.spanOf(next);
    const found = foundToken(next, this.context.endName);
    this.report(diagnostic("P1001", span, { expected, found, hint: more.hint ?? "" }, { fixes: more.fixes ?? [] }));
  }

  /** Reports what should stand behind the last token; where the line ends there, at its end. */
  protected missing(expected: string, more: { readonly fixes?: readonly Fix[] } = {}): void {
    if (this.RECORDING_PHASE || this.quietAt === this.currIdx) return;
    if (this.currIdx < 0 || !this.newLineBefore(1) || this.LA(1).tokenType.name === "EOF") {
      this.unexpected(expected, more);
      return;
    }
    this.quietAt = this.currIdx;
    const span = { source: this.source, start: this.end, end: this.end };
    const found = "the end of the line";
    this.report(diagnostic("P1001", span, { expected, found, hint: "" }, { fixes: more.fixes ?? [] }));
  }

  protected report(d: Diagnostic): void {
    if (!this.RECORDING_PHASE) this.context.diagnostics.push(d);
  }

  /** A token's place; the end of the input stands behind its last token. */
  protected spanOf(token: IToken): Span {
    const { source, end } = this.context;
    if (token.tokenType.name === "EOF") return { source, start: end, end };
    return { source, start: token.startOffset, end: token.startOffset + token.image.length };
  }

  protected newLineBefore(ahead: number): boolean {
    const before = this.LA(ahead - 1);
    const token = this.LA(ahead);
    if (token.tokenType.name === "EOF" || before.tokenType.name === "EOF") return true;
    const from = before.startOffset + before.image.length;
    return /[\n\r]/.test(this.context.source.text.slice(from, token.startOffset));
  }
}

export function matches(token: IToken, type: TokenType): boolean {
  return (
    token.tokenTypeIdx === type.tokenTypeIdx ||
    (type.isParent === true && type.categoryMatchesMap?.[token.tokenTypeIdx] === true)
  );
}
