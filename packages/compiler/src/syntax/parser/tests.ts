/** `test` declarations. */
import type { IOrAlt, ParserMethod } from "chevrotain";
import type { Expectation, Expr, MediaWord, Name, SentWord, TestDecl, TestStep, TextExpr } from "../ast.ts";
import * as T from "../tokens.ts";
import { DeclarationParser } from "./declarations.ts";

export abstract class TestParser extends DeclarationParser {
  readonly testDecl: ParserMethod<[], TestDecl> = this.RULE("testDecl", (): TestDecl => {
    const start = this.begin;
    const doc = this.docAt(start);
    const steps: TestStep[] = [];
    this.CONSUME(T.W.test);
    const title = this.text(this.CONSUME(T.Text, { ERR_MSG: 'the title of the test in `"…"`' }));
    const flow = this.OPTION(() => {
      this.CONSUME(T.W.in);
      return this.name(this.CONSUME(T.Name, { ERR_MSG: "the name of a flow" }));
    });
    const open = this.CONSUME(T.LeftBrace);
    do this.MANY(() => steps.push(this.SUBRULE(this.step)));
    while (
      this.recover("test", open, (from, to) =>
        steps.push({ kind: "InvalidStep", source: this.source, start: from, end: to }),
      )
    );
    this.closeBrace(open);
    return { kind: "TestDecl", source: this.source, start, end: this.end, doc, title, flow, steps };
  });

  readonly step: ParserMethod<[], TestStep> = this.RULE(
    "step",
    (): TestStep =>
      this.OR<IOrAlt<TestStep>[]>([
        { ALT: () => this.SUBRULE(this.userStep) },
        { ALT: () => this.SUBRULE(this.expectStep) },
        { ALT: () => this.SUBRULE(this.mockStep) },
        { ALT: () => this.SUBRULE(this.eventStep) },
        { ALT: () => this.SUBRULE(this.clockStep) },
      ]),
  );

  // -------------------------------------------------------------- the user

  readonly userStep: ParserMethod<[], TestStep> = this.RULE("userStep", (): TestStep => {
    const start = this.begin;
    this.CONSUME(T.W.user);
    const step = this.OR({
      ERR_MSG: "`says`, `taps`, `sends`, `reacts` or `opens`",
      DEF: [
        {
          ALT: (): TestStep => {
            this.CONSUME(T.W.opens);
            const ad = this.text(this.CONSUME1(T.Text));
            return { kind: "UserOpens", source: this.source, start, end: this.end, ad };
          },
        },
        {
          ALT: (): TestStep => {
            this.CONSUME(T.W.says);
            const text = this.text(this.CONSUME2(T.Text));
            return { kind: "UserSays", source: this.source, start, end: this.end, text };
          },
        },
        {
          ALT: (): TestStep => {
            this.CONSUME(T.W.taps);
            const option = this.SUBRULE(this.optionId);
            const of = this.OPTION(() => {
              this.CONSUME(T.W.of);
              return this.SUBRULE(this.path);
            });
            return { kind: "UserTaps", source: this.source, start, end: this.end, option, of };
          },
        },
        {
          ALT: (): TestStep => {
            this.CONSUME(T.W.reacts);
            const emoji = this.text(this.CONSUME3(T.Text));
            return { kind: "UserReacts", source: this.source, start, end: this.end, emoji };
          },
        },
        {
          ALT: (): TestStep => {
            this.CONSUME(T.W.sends);
            return this.SUBRULE(this.sent, { ARGS: [start] });
          },
        },
      ],
    }) as TestStep | undefined;
    return step ?? this.invalidStep(start);
  });

  private invalidStep(start: number): TestStep {
    return { kind: "InvalidStep", source: this.source, start, end: this.end };
  }

  /** An option's id: a word, or a text for ids made at run time. */
  readonly optionId: ParserMethod<[], Name | TextExpr> = this.RULE("optionId", (): Name | TextExpr => {
    if (!this.RECORDING_PHASE && this.memberBegins(1)) {
      this.missing("an option's id");
      return { kind: "Name", source: this.source, start: this.end, end: this.end, text: "" };
    }
    const id = this.OR({
      ERR_MSG: "an option's id",
      DEF: [
        { ALT: (): Name | TextExpr => this.name(this.CONSUME(T.Word)) },
        { ALT: (): Name | TextExpr => this.text(this.CONSUME(T.Text)) },
      ],
    }) as Name | TextExpr | undefined;
    return id ?? { kind: "Name", source: this.source, start: this.end, end: this.end, text: "" };
  });

  readonly sent: ParserMethod<[start: number], TestStep> = this.RULE("sent", (start: number): TestStep => {
    const step = this.OR({
      ERR_MSG: "`location`, `order`, `form`, `address` or a kind of media",
      DEF: [
        {
          ALT: (): TestStep => {
            this.CONSUME(T.W.location);
            const latitude = this.SUBRULE1(this.expr);
            this.CONSUME(T.Comma, { ERR_MSG: "`,` and the longitude" });
            const longitude = this.SUBRULE2(this.expr);
            return { kind: "UserSendsLocation", source: this.source, start, end: this.end, latitude, longitude };
          },
        },
        { ALT: () => this.sentValue(start, "order", this.CONSUME(T.W.order).image, this.SUBRULE3(this.expr)) },
        { ALT: () => this.sentValue(start, "form", this.CONSUME(T.W.form).image, this.SUBRULE4(this.expr)) },
        { ALT: () => this.sentValue(start, "address", this.CONSUME(T.W.address).image, this.SUBRULE5(this.expr)) },
        {
          ALT: (): TestStep => {
            const what = this.CONSUME(T.UserMedia).image as MediaWord;
            return { kind: "UserSendsMedia", source: this.source, start, end: this.end, what };
          },
        },
      ],
    }) as TestStep | undefined;
    return step ?? this.invalidStep(start);
  });

  private sentValue(start: number, what: "order" | "form" | "address", _word: string, value: Expr): TestStep {
    return { kind: "UserSendsValue", source: this.source, start, end: this.end, what, value };
  }

  // -------------------------------------------------------------- the world

  readonly eventStep: ParserMethod<[], TestStep> = this.RULE("eventStep", (): TestStep => {
    const start = this.begin;
    this.CONSUME(T.W.event);
    const name = this.name(this.CONSUME(T.Name, { ERR_MSG: "the name of an event" }));
    const args: readonly Expr[] = this.SUBRULE(this.args);
    return { kind: "RaiseEvent", source: this.source, start, end: this.end, name, args };
  });

  readonly mockStep: ParserMethod<[], TestStep> = this.RULE("mockStep", (): TestStep => {
    const start = this.begin;
    this.CONSUME(T.W.mock);
    const name = this.name(this.CONSUME(T.Name, { ERR_MSG: "the name of an action" }));
    let behaviour: "value" | "fails" | "times out" = "value";
    let value: Expr | undefined;
    this.OR({
      ERR_MSG: "`=` and a value, `fails`, or `times out`",
      DEF: [
        {
          ALT: () => {
            this.CONSUME(T.Equal);
            value = this.SUBRULE(this.expr);
          },
        },
        {
          ALT: () => {
            this.CONSUME(T.W.fails);
            behaviour = "fails";
          },
        },
        {
          ALT: () => {
            this.CONSUME(T.W.times);
            this.CONSUME(T.W.out);
            behaviour = "times out";
          },
        },
      ],
    });
    if (behaviour === "value" && value === undefined) value = this.missingExpr();
    return { kind: "Mock", source: this.source, start, end: this.end, name, behaviour, value };
  });

  readonly clockStep: ParserMethod<[], TestStep> = this.RULE("clockStep", (): TestStep => {
    const start = this.begin;
    return this.OR<IOrAlt<TestStep>[]>([
      {
        ALT: () => {
          this.CONSUME(T.W.advance);
          const duration = this.duration(this.CONSUME1(T.Duration));
          return { kind: "Advance", source: this.source, start, end: this.end, duration };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.deliver);
          const step = this.OR2({
            ERR_MSG: "`twice`, or `late` with a duration",
            DEF: [{ ALT: () => this.twice(start) }, { ALT: () => this.late(start) }],
          }) as TestStep | undefined;
          return step ?? this.invalidStep(start);
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.fail);
          this.CONSUME(T.W.delivery);
          return { kind: "FailDelivery", source: this.source, start, end: this.end };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.release);
          return { kind: "Release", source: this.source, start, end: this.end };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.locale);
          const name = this.name(this.CONSUME(T.Name, { ERR_MSG: "a locale" }));
          return { kind: "UseLocale", source: this.source, start, end: this.end, name };
        },
      },
    ]);
  });

  private twice(start: number): TestStep {
    this.CONSUME(T.W.twice);
    return { kind: "DeliverTwice", source: this.source, start, end: this.end };
  }

  private late(start: number): TestStep {
    this.CONSUME(T.W.late);
    const duration = this.duration(this.CONSUME2(T.Duration));
    return { kind: "DeliverLate", source: this.source, start, end: this.end, duration };
  }

  // -------------------------------------------------------------- expectations

  readonly expectStep: ParserMethod<[], TestStep> = this.RULE("expectStep", (): TestStep => {
    const start = this.begin;
    this.CONSUME(T.W.expect);
    const what = this.SUBRULE(this.expectation);
    const containing = this.OPTION1(() => {
      this.CONSUME(T.W.containing);
      return this.text(this.CONSUME(T.Text));
    });
    const option = this.OPTION2(() => {
      this.CONSUME(T.W.with);
      this.CONSUME(T.W.option);
      return this.SUBRULE(this.optionId);
    });
    return { kind: "Expect", source: this.source, start, end: this.end, what, containing, option };
  });

  readonly expectation: ParserMethod<[], Expectation> = this.RULE("expectation", (): Expectation => {
    const start = this.begin;
    const what = this.OR({
      ERR_MSG: "a kind of message, `template`, `nothing`, `state`, `that`, `call`, `end` or `handoff`",
      DEF: [
        {
          ALT: (): Expectation => {
            const word = this.CONSUME(T.SentWord).image as SentWord;
            return { kind: "ExpectSent", source: this.source, start, end: this.end, word };
          },
        },
        {
          ALT: (): Expectation => {
            this.CONSUME(T.W.template);
            const name = this.name(this.CONSUME1(T.Name, { ERR_MSG: "the name of a template" }));
            return { kind: "ExpectTemplate", source: this.source, start, end: this.end, name };
          },
        },
        {
          ALT: (): Expectation => {
            this.CONSUME(T.W.that);
            const condition = this.SUBRULE(this.expr);
            return { kind: "ExpectThat", source: this.source, start, end: this.end, condition };
          },
        },
        {
          ALT: (): Expectation => {
            this.CONSUME(T.W.call);
            const name = this.name(this.CONSUME2(T.Name, { ERR_MSG: "the name of an action" }));
            const args = this.SUBRULE(this.args);
            return { kind: "ExpectCall", source: this.source, start, end: this.end, name, args };
          },
        },
        {
          ALT: (): Expectation => {
            this.CONSUME(T.W.state);
            const path = this.SUBRULE(this.path);
            return { kind: "ExpectState", source: this.source, start, end: this.end, path };
          },
        },
        {
          ALT: (): Expectation => {
            this.CONSUME(T.W.nothing);
            return { kind: "ExpectNothing", source: this.source, start, end: this.end };
          },
        },
        {
          ALT: (): Expectation => {
            this.CONSUME(T.W.end);
            return { kind: "ExpectEnd", source: this.source, start, end: this.end };
          },
        },
        {
          ALT: (): Expectation => {
            this.CONSUME(T.W.handoff);
            return { kind: "ExpectHandoff", source: this.source, start, end: this.end };
          },
        },
      ],
    }) as Expectation | undefined;
    return what ?? { kind: "ExpectInvalid", source: this.source, start: this.end, end: this.end };
  });
}
