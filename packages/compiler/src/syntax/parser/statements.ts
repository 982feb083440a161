/** Statements and blocks. */
import type { IOrAlt, IToken, ParserMethod } from "chevrotain";
import type {
  Arm,
  AskClause,
  Block,
  Card,
  Expr,
  Handoff,
  If,
  LinkClause,
  MatchArm,
  Name,
  Say,
  SayClause,
  Send,
  SendKind,
  Statement,
  TextExpr,
} from "../ast.ts";
import * as T from "../tokens.ts";
import { AskParser } from "./asks.ts";
import { matches } from "./base.ts";

export abstract class StatementParser extends AskParser {
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

  // -------------------------------------------------------------- messages

  readonly say: ParserMethod<[], Say> = this.RULE("say", (): Say => {
    const start = this.begin;
    this.CONSUME(T.W.say);
    let label: Say["label"];
    if (this.RECORDING_PHASE || !this.at(T.Text)) {
      label = this.OPTION1({ GATE: () => this.labelled, DEF: () => this.SUBRULE(this.label) });
    }
    const body = this.text(this.CONSUME(T.Text));
    let clauses: readonly SayClause[] = NO_CLAUSES;
    if (this.at(T.LeftBrace)) clauses = this.OPTION2(() => this.SUBRULE(this.message)) ?? NO_CLAUSES;
    return { kind: "Say", source: this.source, start, end: this.end, label, body, clauses };
  });

  readonly message: ParserMethod<[], SayClause[]> = this.RULE("message", (): SayClause[] => {
    const clauses: SayClause[] = [];
    const open = this.CONSUME(T.LeftBrace);
    do {
      this.MANY(() =>
        clauses.push(
          this.OR<IOrAlt<SayClause>[]>([
            { ALT: () => this.mark("Preview", this.CONSUME(T.W.preview)) },
            { ALT: () => this.mark("Reply", this.CONSUME(T.W.reply)) },
            { ALT: () => this.SUBRULE(this.header) },
            { ALT: () => this.SUBRULE(this.plainFooter) },
            { ALT: () => this.SUBRULE(this.link) },
          ]),
        ),
      );
    } while (this.recover("message", open, () => {}));
    this.closeBrace(open);
    return clauses;
  });

  private mark(kind: "Preview" | "Reply", token: IToken): SayClause {
    const start = token.startOffset;
    return { kind, source: this.source, start, end: start + token.image.length };
  }

  readonly plainFooter: ParserMethod<[], SayClause & { readonly kind: "FooterClause" }> = this.RULE(
    "plainFooter",
    () => {
      const start = this.begin;
      this.CONSUME(T.W.footer);
      const text = this.text(this.CONSUME(T.Text));
      return { kind: "FooterClause" as const, source: this.source, start, end: this.end, text, when: undefined };
    },
  );

  readonly link: ParserMethod<[], LinkClause> = this.RULE("link", (): LinkClause => {
    const start = this.begin;
    this.CONSUME(T.W.link);
    const title = this.text(this.CONSUME1(T.Text, { ERR_MSG: 'the title of the link in `"…"`' }));
    const url = this.text(this.CONSUME2(T.Text, { ERR_MSG: 'the address of the link in `"…"`' }));
    return { kind: "LinkClause", source: this.source, start, end: this.end, title, url };
  });

  readonly send: ParserMethod<[], Send> = this.RULE("send", (): Send => {
    const start = this.begin;
    this.CONSUME(T.W.send);
    if (!this.RECORDING_PHASE && this.at(T.Text)) this.unexpected("what to send", { hint: "`say` sends a text" });
    const what = this.OR({
      ERR_MSG:
        "what to send (`image`, `video`, `audio`, `document`, `sticker`, `location`, `contact`, `product`, `products`, `catalog`, `carousel` or `template`)",
      DEF: [
        { ALT: () => this.SUBRULE(this.sendPicture) },
        { ALT: () => this.SUBRULE(this.sendPlain) },
        { ALT: () => this.SUBRULE(this.sendContact) },
        { ALT: () => this.SUBRULE(this.sendDocument) },
        { ALT: () => this.SUBRULE(this.sendLocation) },
        { ALT: () => this.SUBRULE(this.sendProduct) },
        { ALT: () => this.SUBRULE(this.sendProducts) },
        { ALT: () => this.SUBRULE(this.sendCatalog) },
        { ALT: () => this.SUBRULE(this.sendTemplate) },
        { ALT: () => this.SUBRULE(this.sendCarousel) },
      ],
    }) as SendKind | undefined;
    const { source, end } = this;
    return { kind: "Send", source, start, end, what: what ?? { kind: "SendInvalid", source, start: end, end } };
  });

  /** `caption "…"` and its like: a word and a text, where the word stands. */
  private optionalText(occurrence: number, word: T.Keyword): TextExpr | undefined {
    return this.option(occurrence, () => {
      this.consume(occurrence, T.W[word]);
      return this.text(this.consume(occurrence, T.Text));
    });
  }

  readonly sendPicture: ParserMethod<[], SendKind> = this.RULE("sendPicture", (): SendKind => {
    const start = this.begin;
    const media = this.CONSUME(T.CardMedia).image as "image" | "video";
    const value = this.SUBRULE(this.expr);
    const caption = this.optionalText(1, "caption");
    return { kind: "SendMedia", source: this.source, start, end: this.end, media, value, name: undefined, caption };
  });

  readonly sendPlain: ParserMethod<[], SendKind> = this.RULE("sendPlain", (): SendKind => {
    const start = this.begin;
    const media = this.CONSUME(T.PlainMedia).image as "audio" | "sticker";
    const value = this.SUBRULE(this.expr);
    const { source, end } = this;
    return { kind: "SendMedia", source, start, end, media, value, name: undefined, caption: undefined };
  });

  readonly sendContact: ParserMethod<[], SendKind> = this.RULE("sendContact", (): SendKind => {
    const start = this.begin;
    this.CONSUME(T.W.contact);
    const value = this.SUBRULE(this.expr);
    return { kind: "SendContact", source: this.source, start, end: this.end, value };
  });

  readonly sendDocument: ParserMethod<[], SendKind> = this.RULE("sendDocument", (): SendKind => {
    const start = this.begin;
    this.CONSUME(T.W.document);
    const value = this.SUBRULE(this.expr);
    const name = this.optionalText(1, "name");
    const caption = this.optionalText(2, "caption");
    return { kind: "SendMedia", source: this.source, start, end: this.end, media: "document", value, name, caption };
  });

  readonly sendLocation: ParserMethod<[], SendKind> = this.RULE("sendLocation", (): SendKind => {
    const start = this.begin;
    this.CONSUME(T.W.location);
    const latitude = this.SUBRULE1(this.expr);
    this.CONSUME(T.Comma, { ERR_MSG: "`,` and the longitude" });
    const longitude = this.SUBRULE2(this.expr);
    const name = this.optionalText(1, "name");
    const address = this.optionalText(2, "address");
    return { kind: "SendLocation", source: this.source, start, end: this.end, latitude, longitude, name, address };
  });

  readonly sendProduct: ParserMethod<[], SendKind> = this.RULE("sendProduct", (): SendKind => {
    const start = this.begin;
    this.CONSUME(T.W.product);
    const value = this.SUBRULE(this.expr);
    const body = this.optionalText(1, "body");
    return { kind: "SendProduct", source: this.source, start, end: this.end, value, body };
  });

  readonly sendProducts: ParserMethod<[], SendKind> = this.RULE("sendProducts", (): SendKind => {
    const start = this.begin;
    this.CONSUME(T.W.products);
    const body = this.text(this.CONSUME(T.Text));
    const clauses: readonly AskClause[] = this.SUBRULE(this.askBlock);
    return { kind: "SendProducts", source: this.source, start, end: this.end, body, clauses };
  });

  readonly sendCatalog: ParserMethod<[], SendKind> = this.RULE("sendCatalog", (): SendKind => {
    const start = this.begin;
    this.CONSUME(T.W.catalog);
    const body = this.text(this.CONSUME(T.Text));
    const thumbnail = this.OPTION(() => {
      this.CONSUME(T.W.thumbnail);
      return this.SUBRULE(this.expr);
    });
    return { kind: "SendCatalog", source: this.source, start, end: this.end, body, thumbnail };
  });

  readonly sendTemplate: ParserMethod<[], SendKind> = this.RULE("sendTemplate", (): SendKind => {
    const start = this.begin;
    this.CONSUME(T.W.template);
    const name = this.name(this.CONSUME(T.Name, { ERR_MSG: "the name of a template" }));
    const args: readonly Expr[] = this.SUBRULE(this.args);
    return { kind: "SendTemplate", source: this.source, start, end: this.end, name, args };
  });

  readonly sendCarousel: ParserMethod<[], SendKind> = this.RULE("sendCarousel", (): SendKind => {
    const start = this.begin;
    const cards: Card[] = [];
    this.CONSUME(T.W.carousel);
    const body = this.text(this.CONSUME(T.Text));
    const open = this.CONSUME(T.LeftBrace);
    do this.MANY(() => cards.push(this.SUBRULE(this.card)));
    while (this.recover("cards", open, () => {}));
    this.closeBrace(open);
    return { kind: "SendCarousel", source: this.source, start, end: this.end, body, cards };
  });

  readonly card: ParserMethod<[], Card> = this.RULE("card", (): Card => {
    const start = this.begin;
    this.CONSUME(T.W.card);
    const token = this.CONSUME(T.CardMedia);
    const media = token.image === "video" ? "video" : "image";
    const value = this.SUBRULE(this.expr);
    const body = this.optionalText(1, "body");
    const links: LinkClause[] = [];
    const open = this.CONSUME(T.LeftBrace);
    this.MANY(() => links.push(this.SUBRULE(this.link)));
    this.closeBrace(open);
    return { kind: "Card", source: this.source, start, end: this.end, media, value, body, links };
  });

  readonly react: ParserMethod<[], Statement> = this.RULE("react", (): Statement => {
    const start = this.begin;
    this.CONSUME(T.W.react);
    const emoji = this.OR({
      ERR_MSG: 'an emoji in `"…"`, or `none`',
      DEF: [
        { ALT: (): TextExpr | undefined => this.text(this.CONSUME(T.Text)) },
        {
          ALT: (): TextExpr | undefined => {
            this.CONSUME(T.W.none);
            return undefined;
          },
        },
      ],
    }) as TextExpr | undefined;
    return { kind: "React", source: this.source, start, end: this.end, emoji };
  });

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

const NO_CLAUSES: readonly SayClause[] = [];
