/** Expressions. Operators are read as a flat row and put into shape by `shape.ts`: one rule instead of a ladder of ten. */
import type { IOrAlt, IToken, ParserMethod } from "chevrotain";
import { diagnostic } from "../../diagnostics/report.ts";
import type { Expr, FieldExpr, IndexExpr, Name } from "../ast.ts";
import { type Operand, type RowOperator, shape } from "../shape.ts";
import * as T from "../tokens.ts";
import { matches } from "./base.ts";
import { RecoveringParser } from "./recovery.ts";

const VALUE = "a value";
const A_VALUE = { ERR_MSG: VALUE };
/** Operators, and fields or indexes of one value, in one expression: later phases walk trees by recursion. */
const LONGEST_ROW = 400;

export abstract class ExpressionParser extends RecoveringParser {
  private readonly exprAlternatives: { DEF: IOrAlt<Expr>[]; ERR_MSG: string } = {
    ERR_MSG: VALUE,
    DEF: [{ ALT: () => this.SUBRULE(this.conditional) }, { ALT: () => this.SUBRULE(this.row) }],
  };

  private readonly primaryAlternatives: { DEF: IOrAlt<Expr>[]; ERR_MSG: string } = {
    ERR_MSG: VALUE,
    DEF: [
      { ALT: () => this.nameOrCall() },
      { ALT: () => this.text(this.CONSUME(T.Text)) },
      { ALT: () => this.number(this.CONSUME(T.NumberLiteral)) },
      { ALT: () => this.duration(this.CONSUME(T.Duration)) },
      { ALT: () => this.bool(this.CONSUME(T.W.true), true) },
      { ALT: () => this.bool(this.CONSUME(T.W.false), false) },
      { ALT: () => this.none(this.CONSUME(T.W.none)) },
      { ALT: () => this.parenthesized() },
      { ALT: () => this.SUBRULE(this.record) },
      { ALT: () => this.SUBRULE(this.list) },
    ],
  };

  /** The expression of a hole, alone. */
  readonly hole: ParserMethod<[], Expr> = this.RULE("hole", (): Expr => {
    const value = this.SUBRULE(this.expr);
    if (!this.RECORDING_PHASE && this.LA(1).tokenType.name !== "EOF") this.unexpected("`}`");
    return value;
  });

  readonly expr: ParserMethod<[], Expr> = this.RULE("expr", (): Expr => {
    if (!this.RECORDING_PHASE && this.at(T.W.if) && this.tooDeep("`if … then … else …` inside one another"))
      return this.missingExpr();
    return (this.OR(this.exprAlternatives) as Expr | undefined) ?? this.missingExpr();
  });

  readonly conditional: ParserMethod<[], Expr> = this.RULE("conditional", (): Expr => {
    const start = this.begin;
    this.depth++;
    this.CONSUME(T.W.if);
    const condition = this.SUBRULE1(this.row);
    this.CONSUME(T.W.then);
    const then = this.SUBRULE2(this.expr);
    this.CONSUME(T.W.else, { ERR_MSG: "`else` and the other value" });
    const orElse = this.SUBRULE3(this.expr);
    this.depth--;
    return { kind: "ConditionalExpr", source: this.source, start, end: this.end, condition, then, orElse };
  });

  /** Operands with operators between them: all but `if … then … else …`. */
  readonly row: ParserMethod<[], Expr> = this.RULE("row", (): Expr => {
    const first = this.SUBRULE1(this.operand);
    if (!this.RECORDING_PHASE) {
      const next = this.tokVector[this.currIdx + 1] as IToken;
      if (!matches(next, T.Operator) && next.tokenTypeIdx !== T.W.is.tokenTypeIdx) {
        return first.nots.length === 0 ? first.value : this.shaped([first], []);
      }
    }
    const operands = [first];
    const operators: RowOperator[] = [];
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const token = this.CONSUME(T.W.is);
            const negated = this.OPTION(() => this.CONSUME(T.W.not)) !== undefined;
            this.CONSUME(T.W.none, { ERR_MSG: "`none` or `not none`" });
            operators.push({ token, isNone: true, negated, end: this.end });
          },
        },
        {
          ALT: () => {
            const token = this.CONSUME(T.Operator);
            operators.push({ token, isNone: false, negated: false, end: this.end });
            operands.push(this.SUBRULE2(this.operand));
          },
        },
      ]);
    });
    return this.shaped(operands, operators);
  });

  private shaped(operands: Operand[], operators: RowOperator[]): Expr {
    if (this.RECORDING_PHASE) return undefined as never;
    if (operators.length > LONGEST_ROW) {
      this.tooLong(operators[LONGEST_ROW]?.token as IToken, "operators in one expression");
      return this.missingExpr();
    }
    return shape(this.context, operands, operators);
  }

  private tooLong(token: IToken, what: string): void {
    this.report(
      diagnostic("P1001", this.spanOf(token), { expected: `at most ${LONGEST_ROW} ${what}`, found: "more", hint: "" }),
    );
    this.quietAt = this.currIdx;
  }

  /** A value with what stands before and behind it: `not not -a.b[1]`. */
  readonly operand: ParserMethod<[], Operand> = this.RULE("operand", (): Operand => {
    let nots: readonly number[] = NO_NOTS;
    if (this.at(T.W.not)) {
      const found: number[] = [];
      this.MANY1(() => {
        const token = this.CONSUME(T.W.not);
        if (found.length < LONGEST_ROW) found.push(token.startOffset);
      });
      nots = found;
      if (found.length === LONGEST_ROW) this.tooLong(this.LA(0), "`not` before one value");
    }
    const start = this.begin;
    let minus = false;
    if (this.at(T.Minus)) minus = this.OPTION(() => this.CONSUME(T.Minus)) !== undefined;
    let value = (this.OR(this.primaryAlternatives) as Expr | undefined) ?? this.missingExpr();
    if (this.at(T.Dot) || this.at(T.LeftBracket)) value = this.postfix(value);
    if (minus) value = { kind: "UnaryExpr", source: this.source, start, end: this.end, op: "-", value };
    return { nots, value };
  });

  private postfix(first: Expr): Expr {
    let value = first;
    let count = 0;
    this.MANY2(() =>
      this.OR2([
        {
          ALT: () => {
            this.CONSUME(T.Dot);
            const field = this.name(this.CONSUME(T.Word, { ERR_MSG: "the name of a field" }));
            if (count++ < LONGEST_ROW) value = this.fieldOf(value, field);
          },
        },
        {
          ALT: () => {
            this.CONSUME(T.LeftBracket);
            const index = this.SUBRULE(this.expr);
            this.CONSUME(T.RightBracket);
            if (count++ < LONGEST_ROW) value = this.itemOf(value, index);
          },
        },
      ]),
    );
    if (count > LONGEST_ROW) this.tooLong(this.LA(0), "fields and indexes of one value");
    return value;
  }

  private fieldOf(of: Expr, field: Name): FieldExpr {
    return { kind: "FieldExpr", source: this.source, start: of?.start, end: field.end, of, field };
  }

  private itemOf(of: Expr, index: Expr): IndexExpr {
    return { kind: "IndexExpr", source: this.source, start: of?.start, end: this.end, of, index };
  }

  private nameOrCall(): Expr {
    const token = this.CONSUME(T.Name, A_VALUE);
    if (token.image === "" && !this.RECORDING_PHASE) return this.missingExpr();
    if (this.at(T.LeftParen)) {
      const args = this.OPTION2(() => this.SUBRULE(this.args));
      if (args !== undefined) {
        const name = this.name(token);
        return { kind: "CallExpr", source: this.source, start: name.start, end: this.end, name, args };
      }
    }
    const start = token.startOffset;
    return { kind: "NameExpr", source: this.source, start, end: start + token.image.length, name: token.image };
  }

  private bool(token: IToken, value: boolean): Expr {
    const start = token.startOffset;
    return { kind: "BoolExpr", source: this.source, start, end: start + token.image.length, value };
  }

  private none(token: IToken): Expr {
    const start = token.startOffset;
    return { kind: "NoneExpr", source: this.source, start, end: start + token.image.length };
  }

  private parenthesized(): Expr {
    this.CONSUME(T.LeftParen);
    const value = this.SUBRULE2(this.expr);
    this.CONSUME(T.RightParen);
    return value;
  }

  readonly record: ParserMethod<[], Expr> = this.RULE("record", (): Expr => {
    const start = this.begin;
    const fields: { readonly name: Name; readonly value: Expr }[] = [];
    this.CONSUME(T.LeftBrace);
    this.MANY_SEP({
      SEP: T.Comma,
      DEF: () => {
        const name = this.name(this.CONSUME(T.Word, { ERR_MSG: "the name of a field" }));
        this.CONSUME(T.Colon);
        fields.push({ name, value: this.SUBRULE(this.expr) });
      },
    });
    this.CONSUME(T.RightBrace);
    return { kind: "RecordExpr", source: this.source, start, end: this.end, fields };
  });

  readonly list: ParserMethod<[], Expr> = this.RULE("list", (): Expr => {
    const start = this.begin;
    const items: Expr[] = [];
    let rest: { readonly name: Name; readonly list: Expr; readonly condition: Expr | undefined } | undefined;
    this.CONSUME(T.LeftBracket);
    this.OPTION(() => {
      items.push(this.SUBRULE(this.expr));
      this.OR([
        {
          ALT: () => {
            this.CONSUME(T.W.for);
            const name = this.name(this.CONSUME(T.Name, { ERR_MSG: "a name for each item" }));
            this.CONSUME(T.W.in);
            const list = this.SUBRULE2(this.row);
            const condition = this.OPTION2(() => {
              this.CONSUME(T.W.if);
              return this.SUBRULE3(this.row);
            });
            rest = { name, list, condition };
          },
        },
        {
          ALT: () => {
            this.MANY(() => {
              this.CONSUME(T.Comma);
              items.push(this.SUBRULE4(this.expr));
            });
          },
        },
      ]);
    });
    this.CONSUME(T.RightBracket);
    const value = items[0];
    const [source, end] = [this.source, this.end];
    if (rest !== undefined && value !== undefined) {
      return {
        kind: "ComprehensionExpr",
        source,
        start,
        end,
        value,
        name: rest.name,
        list: rest.list,
        condition: rest.condition,
      };
    }
    return { kind: "ListExpr", source, start, end, items };
  });

  readonly args: ParserMethod<[], Expr[]> = this.RULE("args", (): Expr[] => {
    const args: Expr[] = [];
    this.CONSUME(T.LeftParen);
    this.MANY_SEP({ SEP: T.Comma, DEF: () => args.push(this.SUBRULE(this.expr)) });
    this.CONSUME(T.RightParen);
    return args;
  });
}

const NO_NOTS: readonly number[] = [];
