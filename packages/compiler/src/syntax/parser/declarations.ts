/** Files and what they declare. */
import type { IOrAlt, IToken, ParserMethod } from "chevrotain";
import type {
  ActionClause,
  ActionDecl,
  AfterClause,
  Declaration,
  ElseClause,
  EnumCase,
  FieldDecl,
  FlowDecl,
  Name,
  NumberExpr,
  Path,
  ProfileDecl,
  StateDecl,
  TemplateClause,
  TemplateDecl,
  TemplateOption,
  TextExpr,
  Trigger,
  TriggerKind,
  TypeDecl,
  TypeExpr,
} from "../ast.ts";
import * as T from "../tokens.ts";
import { matches } from "./base.ts";
import { StatementParser } from "./statements.ts";
import { NO_NAMES } from "./types.ts";

export abstract class DeclarationParser extends StatementParser {
  // -------------------------------------------------------------- types and profile

  readonly typeDecl: ParserMethod<[], Declaration> = this.RULE("typeDecl", (): TypeDecl => {
    const start = this.begin;
    const doc = this.docAt(start);
    this.CONSUME(T.W.type);
    const name = this.name(this.CONSUME(T.Name, { ERR_MSG: "the name of a type" }));
    this.CONSUME(T.Equal, { ERR_MSG: "`=` and a type, or the cases of an enum" });
    let cases: readonly EnumCase[] = [];
    let type: TypeExpr | undefined;
    this.OR([
      {
        GATE: () => this.startsCases(),
        ALT: () => {
          cases = this.SUBRULE(this.cases);
        },
        IGNORE_AMBIGUITIES: true,
      },
      {
        ALT: () => {
          type = this.SUBRULE(this.typ);
        },
        IGNORE_AMBIGUITIES: true,
      },
    ]);
    if (cases.length === 0 && type === undefined) {
      this.unexpected("a type, or the cases of an enum");
      const at = this.end;
      type = { kind: "MissingType", source: this.source, start: at, end: at };
    }
    return { kind: "TypeDecl", source: this.source, start, end: this.end, doc, name, cases, type };
  });

  /** `small "Small"`, `small | …`, `small was …`: an enum, else an alias. */
  private startsCases(): boolean {
    const second = this.LA(2);
    return matches(second, T.Text) || matches(second, T.Bar) || matches(second, T.W.was);
  }

  readonly cases: ParserMethod<[], EnumCase[]> = this.RULE("cases", (): EnumCase[] => {
    const cases = [this.SUBRULE1(this.enumCase, { ARGS: [""] })];
    this.MANY(() => {
      const doc = this.docAt(this.CONSUME(T.Bar).startOffset);
      cases.push(this.SUBRULE2(this.enumCase, { ARGS: [doc] }));
    });
    return cases;
  });

  /** A doc comment may also stand before the `|` (`docBefore`). */
  readonly enumCase: ParserMethod<[docBefore: string], EnumCase> = this.RULE(
    "enumCase",
    (docBefore: string): EnumCase => {
      const name = this.name(this.CONSUME(T.Word, { ERR_MSG: "the name of a case" }));
      const was = this.OPTION1(() => this.SUBRULE(this.was)) ?? NO_NAMES;
      const label = this.OPTION2(() => this.text(this.CONSUME(T.Text)));
      const { start } = name;
      const doc = this.docAt(start) || docBefore;
      return { kind: "EnumCase", source: this.source, start, end: this.end, doc, name, was, label };
    },
  );

  readonly profile: ParserMethod<[], ProfileDecl> = this.RULE("profile", (): ProfileDecl => {
    const start = this.begin;
    const doc = this.docAt(start);
    this.CONSUME(T.W.profile);
    const fields: readonly FieldDecl[] = this.SUBRULE(this.fields);
    return { kind: "ProfileDecl", source: this.source, start, end: this.end, doc, fields };
  });

  // -------------------------------------------------------------- actions

  readonly actionDecl: ParserMethod<[], ActionDecl> = this.RULE("actionDecl", (): ActionDecl => {
    const start = this.begin;
    const doc = this.docAt(start);
    this.CONSUME(T.W.action);
    const name = this.name(this.CONSUME(T.Name, { ERR_MSG: "the name of an action" }));
    const params = this.SUBRULE(this.params);
    const result = this.OPTION(() => this.result());
    const clauses: ActionClause[] = [];
    this.MANY(() => clauses.push(this.SUBRULE(this.actionClause)));
    return { kind: "ActionDecl", source: this.source, start, end: this.end, doc, name, params, result, clauses };
  });

  private result(): TypeExpr {
    this.CONSUME(T.Arrow);
    return this.SUBRULE(this.typ);
  }

  readonly actionClause: ParserMethod<[], ActionClause> = this.RULE("actionClause", (): ActionClause => {
    const start = this.begin;
    return this.OR<IOrAlt<ActionClause>[]>([
      {
        ALT: () => {
          this.CONSUME(T.W.infallible);
          return { kind: "Infallible", source: this.source, start, end: this.end };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.once);
          return { kind: "Once", source: this.source, start, end: this.end };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.timeout);
          const duration = this.duration(this.CONSUME(T.Duration));
          return { kind: "Timeout", source: this.source, start, end: this.end, duration };
        },
      },
      {
        ALT: () => {
          const method = this.CONSUME(T.HttpMethod).image as "GET" | "POST" | "PUT";
          const url = this.text(this.CONSUME1(T.Text, { ERR_MSG: 'the address in `"…"`' }));
          return { kind: "Http", source: this.source, start, end: this.end, method, url };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.header);
          const name = this.text(this.CONSUME2(T.Text, { ERR_MSG: 'the name of the header in `"…"`' }));
          const value = this.text(this.CONSUME3(T.Text, { ERR_MSG: 'the value of the header in `"…"`' }));
          return { kind: "HttpHeader", source: this.source, start, end: this.end, name, value };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.body);
          const value = this.SUBRULE(this.expr);
          return { kind: "HttpBody", source: this.source, start, end: this.end, value };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.result);
          const path = this.SUBRULE(this.path);
          return { kind: "HttpResult", source: this.source, start, end: this.end, path };
        },
      },
    ]);
  });

  readonly path: ParserMethod<[], Path> = this.RULE("path", (): Path => {
    const start = this.begin;
    const steps: (Name | NumberExpr)[] = [this.name(this.CONSUME1(T.Name))];
    this.MANY(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(T.Dot);
            steps.push(this.name(this.CONSUME2(T.Name)));
          },
        },
        {
          ALT: () => {
            this.CONSUME(T.LeftBracket);
            steps.push(this.number(this.CONSUME(T.NumberLiteral)));
            this.CONSUME(T.RightBracket);
          },
        },
      ]),
    );
    return { kind: "Path", source: this.source, start: steps[0]?.start ?? start, end: this.end, steps };
  });

  // -------------------------------------------------------------- templates

  readonly templateDecl: ParserMethod<[], TemplateDecl> = this.RULE("templateDecl", (): TemplateDecl => {
    const start = this.begin;
    const doc = this.docAt(start);
    const clauses: TemplateClause[] = [];
    this.CONSUME(T.W.template);
    const name = this.name(this.CONSUME(T.Name, { ERR_MSG: "the name of a template" }));
    const params = this.SUBRULE(this.params);
    const open = this.CONSUME(T.LeftBrace);
    do this.MANY(() => clauses.push(this.SUBRULE(this.templateClause)));
    while (this.recover("template", open, () => {}));
    this.closeBrace(open);
    return { kind: "TemplateDecl", source: this.source, start, end: this.end, doc, name, params, clauses };
  });

  readonly templateClause: ParserMethod<[], TemplateClause> = this.RULE("templateClause", (): TemplateClause => {
    const start = this.begin;
    return this.OR<IOrAlt<TemplateClause>[]>([
      {
        ALT: () => {
          this.CONSUME(T.W.category);
          const name = this.name(this.CONSUME1(T.Name, { ERR_MSG: "a category" }));
          return { kind: "TemplateCategory", source: this.source, start, end: this.end, name };
        },
      },
      {
        ALT: () => {
          this.CONSUME(T.W.locales);
          const names = [this.name(this.CONSUME2(T.Name, { ERR_MSG: "a locale" }))];
          this.MANY(() => {
            this.CONSUME(T.Comma);
            names.push(this.name(this.CONSUME3(T.Name, { ERR_MSG: "a locale" })));
          });
          return { kind: "TemplateLocales", source: this.source, start, end: this.end, names };
        },
      },
      { ALT: () => this.SUBRULE(this.header) },
      {
        ALT: () => {
          this.CONSUME(T.W.body);
          const text = this.text(this.CONSUME1(T.Text));
          return { kind: "BodyClause", source: this.source, start, end: this.end, text };
        },
      },
      { ALT: () => this.SUBRULE(this.plainFooter) },
      { ALT: () => this.SUBRULE(this.templateOption) },
      { ALT: () => this.SUBRULE(this.link) },
    ]);
  });

  readonly templateOption: ParserMethod<[], TemplateOption> = this.RULE("templateOption", (): TemplateOption => {
    const start = this.begin;
    const doc = this.docAt(start);
    this.CONSUME(T.W.option);
    const name = this.name(this.CONSUME(T.Word, { ERR_MSG: "the option's id" }));
    const was = this.OPTION(() => this.SUBRULE(this.was)) ?? NO_NAMES;
    const title: TextExpr | undefined = this.text(
      this.CONSUME(T.Text, { ERR_MSG: 'the title of the option in `"…"`' }),
    );
    return { kind: "TemplateOption", source: this.source, start, end: this.end, doc, name, was, title };
  });

  // -------------------------------------------------------------- flows

  readonly flow: ParserMethod<[], FlowDecl> = this.RULE("flow", (): FlowDecl => {
    const start = this.begin;
    const doc = this.docAt(start);
    this.CONSUME(T.W.flow);
    const name = this.name(
      this.targetable(this.CONSUME(T.Name, { ERR_MSG: "the name of a flow" }), "the name of a flow"),
    );
    const was = this.OPTION1(() => this.SUBRULE(this.was)) ?? NO_NAMES;
    const params = this.OPTION2(() => this.SUBRULE(this.params)) ?? NO_FIELDS;
    const result = this.OPTION3(() => this.result());
    const open = this.CONSUME(T.LeftBrace);
    const triggers: Trigger[] = [];
    const vars: FieldDecl[] = [];
    const states: StateDecl[] = [];
    const elses: ElseClause[] = [];
    const afters: AfterClause[] = [];
    do {
      this.MANY(() =>
        this.OR([
          { ALT: () => states.push(this.SUBRULE(this.state)) },
          { ALT: () => triggers.push(this.SUBRULE(this.trigger)) },
          { ALT: () => vars.push(this.SUBRULE(this.varDecl)) },
          { ALT: () => elses.push(this.SUBRULE(this.elseClause)) },
          { ALT: () => afters.push(this.SUBRULE(this.afterClause)) },
        ]),
      );
    } while (this.recover("flow", open, () => {}));
    this.closeBrace(open);
    const { source, end } = this;
    return {
      kind: "FlowDecl",
      source,
      start,
      end,
      doc,
      name,
      was,
      params,
      result,
      triggers,
      vars,
      states,
      elses,
      afters,
    };
  });

  /** No state or flow is called `end` or `resume`: arrows to those words mean something else. */
  private targetable(token: IToken, what: string): IToken {
    if (token.image === "end" || token.image === "resume") this.reservedName(token, what);
    return token;
  }

  readonly state: ParserMethod<[], StateDecl> = this.RULE("state", (): StateDecl => {
    const start = this.begin;
    const doc = this.docAt(start);
    this.CONSUME(T.W.state);
    const name = this.name(
      this.targetable(this.CONSUME(T.Name, { ERR_MSG: "the name of a state" }), "the name of a state"),
    );
    const was = this.OPTION(() => this.SUBRULE(this.was)) ?? NO_NAMES;
    const body = this.SUBRULE(this.block);
    return { kind: "StateDecl", source: this.source, start, end: this.end, doc, name, was, body };
  });

  readonly varDecl: ParserMethod<[], FieldDecl> = this.RULE("varDecl", (): FieldDecl => {
    const start = this.begin;
    const doc = this.docAt(start);
    this.CONSUME(T.W.var);
    const param = this.SUBRULE(this.param);
    return doc === "" || this.RECORDING_PHASE ? param : { ...param, doc };
  });

  readonly trigger: ParserMethod<[], Trigger> = this.RULE("trigger", (): Trigger => {
    const start = this.begin;
    const anytime = this.OPTION1(() => this.CONSUME(T.W.anytime)) !== undefined;
    this.CONSUME(T.W.on);
    const on = this.SUBRULE(this.triggerKind);
    const arrow = this.SUBRULE(this.arrow);
    return { kind: "Trigger", source: this.source, start, end: this.end, anytime, on, arrow };
  });

  readonly triggerKind: ParserMethod<[], TriggerKind> = this.RULE("triggerKind", (): TriggerKind => {
    const start = this.begin;
    const kind = this.OR({
      ERR_MSG: "`message`, `text`, `referral`, `order`, `event`, `scheduled`, `stale` or `window_closed`",
      DEF: [
        { ALT: () => this.bareTrigger("OnMessage", this.CONSUME(T.W.message)) },
        {
          ALT: (): TriggerKind => {
            const texts = this.SUBRULE(this.texts);
            return { kind: "OnText", source: this.source, start, end: this.end, texts };
          },
        },
        {
          ALT: (): TriggerKind => {
            this.CONSUME(T.W.referral);
            const sourceId = this.OPTION(() => this.text(this.CONSUME(T.Text)));
            return { kind: "OnReferral", source: this.source, start, end: this.end, sourceId };
          },
        },
        { ALT: () => this.bareTrigger("OnOrder", this.CONSUME(T.W.order)) },
        {
          ALT: (): TriggerKind => {
            this.CONSUME(T.W.event);
            const name = this.name(this.CONSUME1(T.Name, { ERR_MSG: "the name of an event" }));
            const params = this.SUBRULE1(this.params);
            return { kind: "OnEvent", source: this.source, start, end: this.end, name, params };
          },
        },
        {
          ALT: (): TriggerKind => {
            this.CONSUME(T.W.scheduled);
            const name = this.name(this.CONSUME2(T.Name, { ERR_MSG: "the name of a scheduled event" }));
            const params = this.SUBRULE2(this.params);
            return { kind: "OnScheduled", source: this.source, start, end: this.end, name, params };
          },
        },
        { ALT: () => this.bareTrigger("OnStale", this.CONSUME(T.W.stale)) },
        { ALT: () => this.bareTrigger("OnWindowClosed", this.CONSUME(T.W.window_closed)) },
      ],
    }) as TriggerKind | undefined;
    return kind ?? { kind: "OnInvalid", source: this.source, start: this.end, end: this.end };
  });

  private bareTrigger(kind: "OnMessage" | "OnOrder" | "OnStale" | "OnWindowClosed", token: IToken): TriggerKind {
    const start = token.startOffset;
    return { kind, source: this.source, start, end: start + token.image.length };
  }
}

const NO_FIELDS: readonly FieldDecl[] = [];
