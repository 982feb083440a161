/** Asks: what stands before their blocks. */
import type { ParserMethod } from "chevrotain";
import { plainAskKind } from "../ask-words.ts";
import type { Ask, AskClause, LValue, TextExpr } from "../ast.ts";
import * as T from "../tokens.ts";
import { ClauseParser } from "./clauses.ts";

export abstract class AskParser extends ClauseParser {
  readonly ask: ParserMethod<[], Ask> = this.RULE("ask", (): Ask => {
    const start = this.begin;
    const doc = this.docAt(start);
    this.CONSUME(T.W.ask);
    let once = false;
    if (this.at(T.W.once)) {
      once = this.OPTION1({ GATE: () => !this.labelled, DEF: () => this.CONSUME(T.W.once) }) !== undefined;
    }
    const head = this.SUBRULE(this.askHead);
    let as: LValue | undefined;
    if (this.at(T.W.as)) {
      as = this.OPTION2(() => {
        this.CONSUME(T.W.as);
        return this.SUBRULE(this.lvalue);
      });
    }
    let clauses: readonly AskClause[] = NO_CLAUSES;
    if (this.at(T.LeftBrace)) clauses = this.OPTION3(() => this.SUBRULE(this.askBlock)) ?? NO_CLAUSES;
    if (this.RECORDING_PHASE) return undefined as never;
    const { source, end } = this;
    const { ask, askWord, label, body, subject, template, country } = head;
    return {
      kind: "Ask",
      source,
      start,
      end,
      doc,
      once,
      ask,
      askWord,
      label,
      body,
      subject,
      template,
      country,
      as,
      clauses,
    };
  });

  /** All of an ask before `as` and its block. */
  readonly askHead: ParserMethod<[], AskHead> = this.RULE("askHead", (): AskHead => {
    if (!this.RECORDING_PHASE && this.at(T.Text)) return plainHead(this.text(this.CONSUME1(T.Text)));
    const gate = { GATE: () => !this.labelled, IGNORE_AMBIGUITIES: true };
    const head = this.OR({
      ERR_MSG: `the kind of ask, or its text in \`"…"\``,
      DEF: [
        { ...gate, ALT: () => this.templateHead() },
        { ...gate, ALT: () => this.productHead() },
        { ...gate, ALT: () => this.formHead() },
        { ...gate, ALT: () => this.addressHead() },
        { ALT: () => this.wordHead(), IGNORE_AMBIGUITIES: true },
        { ALT: () => plainHead(this.text(this.CONSUME1(T.Text))), IGNORE_AMBIGUITIES: true },
      ],
    }) as AskHead | undefined;
    return head ?? plainHead(this.noText());
  });

  private templateHead(): AskHead {
    const askWord = this.name(this.CONSUME(T.W.template));
    const label = this.OPTION1({ GATE: () => this.labelled, DEF: () => this.SUBRULE1(this.label) });
    const name = this.name(this.CONSUME1(T.Name, { ERR_MSG: "the name of a template" }));
    const args = this.SUBRULE(this.args);
    return { ...plainHead(undefined), ask: "template", askWord, label, template: { name, args } };
  }

  private productHead(): AskHead {
    const askWord = this.name(this.CONSUME(T.W.product));
    const label = this.OPTION2({ GATE: () => this.labelled, DEF: () => this.SUBRULE2(this.label) });
    const subject = this.SUBRULE(this.expr);
    this.CONSUME1(T.W.body);
    const body = this.text(this.CONSUME2(T.Text));
    return { ...plainHead(body), ask: "product", askWord, label, subject };
  }

  private formHead(): AskHead {
    const askWord = this.name(this.CONSUME(T.W.form));
    const label = this.OPTION3({ GATE: () => this.labelled, DEF: () => this.SUBRULE3(this.label) });
    const subject = this.text(this.CONSUME3(T.Text, { ERR_MSG: 'the id of the form in `"…"`' }));
    this.CONSUME2(T.W.body);
    const body = this.text(this.CONSUME4(T.Text));
    return { ...plainHead(body), ask: "form", askWord, label, subject };
  }

  private addressHead(): AskHead {
    const askWord = this.name(this.CONSUME(T.W.address));
    const label = this.OPTION4({ GATE: () => this.labelled, DEF: () => this.SUBRULE4(this.label) });
    const body = this.text(this.CONSUME5(T.Text));
    this.CONSUME(T.W.country);
    const country = this.name(this.CONSUME2(T.Name, { ERR_MSG: "the code of a country" }));
    return { ...plainHead(body), ask: "address", askWord, label, country };
  }

  /** `ask buttons size: "…"`, with the kind or the label or both. */
  private wordHead(): AskHead {
    const askWord = this.OPTION5({
      GATE: () => !this.labelled,
      DEF: () => this.name(this.CONSUME(T.Word)),
    });
    const label = this.OPTION6({ GATE: () => this.labelled, DEF: () => this.SUBRULE5(this.label) });
    const body = this.text(this.CONSUME6(T.Text, { ERR_MSG: 'the text of the ask in `"…"`' }));
    return { ...plainHead(body), ask: plainAskKind(askWord?.text ?? ""), askWord, label };
  }
}

type AskHead = Pick<Ask, "ask" | "askWord" | "label" | "body" | "subject" | "template" | "country">;

function plainHead(body: TextExpr | undefined): AskHead {
  return {
    ask: "auto",
    askWord: undefined,
    label: undefined,
    body,
    subject: undefined,
    template: undefined,
    country: undefined,
  };
}

const NO_CLAUSES: readonly AskClause[] = [];
