/** Statements and blocks. */
import type { IOrAlt, IToken, ParserMethod } from "chevrotain";
import type { Arm, Block, Handoff, If, MatchArm, Name, Statement } from "../ast.ts";
import * as T from "../tokens.ts";
import { matches } from "./base.ts";
import { MessageParser } from "./messages.ts";

export abstract class StatementParser extends MessageParser {
  readonly block: ParserMethod<[], Block> = this.RULE("block", (): Block => {
    const start = this.begin;
    const statements: Statement[] = [];
    const open = this.CONSUME(T.LeftBrace);
    do this.MANY(() => statements.push(this.OR(this.statementAlternatives)));
    while (
      this.recover("block", open, (from, to) =>
        statements.push({ kind: "InvalidStatement", source: this.source, start: from, end: to }),
      )
    );
    this.closeBrace(open);
    return { kind: "Block", source: this.source, start: this.from(start), end: this.end, statements };
  });

  private readonly statementAlternatives: { ALT: () => Statement }[] = [
    { ALT: () => this.SUBRULE(this.say) },
    { ALT: () => this.SUBRULE(this.send) },
    { ALT: () => this.SUBRULE(this.react) },
    { ALT: () => this.SUBRULE(this.ask) },
    { ALT: () => this.SUBRULE(this.letStatement) },
    { ALT: () => this.SUBRULE(this.setStatement) },
    { ALT: () => this.SUBRULE(this.doStatement) },
    { ALT: () => this.SUBRULE(this.ifStatement) },
    { ALT: () => this.SUBRULE(this.match) },
    { ALT: () => this.SUBRULE(this.schedule) },
    { ALT: () => this.SUBRULE(this.cancel) },
    { ALT: () => this.SUBRULE(this.wait) },
    { ALT: () => this.SUBRULE(this.callStatement) },
    { ALT: () => this.SUBRULE(this.arrow) },
    { ALT: () => this.SUBRULE(this.returnStatement) },
    { ALT: () => this.SUBRULE(this.handoff) },
    { ALT: () => this.bare("Typing", this.CONSUME(T.W.typing)) },
    { ALT: () => this.bare("Forget", this.CONSUME(T.W.forget)) },
  ];

  private bare(kind: "Typing" | "Forget", token: IToken): Statement {
    const start = token.startOffset;
    return { kind, source: this.source, start, end: start + token.image.length };
  }

  // -------------------------------------------------------------- values

  readonly letStatement: ParserMethod<[], Statement> = this.RULE("letStatement", (): Statement => {
    const start = this.begin;
    this.CONSUME(T.W.let);
    const name = this.name(this.variableName(this.CONSUME(T.Name)));
    this.CONSUME(T.Equal, { ERR_MSG: "`=` and a value" });
    const value = this.SUBRULE(this.expr);
    const orElse = this.orElse();
    return { kind: "Let", source: this.source, start, end: this.end, name, value, orElse };
  });

  readonly setStatement: ParserMethod<[], Statement> = this.RULE("setStatement", (): Statement => {
    const start = this.begin;
    this.CONSUME(T.W.set);
    const target = this.SUBRULE(this.lvalue);
    this.CONSUME(T.Equal, { ERR_MSG: "`=` and a value" });
    const value = this.SUBRULE(this.expr);
    const orElse = this.orElse();
    return { kind: "Set", source: this.source, start, end: this.end, target, value, orElse };
  });

  readonly doStatement: ParserMethod<[], Statement> = this.RULE("doStatement", (): Statement => {
    const start = this.begin;
    this.CONSUME(T.W.do);
    const name = this.name(this.CONSUME(T.Name, { ERR_MSG: "the name of an action" }));
    const args = this.SUBRULE(this.args);
    const orElse = this.orElse();
    return { kind: "Do", source: this.source, start, end: this.end, name, args, orElse };
  });

  /** `else ARM` behind a call of an action. */
  private orElse(): Arm | undefined {
    if (!this.at(T.W.else)) return undefined;
    return this.OPTION(() => {
      this.CONSUME(T.W.else);
      return this.SUBRULE(this.arm);
    });
  }

  // -------------------------------------------------------------- branches

  readonly ifStatement: ParserMethod<[], If> = this.RULE("ifStatement", (): If => {
    const start = this.begin;
    this.depth++;
    this.CONSUME(T.W.if);
    const condition = this.SUBRULE(this.expr);
    this.hintAtEqual();
    const then = this.SUBRULE1(this.block);
    let orElse: If["orElse"];
    if (this.at(T.W.else) && !this.tooDeep("`else if` behind one another")) {
      orElse = this.OPTION(() => {
        this.CONSUME(T.W.else);
        return this.OR<IOrAlt<If | Block>[]>([
          { ALT: () => this.SUBRULE2(this.ifStatement) },
          { ALT: () => this.SUBRULE2(this.block) },
        ]);
      });
    }
    this.depth--;
    return { kind: "If", source: this.source, start, end: this.end, condition, then, orElse };
  });

  /** `if x = 1 {`: says what is meant and reads on. */
  private hintAtEqual(): void {
    if (this.RECORDING_PHASE || !this.at(T.Equal) || this.newLineBefore(1)) return;
    const span = this.spanOf(this.LA(1));
    const fix = { title: "Write `==`", safe: false, edits: [{ span, text: "==" }] };
    this.unexpected("`{`", { hint: "`==` compares", fixes: [fix] });
    while (!matches(this.LA(1), T.LeftBrace) && !this.newLineBefore(1)) this.currIdx++;
    this.quietAt = this.currIdx;
  }

  readonly match: ParserMethod<[], Statement> = this.RULE("match", (): Statement => {
    const start = this.begin;
    const arms: MatchArm[] = [];
    this.CONSUME(T.W.match);
    const value = this.SUBRULE(this.expr);
    const open = this.CONSUME(T.LeftBrace);
    do this.MANY(() => arms.push(this.SUBRULE(this.matchArm)));
    while (this.recover("match", open, () => {}));
    this.closeBrace(open);
    return { kind: "Match", source: this.source, start, end: this.end, value, arms };
  });

  readonly matchArm: ParserMethod<[], MatchArm> = this.RULE("matchArm", (): MatchArm => {
    const start = this.begin;
    const cases: Name[] = [];
    let isElse = false;
    this.OR([
      {
        ALT: () => {
          this.CONSUME(T.W.else);
          isElse = true;
        },
        IGNORE_AMBIGUITIES: true,
      },
      {
        ALT: () => {
          cases.push(this.name(this.CONSUME1(T.Word)));
          this.MANY(() => {
            this.CONSUME(T.Comma);
            cases.push(this.name(this.CONSUME2(T.Word, { ERR_MSG: "the name of a case" })));
          });
        },
        IGNORE_AMBIGUITIES: true,
      },
    ]);
    const arm = this.SUBRULE(this.arm);
    return { kind: "MatchArm", source: this.source, start, end: this.end, cases, isElse, arm };
  });

  // -------------------------------------------------------------- time and other flows

  readonly schedule: ParserMethod<[], Statement> = this.RULE("schedule", (): Statement => {
    const start = this.begin;
    this.CONSUME(T.W.schedule);
    const name = this.name(this.CONSUME(T.Name, { ERR_MSG: "the name of a scheduled event" }));
    const args = this.SUBRULE(this.args);
    const when = this.OR({
      ERR_MSG: "`in` with a duration or `at` with a moment",
      DEF: [{ ALT: () => this.CONSUME(T.W.in) }, { ALT: () => this.CONSUME(T.W.at) }],
    }) as IToken | undefined;
    const time = this.SUBRULE(this.expr);
    const { source, end } = this;
    return { kind: "Schedule", source, start, end, name, args, when: when?.image === "at" ? "at" : "in", time };
  });

  readonly cancel: ParserMethod<[], Statement> = this.RULE("cancel", (): Statement => {
    const start = this.begin;
    this.CONSUME(T.W.cancel);
    const token = this.CONSUME(T.Name, { ERR_MSG: "the name of a scheduled event, or `all`" });
    const name = token.tokenTypeIdx === T.W.all.tokenTypeIdx ? undefined : this.name(token);
    return { kind: "Cancel", source: this.source, start, end: this.end, name };
  });

  readonly wait: ParserMethod<[], Statement> = this.RULE("wait", (): Statement => {
    const start = this.begin;
    this.CONSUME(T.W.wait);
    const label = this.OPTION({ GATE: () => this.labelled, DEF: () => this.SUBRULE(this.label) });
    const time = this.SUBRULE(this.expr);
    return { kind: "Wait", source: this.source, start, end: this.end, label, time };
  });

  readonly callStatement: ParserMethod<[], Statement> = this.RULE("callStatement", (): Statement => {
    const start = this.begin;
    this.CONSUME(T.W.call);
    const label = this.OPTION1({ GATE: () => this.labelled, DEF: () => this.SUBRULE(this.label) });
    const name = this.name(this.CONSUME1(T.Name, { ERR_MSG: "the name of a flow" }));
    const args = this.SUBRULE(this.args);
    const as = this.OPTION2(() => {
      this.CONSUME(T.W.as);
      return this.name(this.variableName(this.CONSUME2(T.Name, { ERR_MSG: "the name of a variable" })));
    });
    return { kind: "Call", source: this.source, start, end: this.end, label, name, args, as };
  });

  readonly returnStatement: ParserMethod<[], Statement> = this.RULE("returnStatement", (): Statement => {
    const start = this.begin;
    this.CONSUME(T.W.return);
    const value = this.OPTION(() => this.SUBRULE(this.expr));
    return { kind: "Return", source: this.source, start, end: this.end, value };
  });

  readonly handoff: ParserMethod<[], Handoff> = this.RULE("handoff", (): Handoff => {
    const start = this.begin;
    this.CONSUME(T.W.handoff);
    const queue = this.text(this.CONSUME(T.Text, { ERR_MSG: 'the name of the queue in `"…"`' }));
    const back = this.OPTION(() => {
      const open = this.CONSUME(T.LeftBrace);
      this.CONSUME(T.W.back);
      this.CONSUME(T.W.after);
      const after = this.duration(this.CONSUME(T.Duration));
      const arm = this.SUBRULE(this.arm);
      this.closeBrace(open);
      return { after, arm };
    });
    return { kind: "Handoff", source: this.source, start, end: this.end, queue, back };
  });
}
