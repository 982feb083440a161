/** Types, fields and parameters. */
import type { IToken, ParserMethod } from "chevrotain";
import { diagnostic } from "../../diagnostics/report.ts";
import type { FieldDecl, Name, TypeExpr, Was } from "../ast.ts";
import { numberValue } from "../numbers.ts";
import * as T from "../tokens.ts";
import { matches } from "./base.ts";
import { ExpressionParser } from "./expressions.ts";

/** `[..]` and `?` behind one type: later phases walk trees by recursion. */
const MOST_SUFFIXES = 50;

export abstract class TypeParser extends ExpressionParser {
  readonly was: ParserMethod<[], Was> = this.RULE("was", (): Was => {
    const names: Name[] = [];
    this.CONSUME(T.W.was);
    names.push(this.name(this.CONSUME(T.Name, { ERR_MSG: "an old name" })));
    this.MANY(() => {
      this.CONSUME(T.Comma);
      names.push(this.name(this.CONSUME2(T.Name, { ERR_MSG: "an old name" })));
    });
    return names;
  });

  readonly typ: ParserMethod<[], TypeExpr> = this.RULE("typ", (): TypeExpr => {
    const start = this.begin;
    const personal = this.OPTION({
      GATE: () => this.startsType(this.LA(2)),
      DEF: () => this.CONSUME(T.W.personal),
    });
    const inner = this.begin;
    let type =
      (this.OR({
        ERR_MSG: "a type",
        DEF: [
          { ALT: () => this.SUBRULE(this.namedType) },
          { ALT: () => this.SUBRULE(this.rangeType) },
          { ALT: () => this.SUBRULE(this.recordType) },
        ],
      }) as TypeExpr | undefined) ?? this.missingType();
    let count = 0;
    this.MANY(() => {
      const wrapped = this.OR2([
        { ALT: () => this.listType(type, inner) },
        { ALT: () => this.optionalType(type, inner) },
      ]);
      if (count++ < MOST_SUFFIXES) type = wrapped;
    });
    if (count > MOST_SUFFIXES) this.tooManySuffixes();
    if (personal === undefined) return type;
    return { kind: "PersonalType", source: this.source, start, end: this.end, type };
  });

  private startsType(token: IToken): boolean {
    return (
      matches(token, T.Name) ||
      matches(token, T.NumberLiteral) ||
      matches(token, T.Minus) ||
      matches(token, T.LeftBrace)
    );
  }

  private missingType(): TypeExpr {
    const at = this.end;
    return { kind: "MissingType", source: this.source, start: at, end: at };
  }

  private tooManySuffixes(): void {
    const expected = `at most ${MOST_SUFFIXES} of \`[…]\` and \`?\` behind a type`;
    this.report(diagnostic("P1001", this.spanOf(this.LA(0)), { expected, found: "more", hint: "" }));
  }

  readonly namedType: ParserMethod<[], TypeExpr> = this.RULE("namedType", (): TypeExpr => {
    const name = this.name(this.CONSUME(T.Name, { ERR_MSG: "a type" }));
    const size = this.OPTION(() => {
      this.CONSUME(T.LeftParen);
      const number = this.number(this.CONSUME(T.NumberLiteral));
      this.CONSUME(T.RightParen);
      return number;
    });
    const { start } = name;
    if (name.text === "" && size === undefined) return { kind: "MissingType", source: this.source, start, end: start };
    return { kind: "NamedType", source: this.source, start, end: this.end, name, size };
  });

  readonly rangeType: ParserMethod<[], TypeExpr> = this.RULE("rangeType", (): TypeExpr => {
    const start = this.begin;
    const low = this.OPTION1(() => this.CONSUME1(T.Minus));
    const min = this.CONSUME1(T.NumberLiteral, { ERR_MSG: "a number" });
    this.CONSUME(T.DotDot);
    const high = this.OPTION2(() => this.CONSUME2(T.Minus));
    const max = this.CONSUME2(T.NumberLiteral, { ERR_MSG: "the greatest number of the range" });
    if (min.image === "" || max.image === "") return { kind: "MissingType", source: this.source, start, end: this.end };
    const a = this.whole(min) * (low === undefined ? 1 : -1);
    const b = this.whole(max) * (high === undefined ? 1 : -1);
    return { kind: "RangeType", source: this.source, start, end: this.end, min: a, max: b };
  });

  /** The value of a number that has to be whole. */
  protected whole(token: IToken): number {
    if (this.RECORDING_PHASE) return 0;
    const value = numberValue(token.image);
    if (Number.isInteger(value)) return value;
    this.report(diagnostic("P1003", this.spanOf(token), { what: "whole number", found: token.image, hint: "" }));
    return Math.round(value);
  }

  readonly recordType: ParserMethod<[], TypeExpr> = this.RULE("recordType", (): TypeExpr => {
    const start = this.begin;
    const fields = this.SUBRULE(this.fields);
    return { kind: "RecordType", source: this.source, start, end: this.end, fields };
  });

  private listType(element: TypeExpr, start: number): TypeExpr {
    this.CONSUME(T.LeftBracket);
    const min = this.OPTION2(() => this.CONSUME1(T.NumberLiteral));
    this.CONSUME(T.DotDot);
    const max = this.CONSUME2(T.NumberLiteral, { ERR_MSG: "the greatest length of the list" });
    this.CONSUME(T.RightBracket);
    const least = min === undefined ? 0 : this.whole(min);
    const { source, end } = this;
    return {
      kind: "ListType",
      source,
      start: Math.min(start, element?.start ?? 0),
      end,
      element,
      min: least,
      max: this.whole(max),
    };
  }

  private optionalType(type: TypeExpr, start: number): TypeExpr {
    this.CONSUME(T.Question);
    return { kind: "OptionalType", source: this.source, start: Math.min(start, type?.start ?? 0), end: this.end, type };
  }

  /** The braces of a record type or of `profile`. */
  readonly fields: ParserMethod<[], FieldDecl[]> = this.RULE("fields", (): FieldDecl[] => {
    const fields: FieldDecl[] = [];
    const open = this.CONSUME(T.LeftBrace);
    this.MANY_SEP({ SEP: T.Comma, DEF: () => fields.push(this.SUBRULE(this.field)) });
    this.closeBrace(open);
    return fields;
  });

  readonly field: ParserMethod<[], FieldDecl> = this.RULE(
    "field",
    (): FieldDecl => this.declared(this.CONSUME(T.Word, { ERR_MSG: "the name of a field" })),
  );

  readonly params: ParserMethod<[], FieldDecl[]> = this.RULE("params", (): FieldDecl[] => {
    const params: FieldDecl[] = [];
    this.CONSUME(T.LeftParen);
    this.MANY_SEP({ SEP: T.Comma, DEF: () => params.push(this.SUBRULE(this.param)) });
    this.CONSUME(T.RightParen);
    return params;
  });

  readonly param: ParserMethod<[], FieldDecl> = this.RULE(
    "param",
    (): FieldDecl =>
      this.declared(this.variableName(this.CONSUME(T.Name, { ERR_MSG: "the name of a variable or parameter" }))),
  );

  /** Variables and parameters are not called `text`: in an ask the word begins a clause. */
  protected variableName(token: IToken): IToken {
    if (token.image === "text") this.reservedName(token, "the name of a variable or parameter");
    return token;
  }

  /** What follows a field's or parameter's name. */
  private declared(token: IToken): FieldDecl {
    const name = this.name(token);
    const was = this.OPTION1(() => this.SUBRULE(this.was)) ?? NO_NAMES;
    this.CONSUME(T.Colon, { ERR_MSG: "`:` and a type" });
    const type = this.SUBRULE(this.typ);
    const value = this.OPTION2(() => {
      this.CONSUME(T.Equal);
      return this.SUBRULE(this.expr);
    });
    const { source, end } = this;
    return { kind: "FieldDecl", source, start: name.start, end, doc: this.docAt(name.start), name, was, type, value };
  }
}

export const NO_NAMES: readonly Name[] = [];
