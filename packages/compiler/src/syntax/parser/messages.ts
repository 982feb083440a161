/** What is sent: `say`, `send` and `react`. */
import type { IOrAlt, IToken, ParserMethod } from "chevrotain";
import type { AskClause, Card, Expr, LinkClause, Say, SayClause, Send, SendKind, Statement, TextExpr } from "../ast.ts";
import * as T from "../tokens.ts";
import { AskParser } from "./asks.ts";

export abstract class MessageParser extends AskParser {
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
    const emoji: TextExpr | undefined = this.OR({
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
    });
    return { kind: "React", source: this.source, start, end: this.end, emoji };
  });
}

const NO_CLAUSES: readonly SayClause[] = [];
