/**
 * A recursive-descent parser of a plausible part of `.flow`, written by hand: the limit of what a parser in JavaScript
 * can do here, to measure the real one against. It makes the same nodes (a test compares them), knows flows, variables,
 * triggers, `say`, `ask` with options, sections and `for`, `set`, `let`, `if`, arrows, expressions and texts with holes,
 * and throws at the first mistake. It makes no tokens but reads characters, and is above 400 lines in one file and one
 * class because that is what such parsers are.
 */
import type * as A from "../../packages/compiler/src/syntax/ast.ts";

type Source = A.File["source"];

export function handParse(source: Source): A.File {
  const p = new HandParser(source, 0, source.text.length);
  const declarations: A.Declaration[] = [];
  while (!p.atEnd()) declarations.push(p.flow());
  return { kind: "File", source, start: 0, end: source.text.length, declarations };
}

const PRECEDENCE: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  "==": 4,
  "!=": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  is: 4,
  "??": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
};
const RESERVED: ReadonlySet<string> = new Set(["true", "false", "none", "not", "and", "or", "is", "if", "else"]);
const KINDS: ReadonlySet<string> = new Set([
  "buttons",
  "list",
  "text",
  "number",
  "date",
  "phone",
  "url",
  "email",
  "location",
]);
const UNITS: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

class HandParser {
  private readonly source: Source;
  private readonly text: string;
  private readonly limit: number;
  /** Where the next token begins. */
  private at: number;
  /** Where the last token ended. */
  private last: number;
  private doc = "";

  constructor(source: Source, from: number, limit: number) {
    this.source = source;
    this.text = source.text;
    this.limit = limit;
    this.at = from;
    this.last = from;
    this.skip();
  }

  atEnd(): boolean {
    return this.at >= this.limit;
  }

  // -------------------------------------------------------------- characters

  private fail(expected: string): never {
    throw new Error(`expected ${expected} at ${this.at}`);
  }

  /** Past white space and comments. */
  private skip(): void {
    const { text, limit } = this;
    let i = this.at;
    this.doc = "";
    for (;;) {
      const c = text.charCodeAt(i);
      if (c === 32 || (c >= 9 && c <= 13)) i++;
      else if (c === 47 && text.charCodeAt(i + 1) === 47 && i < limit) {
        let end = i;
        while (end < limit && text.charCodeAt(end) !== 10) end++;
        if (text.charCodeAt(i + 2) === 47) {
          const line = text.slice(text.charCodeAt(i + 3) === 32 ? i + 4 : i + 3, end);
          this.doc = this.doc === "" ? line : `${this.doc}\n${line}`;
        }
        i = end;
      } else if (c === 47 && text.charCodeAt(i + 1) === 42 && i < limit) {
        i = text.indexOf("*/", i + 2) + 2;
      } else break;
    }
    this.at = i;
  }

  private wordEnd(): number {
    const { text } = this;
    let i = this.at;
    for (;;) {
      const c = text.charCodeAt(i);
      if ((c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95) i++;
      else return i;
    }
  }

  /** Whether this word stands here; no string is made. */
  private isWord(word: string): boolean {
    const { text, at } = this;
    if (text.charCodeAt(at) !== word.charCodeAt(0) || !text.startsWith(word, at)) return false;
    const c = text.charCodeAt(at + word.length);
    return !((c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95);
  }

  private peekWord(): string {
    const c = this.text.charCodeAt(this.at);
    if (c >= 48 && c <= 57) return "";
    return this.text.slice(this.at, this.wordEnd());
  }

  private isChar(c: number): boolean {
    return this.text.charCodeAt(this.at) === c && this.at < this.limit;
  }

  private advance(length: number): void {
    this.last = this.at + length;
    this.at = this.last;
    this.skip();
  }

  private mark(mark: string): void {
    if (!this.text.startsWith(mark, this.at)) this.fail(mark);
    this.advance(mark.length);
  }

  private optionalMark(mark: string): boolean {
    if (!this.text.startsWith(mark, this.at)) return false;
    this.advance(mark.length);
    return true;
  }

  private keyword(word: string): void {
    if (!this.isWord(word)) this.fail(word);
    this.advance(word.length);
  }

  private name(): A.Name {
    const start = this.at;
    const text = this.peekWord();
    if (text === "") this.fail("a name");
    this.advance(text.length);
    return { kind: "Name", source: this.source, start, end: start + text.length, text };
  }

  // -------------------------------------------------------------- flows

  flow(): A.FlowDecl {
    const start = this.at;
    const { source, doc } = this;
    this.keyword("flow");
    const name = this.name();
    const params = this.isChar(40) ? this.params() : [];
    const result = this.optionalMark("->") ? this.type() : undefined;
    this.mark("{");
    const triggers: A.Trigger[] = [];
    const vars: A.FieldDecl[] = [];
    const states: A.StateDecl[] = [];
    const elses: A.ElseClause[] = [];
    const afters: A.AfterClause[] = [];
    while (!this.isChar(125)) {
      switch (this.peekWord()) {
        case "state":
          states.push(this.state());
          break;
        case "var":
          this.keyword("var");
          vars.push(this.field());
          break;
        case "on":
        case "anytime":
          triggers.push(this.trigger());
          break;
        case "else":
          elses.push(this.elseClause());
          break;
        case "after":
          afters.push(this.afterClause());
          break;
        default:
          this.fail("a member of the flow");
      }
    }
    this.mark("}");
    return {
      kind: "FlowDecl",
      source,
      start,
      end: this.last,
      doc,
      name,
      was: [],
      params,
      result,
      triggers,
      vars,
      states,
      elses,
      afters,
    };
  }

  private trigger(): A.Trigger {
    const start = this.at;
    const { source } = this;
    const anytime = this.isWord("anytime");
    if (anytime) this.keyword("anytime");
    this.keyword("on");
    const from = this.at;
    const word = this.name().text;
    let on: A.TriggerKind;
    if (word === "message") on = { kind: "OnMessage", source, start: from, end: this.last };
    else if (word === "text") {
      const texts = [this.textLiteral()];
      while (this.optionalMark(",")) texts.push(this.textLiteral());
      on = { kind: "OnText", source, start: from, end: this.last, texts };
    } else this.fail("a kind of trigger");
    const arrow = this.arrow();
    return { kind: "Trigger", source, start, end: this.last, anytime, on, arrow };
  }

  private params(): A.FieldDecl[] {
    const params: A.FieldDecl[] = [];
    this.mark("(");
    while (!this.isChar(41)) {
      params.push(this.field());
      if (!this.optionalMark(",")) break;
    }
    this.mark(")");
    return params;
  }

  private field(): A.FieldDecl {
    const { doc } = this;
    const name = this.name();
    this.mark(":");
    const type = this.type();
    const value = this.optionalMark("=") ? this.expr() : undefined;
    return {
      kind: "FieldDecl",
      source: this.source,
      start: name.start,
      end: this.last,
      doc,
      name,
      was: [],
      type,
      value,
    };
  }

  private type(): A.TypeExpr {
    const start = this.at;
    const { source } = this;
    let type: A.TypeExpr;
    const c = this.text.charCodeAt(this.at);
    if (c === 45 || (c >= 48 && c <= 57)) {
      const min = this.signed();
      this.mark("..");
      const max = this.signed();
      type = { kind: "RangeType", source, start, end: this.last, min, max };
    } else {
      const name = this.name();
      let size: A.NumberExpr | undefined;
      if (this.optionalMark("(")) {
        size = this.number() as A.NumberExpr;
        this.mark(")");
      }
      type = { kind: "NamedType", source, start, end: this.last, name, size };
    }
    for (;;) {
      if (this.optionalMark("?")) type = { kind: "OptionalType", source, start, end: this.last, type };
      else if (this.optionalMark("[")) {
        const min = this.isChar(46) ? 0 : this.signed();
        this.mark("..");
        const max = this.signed();
        this.mark("]");
        type = { kind: "ListType", source, start, end: this.last, element: type, min, max };
      } else return type;
    }
  }

  private signed(): number {
    const sign = this.optionalMark("-") ? -1 : 1;
    return sign * (this.number() as A.NumberExpr).value;
  }

  private state(): A.StateDecl {
    const start = this.at;
    const { doc } = this;
    this.keyword("state");
    const name = this.name();
    const body = this.block();
    return { kind: "StateDecl", source: this.source, start, end: this.last, doc, name, was: [], body };
  }

  // -------------------------------------------------------------- statements

  private block(): A.Block {
    const start = this.at;
    const statements: A.Statement[] = [];
    this.mark("{");
    while (!this.isChar(125)) statements.push(this.statement());
    this.mark("}");
    return { kind: "Block", source: this.source, start, end: this.last, statements };
  }

  private statement(): A.Statement {
    if (this.isChar(45)) return this.arrow();
    const start = this.at;
    const { source, doc } = this;
    const word = this.peekWord();
    switch (word) {
      case "say": {
        this.advance(3);
        const body = this.textLiteral();
        return { kind: "Say", source, start, end: this.last, label: undefined, body, clauses: [] };
      }
      case "ask":
        return this.ask(start, doc);
      case "set": {
        this.advance(3);
        const from = this.at;
        const names = [this.name()];
        while (this.optionalMark(".")) names.push(this.name());
        const target: A.LValue = { kind: "LValue", source, start: from, end: this.last, names };
        this.mark("=");
        const value = this.expr();
        const orElse = this.orElse();
        return { kind: "Set", source, start, end: this.last, target, value, orElse };
      }
      case "let": {
        this.advance(3);
        const name = this.name();
        this.mark("=");
        const value = this.expr();
        const orElse = this.orElse();
        return { kind: "Let", source, start, end: this.last, name, value, orElse };
      }
      case "if":
        return this.ifStatement();
      case "handoff": {
        this.advance(7);
        const queue = this.textLiteral();
        return { kind: "Handoff", source, start, end: this.last, queue, back: undefined };
      }
      default:
        return this.fail("a statement");
    }
  }

  private orElse(): A.Arm | undefined {
    if (!this.isWord("else")) return undefined;
    this.keyword("else");
    return this.arm();
  }

  private ifStatement(): A.If {
    const start = this.at;
    this.keyword("if");
    const condition = this.expr();
    const then = this.block();
    let orElse: A.If["orElse"];
    if (this.isWord("else")) {
      this.keyword("else");
      orElse = this.isWord("if") ? this.ifStatement() : this.block();
    }
    return { kind: "If", source: this.source, start, end: this.last, condition, then, orElse };
  }

  private arm(): A.Arm {
    return this.isChar(45) ? this.arrow() : this.block();
  }

  private arrow(): A.Arrow {
    const start = this.at;
    this.mark("->");
    const name = this.name();
    const word = name.text;
    let args: readonly A.Expr[] = [];
    let target: A.Arrow["target"] = "state";
    if (word === "end" || word === "resume") target = word;
    else if (this.isChar(40)) {
      args = this.args();
      target = "flow";
    }
    return { kind: "Arrow", source: this.source, start, end: this.last, target, name, args };
  }

  // -------------------------------------------------------------- asks

  private ask(start: number, doc: string): A.Ask {
    const { source } = this;
    this.keyword("ask");
    let askWord: A.Name | undefined;
    let label: A.Label | undefined;
    let once = false;
    if (!this.isChar(34)) {
      let name = this.name();
      if (name.text === "once" && !this.isChar(58)) {
        once = true;
        if (!this.isChar(34)) name = this.name();
      }
      if (!this.isChar(58) && !(once && name.text === "once")) {
        askWord = name;
        if (!this.isChar(34)) name = this.name();
      }
      if (this.isChar(58)) {
        this.mark(":");
        label = { kind: "Label", source, start: name.start, end: this.last, name, was: [] };
      }
    }
    const body = this.textLiteral();
    const ask = askWord !== undefined && KINDS.has(askWord.text) ? (askWord.text as A.AskKind) : "auto";
    let as: A.LValue | undefined;
    if (this.isWord("as")) {
      this.keyword("as");
      const from = this.at;
      const names = [this.name()];
      while (this.optionalMark(".")) names.push(this.name());
      as = { kind: "LValue", source, start: from, end: this.last, names };
    }
    const clauses = this.isChar(123) ? this.clauses() : [];
    const none = { subject: undefined, template: undefined, country: undefined };
    const { subject, template, country } = none;
    return {
      kind: "Ask",
      source,
      start,
      end: this.last,
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
  }

  private clauses(): A.AskClause[] {
    const clauses: A.AskClause[] = [];
    this.mark("{");
    while (!this.isChar(125)) clauses.push(this.clause());
    this.mark("}");
    return clauses;
  }

  private clause(): A.AskClause {
    const start = this.at;
    const { source } = this;
    switch (this.peekWord()) {
      case "option":
        return this.option();
      case "section": {
        this.keyword("section");
        const title = this.textLiteral();
        const when = this.when();
        const clauses = this.clauses();
        return { kind: "Section", source, start, end: this.last, title, when, clauses };
      }
      case "for": {
        this.keyword("for");
        const name = this.name();
        this.keyword("in");
        const list = this.expr();
        const clauses = this.clauses();
        return { kind: "ForRows", source, start, end: this.last, name, list, clauses };
      }
      case "else":
        return this.elseClause();
      case "after":
        return this.afterClause();
      case "empty": {
        this.keyword("empty");
        const arm = this.arm();
        return { kind: "EmptyClause", source, start, end: this.last, arm };
      }
      case "open": {
        this.keyword("open");
        const text = this.textLiteral();
        return { kind: "OpenClause", source, start, end: this.last, text };
      }
      case "more": {
        this.keyword("more");
        const text = this.textLiteral();
        return { kind: "MoreClause", source, start, end: this.last, text };
      }
      case "header": {
        this.keyword("header");
        const value = this.textLiteral();
        const when = this.when();
        return { kind: "HeaderClause", source, start, end: this.last, media: "text", value, when };
      }
      case "footer": {
        this.keyword("footer");
        const text = this.textLiteral();
        const when = this.when();
        return { kind: "FooterClause", source, start, end: this.last, text, when };
      }
      default:
        return this.fail("a clause");
    }
  }

  private when(): A.Expr | undefined {
    if (!this.isWord("when")) return undefined;
    this.keyword("when");
    return this.expr();
  }

  private option(): A.Option {
    const start = this.at;
    const { source, doc } = this;
    this.keyword("option");
    let id: A.Name | A.Expr;
    if (this.optionalMark("{")) {
      id = this.expr();
      this.mark("}");
    } else id = this.name();
    const title = this.isChar(34) ? this.textLiteral() : undefined;
    const description = this.isChar(34) ? this.textLiteral() : undefined;
    let short: A.TextExpr | undefined;
    if (this.isWord("short")) {
      this.keyword("short");
      short = this.textLiteral();
    }
    const when = this.when();
    const arm = this.isChar(123) || this.text.startsWith("->", this.at) ? this.arm() : undefined;
    return { kind: "Option", source, start, end: this.last, doc, id, was: [], title, description, short, when, arm };
  }

  private elseClause(): A.ElseClause {
    const start = this.at;
    const { source } = this;
    this.keyword("else");
    if (!this.isChar(34)) {
      const arm = this.arm();
      return { kind: "ElseClause", source, start, end: this.last, text: undefined, retry: undefined, arm };
    }
    const text = this.textLiteral();
    let retry: A.ElseClause["retry"];
    if (this.isWord("retry")) {
      this.keyword("retry");
      const number = this.number() as A.NumberExpr;
      const countSpan = { source, start: number.start, end: number.end };
      retry = { count: number.value, countSpan, arm: this.arm() };
    }
    return { kind: "ElseClause", source, start, end: this.last, text, retry, arm: undefined };
  }

  private afterClause(): A.AfterClause {
    const start = this.at;
    this.keyword("after");
    const duration = this.number() as A.DurationExpr;
    const arm = this.arm();
    return { kind: "AfterClause", source: this.source, start, end: this.last, duration, arm };
  }

  // -------------------------------------------------------------- expressions

  private expr(): A.Expr {
    if (!this.isWord("if")) return this.binary(1);
    const start = this.at;
    this.keyword("if");
    const condition = this.binary(1);
    this.keyword("then");
    const then = this.expr();
    this.keyword("else");
    const orElse = this.expr();
    return { kind: "ConditionalExpr", source: this.source, start, end: this.last, condition, then, orElse };
  }

  private operator(): string {
    const c = this.text.charCodeAt(this.at);
    if (this.at >= this.limit) return "";
    if (c === 97 || c === 111 || c === 105) {
      const word = this.peekWord();
      return word === "and" || word === "or" || word === "is" ? word : "";
    }
    const next = this.text.charCodeAt(this.at + 1);
    if (c === 45) return next === 62 ? "" : "-";
    if (c === 61 || c === 33) return next === 61 ? this.text.slice(this.at, this.at + 2) : "";
    if (c === 60 || c === 62)
      return next === 61 ? this.text.slice(this.at, this.at + 2) : (this.text[this.at] as string);
    if (c === 63) return next === 63 ? "??" : "";
    return c === 43 || c === 42 || c === 47 ? (this.text[this.at] as string) : "";
  }

  private binary(least: number): A.Expr {
    const start = this.at;
    const { source } = this;
    let left: A.Expr;
    if (least <= 3 && this.isWord("not")) {
      this.keyword("not");
      const value = this.binary(3);
      left = { kind: "UnaryExpr", source, start, end: this.last, op: "not", value };
    } else left = this.unary();
    for (;;) {
      const op = this.operator();
      if (op === "") return left;
      const precedence = PRECEDENCE[op] as number;
      if (precedence < least) return left;
      this.advance(op.length);
      if (op === "is") {
        const negated = this.isWord("not");
        if (negated) this.keyword("not");
        this.keyword("none");
        left = { kind: "IsNoneExpr", source, start: left.start, end: this.last, value: left, negated };
        continue;
      }
      const right = this.binary(precedence + 1);
      left = { kind: "BinaryExpr", source, start: left.start, end: right.end, op: op as A.BinaryOp, left, right };
    }
  }

  private unary(): A.Expr {
    const start = this.at;
    const { source } = this;
    if (this.isChar(45)) {
      this.mark("-");
      const value = this.unary();
      return { kind: "UnaryExpr", source, start, end: this.last, op: "-", value };
    }
    let value = this.primary();
    for (;;) {
      if (this.isChar(46)) {
        this.mark(".");
        const field = this.name();
        value = { kind: "FieldExpr", source, start: value.start, end: this.last, of: value, field };
      } else if (this.isChar(91)) {
        this.mark("[");
        const index = this.expr();
        this.mark("]");
        value = { kind: "IndexExpr", source, start: value.start, end: this.last, of: value, index };
      } else return value;
    }
  }

  private primary(): A.Expr {
    const start = this.at;
    const { source } = this;
    const c = this.text.charCodeAt(start);
    if (c === 34) return this.textLiteral();
    if (c >= 48 && c <= 57) return this.number();
    if (c === 40) {
      this.mark("(");
      const value = this.expr();
      this.mark(")");
      return value;
    }
    if (c === 91) {
      this.mark("[");
      const items: A.Expr[] = [];
      while (!this.isChar(93)) {
        items.push(this.expr());
        if (!this.optionalMark(",")) break;
      }
      this.mark("]");
      return { kind: "ListExpr", source, start, end: this.last, items };
    }
    const word = this.peekWord();
    const end = start + word.length;
    if (RESERVED.has(word)) {
      this.advance(word.length);
      if (word === "none") return { kind: "NoneExpr", source, start, end };
      if (word === "true" || word === "false") return { kind: "BoolExpr", source, start, end, value: word === "true" };
      return this.fail("a value");
    }
    const name = this.name();
    if (this.isChar(40)) {
      const args = this.args();
      return { kind: "CallExpr", source, start, end: this.last, name, args };
    }
    return { kind: "NameExpr", source, start, end, name: word };
  }

  private args(): A.Expr[] {
    const args: A.Expr[] = [];
    this.mark("(");
    while (!this.isChar(41)) {
      args.push(this.expr());
      if (!this.optionalMark(",")) break;
    }
    this.mark(")");
    return args;
  }

  /** Numbers and durations. */
  private number(): A.NumberExpr | A.DurationExpr {
    const start = this.at;
    const { text, source } = this;
    let end = this.wordEnd();
    if (end === start) this.fail("a number");
    if (text.charCodeAt(end) === 46 && text.charCodeAt(end + 1) !== 46) {
      this.at = end + 1;
      end = this.wordEnd();
      this.at = start;
    }
    const image = text.slice(start, end);
    this.advance(image.length);
    const unit = UNITS[image.at(-1) as string];
    if (unit === undefined) {
      const value = Number.parseFloat(image.includes("_") ? image.replaceAll("_", "") : image);
      return { kind: "NumberExpr", source, start, end, value };
    }
    let value = 0;
    for (const [, digits, letter] of image.matchAll(/(\d+)([a-z])/g))
      value += Number(digits) * (UNITS[letter as string] as number);
    return { kind: "DurationExpr", source, start, end, value };
  }

  // -------------------------------------------------------------- texts

  private textLiteral(): A.TextExpr {
    const start = this.at;
    const { text, source } = this;
    if (!this.isChar(34)) this.fail("a text");
    const parts: (string | A.Hole)[] = [];
    let said = "";
    let i = start + 1;
    let from = i;
    for (;;) {
      const c = text.charCodeAt(i);
      if (c === 34) break;
      if (c === 92) {
        said += text.slice(from, i) + this.escape(i);
        i += 2;
        from = i;
      } else if (c === 123) {
        said += text.slice(from, i);
        if (said !== "") parts.push(said);
        said = "";
        const hole = this.hole(i);
        parts.push(hole);
        i = from = hole.end;
      } else if (c === 10 || Number.isNaN(c)) this.fail("a quote");
      else i++;
    }
    said += text.slice(from, i);
    if (said !== "") parts.push(said);
    this.at = i;
    this.advance(1);
    return { kind: "TextExpr", source, start, end: i + 1, parts, block: false };
  }

  private escape(at: number): string {
    const c = this.text[at + 1] as string;
    if (c === "n") return "\n";
    if (c === "t") return "\t";
    return c === '"' || c === "\\" || c === "{" || c === "}" ? c : this.fail("an escape");
  }

  private hole(start: number): A.Hole {
    this.at = start;
    this.mark("{");
    const value = this.expr();
    if (!this.isChar(125)) this.fail("}");
    return { kind: "Hole", source: this.source, start, end: this.at + 1, value };
  }
}
