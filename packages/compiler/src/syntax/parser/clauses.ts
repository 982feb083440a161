/** The block of an ask: options, sections and what else may be answered. */
import type { IToken, ParserMethod } from "chevrotain";
import type {
  AfterClause,
  Arm,
  AskClause,
  ElseClause,
  Expr,
  HeaderClause,
  Name,
  Option,
  PatternLiteral,
  TextExpr,
} from "../ast.ts";
import { listOf } from "../lists.ts";
import { readPattern } from "../pattern-literal.ts";
import * as T from "../tokens.ts";
import { ARM, ArmParser } from "./arms.ts";
import { matches } from "./base.ts";
import { NO_NAMES } from "./types.ts";

export abstract class ClauseParser extends ArmParser {
  readonly askBlock: ParserMethod<[], AskClause[]> = this.RULE("askBlock", (): AskClause[] => {
    const clauses: AskClause[] = [];
    const open = this.CONSUME(T.LeftBrace);
    do this.MANY(() => clauses.push(this.OR(this.clauseAlternatives)));
    while (
      this.recover("ask", open, (start, end) =>
        clauses.push({ kind: "InvalidClause", source: this.source, start, end }),
      )
    );
    this.closeBrace(open);
    return clauses;
  });

  private readonly clauseAlternatives: { ALT: () => AskClause }[] = [
    { ALT: () => this.SUBRULE(this.optionClause) },
    { ALT: () => this.SUBRULE(this.productClause) },
    { ALT: () => this.SUBRULE(this.textClause) },
    { ALT: () => this.SUBRULE(this.elseClause) },
    { ALT: () => this.SUBRULE(this.afterClause) },
    { ALT: () => this.SUBRULE(this.emptyClause) },
    { ALT: () => this.SUBRULE(this.headerClause) },
    { ALT: () => this.SUBRULE(this.footerClause) },
    { ALT: () => this.SUBRULE(this.openClause) },
    { ALT: () => this.SUBRULE(this.moreClause) },
    { ALT: () => this.SUBRULE(this.thumbnailClause) },
    { ALT: () => this.SUBRULE(this.gatherClause) },
    { ALT: () => this.SUBRULE(this.fallbackClause) },
    { ALT: () => this.SUBRULE(this.section) },
    { ALT: () => this.SUBRULE(this.forRows) },
  ];

  // -------------------------------------------------------------- options

  readonly optionClause: ParserMethod<[], Option> = this.RULE("optionClause", (): Option => {
    const start = this.begin;
    const doc = this.docAt(start);
    this.CONSUME(T.W.option);
    let was = NO_NAMES;
    const id =
      (this.OR({ ERR_MSG: "the option's id", DEF: this.idAlternatives }) as Name | Expr | undefined) ?? this.noName();
    if (this.at(T.W.was)) was = this.OPTION1(() => this.SUBRULE(this.was)) ?? NO_NAMES;
    this.refuseColon();
    let title: TextExpr | undefined;
    let description: TextExpr | undefined;
    let short: TextExpr | undefined;
    if (this.at(T.Text)) {
      title = this.OPTION2(() => this.text(this.CONSUME1(T.Text)));
      if (this.at(T.Text)) description = this.OPTION3(() => this.text(this.CONSUME2(T.Text)));
    }
    if (this.at(T.W.short)) {
      short = this.OPTION4(() => {
        this.CONSUME(T.W.short);
        return this.text(this.CONSUME3(T.Text));
      });
    }
    let when: Expr | undefined;
    if (this.at(T.W.when)) when = this.OPTION5(() => this.SUBRULE(this.when));
    let arm: Arm | undefined;
    if (this.atArm) arm = this.OPTION6(() => this.SUBRULE(this.arm));
    else this.expectArm();
    const { source, end } = this;
    return { kind: "Option", source, start, end, doc, id, was, title, description, short, when, arm };
  });

  private readonly idAlternatives: { ALT: () => Name | Expr }[] = [
    { ALT: () => this.name(this.CONSUME(T.Word)) },
    {
      ALT: () => {
        this.CONSUME(T.LeftBrace);
        const id = this.SUBRULE(this.expr);
        this.CONSUME(T.RightBrace);
        return id;
      },
    },
  ];

  private noName(): Name {
    const at = this.end;
    return { kind: "Name", source: this.source, start: at, end: at, text: "" };
  }

  /** `option order: "Order"`, as other languages write it. */
  private refuseColon(): void {
    if (this.RECORDING_PHASE || !this.at(T.Colon)) return;
    const span = this.spanOf(this.LA(1));
    const fix = { title: "Remove `:`", safe: true, edits: [{ span, text: "" }] };
    this.unexpected("the option's title", { hint: "nothing follows an option's id but its title", fixes: [fix] });
    this.currIdx++;
  }

  /** An arm may be left out, but what else stands on the option's line is meant to be one. */
  private expectArm(): void {
    if (this.RECORDING_PHASE || this.newLineBefore(1)) return;
    const next = this.LA(1);
    if (matches(next, T.RightBrace) || listOf("ask").first.has(next.tokenTypeIdx)) return;
    const fixes = matches(next, T.Name)
      ? [
          {
            title: "Insert `->`",
            safe: false,
            edits: [{ span: { source: this.source, start: next.startOffset, end: next.startOffset }, text: "-> " }],
          },
        ]
      : [];
    this.unexpected(`${ARM} for the option`, { fixes });
  }

  readonly when: ParserMethod<[], Expr> = this.RULE("when", (): Expr => {
    this.CONSUME(T.W.when);
    return this.SUBRULE(this.expr);
  });

  // -------------------------------------------------------------- the other clauses

  readonly section: ParserMethod<[], AskClause> = this.RULE("section", (): AskClause => {
    const start = this.begin;
    this.CONSUME(T.W.section);
    const title = this.text(this.CONSUME(T.Text, { ERR_MSG: 'the title of the section in `"…"`' }));
    const when = this.OPTION(() => this.SUBRULE(this.when));
    const clauses = this.SUBRULE(this.askBlock);
    return { kind: "Section", source: this.source, start, end: this.end, title, when, clauses };
  });

  readonly forRows: ParserMethod<[], AskClause> = this.RULE("forRows", (): AskClause => {
    const start = this.begin;
    this.CONSUME(T.W.for);
    const name = this.name(this.variableName(this.CONSUME(T.Name, { ERR_MSG: "a name for each item" })));
    this.CONSUME(T.W.in);
    const list = this.SUBRULE(this.expr);
    const clauses = this.SUBRULE(this.askBlock);
    return { kind: "ForRows", source: this.source, start, end: this.end, name, list, clauses };
  });

  readonly productClause: ParserMethod<[], AskClause> = this.RULE("productClause", (): AskClause => {
    const start = this.begin;
    this.CONSUME(T.W.product);
    const value = this.SUBRULE(this.expr);
    return { kind: "ProductClause", source: this.source, start, end: this.end, value };
  });

  readonly textClause: ParserMethod<[], AskClause> = this.RULE("textClause", (): AskClause => {
    const start = this.begin;
    const texts = this.SUBRULE(this.texts);
    const arm = this.SUBRULE(this.arm);
    return { kind: "TextClause", source: this.source, start, end: this.end, texts, arm };
  });

  /** What a user may type: `text "menu", /^order/i`. */
  readonly texts: ParserMethod<[], (TextExpr | PatternLiteral)[]> = this.RULE("texts", () => {
    const texts: (TextExpr | PatternLiteral)[] = [];
    this.CONSUME(T.W.text);
    texts.push(this.SUBRULE1(this.typed));
    this.MANY(() => {
      this.CONSUME(T.Comma);
      texts.push(this.SUBRULE2(this.typed));
    });
    return texts;
  });

  readonly typed: ParserMethod<[], TextExpr | PatternLiteral> = this.RULE("typed", () => {
    const typed = this.OR({
      ERR_MSG: 'a text in `"…"` or a pattern `/…/`',
      DEF: [{ ALT: () => this.text(this.CONSUME(T.Text)) }, { ALT: () => this.pattern(this.CONSUME(T.Pattern)) }],
    }) as TextExpr | PatternLiteral | undefined;
    return typed ?? this.noText();
  });

  private pattern(token: IToken): PatternLiteral {
    return this.RECORDING_PHASE ? (undefined as never) : readPattern(token, this.context);
  }

  readonly elseClause: ParserMethod<[], ElseClause> = this.RULE("elseClause", (): ElseClause => {
    const start = this.begin;
    this.CONSUME(T.W.else);
    let text: TextExpr | undefined;
    let retry: ElseClause["retry"];
    let arm: Arm | undefined;
    this.OR({
      ERR_MSG: `a text in \`"…"\`, ${ARM}`,
      DEF: [
        {
          ALT: () => {
            text = this.text(this.CONSUME(T.Text));
            retry = this.OPTION(() => this.retry());
          },
        },
        {
          ALT: () => {
            arm = this.SUBRULE1(this.arm);
          },
        },
      ],
    });
    if (text === undefined && arm === undefined) arm = this.missingArm();
    return { kind: "ElseClause", source: this.source, start, end: this.end, text, retry, arm };
  });

  private retry(): ElseClause["retry"] {
    this.CONSUME(T.W.retry);
    const token = this.CONSUME(T.NumberLiteral, { ERR_MSG: "how many times to ask again" });
    const arm = this.SUBRULE2(this.arm);
    if (this.RECORDING_PHASE) return undefined;
    const { source, startOffset: start } = { source: this.source, startOffset: token.startOffset };
    return { count: this.whole(token), countSpan: { source, start, end: start + token.image.length }, arm };
  }

  readonly afterClause: ParserMethod<[], AfterClause> = this.RULE("afterClause", (): AfterClause => {
    const start = this.begin;
    this.CONSUME(T.W.after);
    const duration = this.duration(this.CONSUME(T.Duration));
    const arm = this.SUBRULE(this.arm);
    return { kind: "AfterClause", source: this.source, start, end: this.end, duration, arm };
  });

  readonly emptyClause: ParserMethod<[], AskClause> = this.RULE("emptyClause", (): AskClause => {
    const start = this.begin;
    this.CONSUME(T.W.empty);
    const arm = this.SUBRULE(this.arm);
    return { kind: "EmptyClause", source: this.source, start, end: this.end, arm };
  });

  /** A header without `when`, as in `say` and templates. */
  readonly header: ParserMethod<[], HeaderClause> = this.RULE("header", (): HeaderClause => {
    const start = this.begin;
    this.CONSUME(T.W.header);
    let media: HeaderClause["media"] = "text";
    const value = this.OR({
      ERR_MSG: 'a text in `"…"`, or `image`, `video` or `document` with a value',
      DEF: [
        { ALT: (): Expr => this.text(this.CONSUME(T.Text)) },
        {
          ALT: (): Expr => {
            media = this.CONSUME(T.HeaderMedia).image as HeaderClause["media"];
            return this.SUBRULE(this.expr);
          },
        },
      ],
    }) as Expr | undefined;
    const { source, end } = this;
    return { kind: "HeaderClause", source, start, end, media, value: value ?? this.missingExpr(), when: undefined };
  });

  readonly headerClause: ParserMethod<[], AskClause> = this.RULE("headerClause", (): AskClause => {
    const header = this.SUBRULE(this.header);
    const when = this.OPTION(() => this.SUBRULE(this.when));
    return when === undefined ? header : { ...header, end: this.end, when };
  });

  readonly footerClause: ParserMethod<[], AskClause> = this.RULE("footerClause", (): AskClause => {
    const start = this.begin;
    this.CONSUME(T.W.footer);
    const text = this.text(this.CONSUME(T.Text));
    const when = this.OPTION(() => this.SUBRULE(this.when));
    return { kind: "FooterClause", source: this.source, start, end: this.end, text, when };
  });

  readonly openClause: ParserMethod<[], AskClause> = this.RULE("openClause", (): AskClause => {
    const start = this.begin;
    this.CONSUME(T.W.open);
    const text = this.text(this.CONSUME(T.Text));
    return { kind: "OpenClause", source: this.source, start, end: this.end, text };
  });

  readonly moreClause: ParserMethod<[], AskClause> = this.RULE("moreClause", (): AskClause => {
    const start = this.begin;
    this.CONSUME(T.W.more);
    const text = this.text(this.CONSUME(T.Text));
    return { kind: "MoreClause", source: this.source, start, end: this.end, text };
  });

  readonly thumbnailClause: ParserMethod<[], AskClause> = this.RULE("thumbnailClause", (): AskClause => {
    const start = this.begin;
    this.CONSUME(T.W.thumbnail);
    const value = this.SUBRULE(this.expr);
    return { kind: "ThumbnailClause", source: this.source, start, end: this.end, value };
  });

  readonly gatherClause: ParserMethod<[], AskClause> = this.RULE("gatherClause", (): AskClause => {
    const start = this.begin;
    this.CONSUME(T.W.gather);
    const duration = this.duration(this.CONSUME(T.Duration));
    return { kind: "GatherClause", source: this.source, start, end: this.end, duration };
  });

  readonly fallbackClause: ParserMethod<[], AskClause> = this.RULE("fallbackClause", (): AskClause => {
    const start = this.begin;
    this.CONSUME(T.W.fallback);
    this.CONSUME(T.W.off);
    return { kind: "FallbackClause", source: this.source, start, end: this.end };
  });

  /** A text that is not there; the report is the caller's. */
  protected noText(): TextExpr {
    const at = this.end;
    return { kind: "TextExpr", source: this.source, start: at, end: at, parts: [], block: false };
  }
}
