/** Arrows and arms, and the names that stand before and behind statements. */
import type { IOrAlt, ParserMethod } from "chevrotain";
import type { Arm, Arrow, Block, Expr, Label, LValue } from "../ast.ts";
import * as T from "../tokens.ts";
import { matches } from "./base.ts";
import { NO_NAMES, TypeParser } from "./types.ts";

const TARGET = "the name of a state or flow, `end` or `resume`";
export const ARM = "an arrow `-> …` or a block `{ … }`";

export abstract class ArmParser extends TypeParser {
  abstract readonly block: ParserMethod<[], Block>;

  readonly arrow: ParserMethod<[], Arrow> = this.RULE("arrow", (): Arrow => {
    const start = this.begin;
    this.CONSUME(T.Arrow);
    const token = this.CONSUME(T.Name, { ERR_MSG: TARGET });
    const name = this.name(token);
    let args: Expr[] | undefined;
    let target: Arrow["target"] = "state";
    if (token.tokenTypeIdx === T.W.end.tokenTypeIdx) target = "end";
    else if (token.tokenTypeIdx === T.W.resume.tokenTypeIdx) target = "resume";
    else if (this.at(T.LeftParen)) args = this.OPTION(() => this.SUBRULE(this.args));
    if (args !== undefined) target = "flow";
    const { source, end } = this;
    return { kind: "Arrow", source, start: Math.min(start, name.start), end, target, name, args: args ?? NO_ARGS };
  });

  private readonly armAlternatives: { DEF: IOrAlt<Arm>[]; ERR_MSG: string } = {
    ERR_MSG: ARM,
    DEF: [{ ALT: () => this.SUBRULE(this.arrow) }, { ALT: () => this.SUBRULE(this.block) }],
  };

  readonly arm: ParserMethod<[], Arm> = this.RULE(
    "arm",
    (): Arm => (this.OR(this.armAlternatives) as Arm | undefined) ?? this.missingArm(),
  );

  protected missingArm(): Arm {
    const at = this.end;
    return { kind: "MissingArm", source: this.source, start: at, end: at };
  }

  /** Whether the next token begins an arm. */
  protected get atArm(): boolean {
    return this.at(T.Arrow) || this.at(T.LeftBrace);
  }

  // -------------------------------------------------------------- names

  /** Whether a label stands here: a name with `:` or `was` behind it. */
  protected get labelled(): boolean {
    const second = this.LA(2);
    if (second.tokenTypeIdx === T.Colon.tokenTypeIdx) return true;
    return second.tokenTypeIdx === T.W.was.tokenTypeIdx && matches(this.LA(3), T.Name);
  }

  readonly label: ParserMethod<[], Label> = this.RULE("label", (): Label => {
    const name = this.name(this.CONSUME(T.Name));
    const was = this.OPTION(() => this.SUBRULE(this.was)) ?? NO_NAMES;
    this.CONSUME(T.Colon);
    return { kind: "Label", source: this.source, start: name.start, end: this.end, name, was };
  });

  readonly lvalue: ParserMethod<[], LValue> = this.RULE("lvalue", (): LValue => {
    const names = [this.name(this.CONSUME1(T.Name, { ERR_MSG: "the name of a variable" }))];
    this.MANY(() => {
      this.CONSUME(T.Dot);
      names.push(this.name(this.CONSUME2(T.Name, { ERR_MSG: "the name of a field" })));
    });
    return { kind: "LValue", source: this.source, start: names[0]?.start ?? this.end, end: this.end, names };
  });
}

const NO_ARGS: readonly Expr[] = [];
