/** Asks: what their answers are, what is known after them. */
import { codePoints } from "@parley/whatsapp";
import type {
  AfterClause,
  Arm,
  Ask,
  AskClause,
  AskKind,
  ElseClause,
  ForRows,
  HeaderClause,
  Option,
  Section,
  TextClause,
} from "../syntax/ast.ts";
import { OPTION_ID_TYPE, REPLY, text, UNKNOWN } from "./builtins.ts";
import { checkEach } from "./calls.ts";
import { check, checkCondition, infer, inferPresent, notAList, typeText } from "./expressions.ts";
import { afterPause, assume, type Facts, meet, REPLY_PATH, withFact, withoutPath } from "./facts.ts";
import { gatherMs } from "./gather.ts";
import { checkMedia, fileKind, fileKindPath } from "./media.ts";
import { fits, isNumeric, present } from "./relations.ts";
import { hasOptions, impliedCases } from "./rows.ts";
import { show } from "./show.ts";
import { type Target, targetOf } from "./targets.ts";
import { checkTemplateArgs } from "./templates.ts";
import type { Type } from "./type.ts";
import { mistake, report, type Typer } from "./typer.ts";

/** Types an arm and says whether it leaves; given by `statements.ts`, which stands above this file. */
export type TypeArm = (t: Typer, arm: Arm) => boolean;

/** What an ask's clauses share while they are typed. */
interface Asking {
  readonly ask: Ask | undefined;
  readonly target: Target | undefined;
  readonly typeArm: TypeArm;
  /** Clauses whose arms are typed once all texts are: in written order. */
  readonly answers: (Option | TextClause | (AskClause & { kind: "EmptyClause" }))[];
  readonly later: (ElseClause | AfterClause)[];
}

/** Whether every way through the ask leaves. */
export function typeAsk(t: Typer, ask: Ask, typeArm: TypeArm): boolean {
  typeText(t, ask.body);
  typeSubject(t, ask);
  const target = ask.as && targetOf(t, ask.as);
  if (target) checkTarget(t, ask, target);
  const asking: Asking = { ask, target, typeArm, answers: [], later: [] };
  typeTexts(t, asking, ask.clauses);
  return typeArms(t, asking, ask);
}

/** Sections of products, which have no arms. */
export function typeClauses(t: Typer, clauses: readonly AskClause[], typeArm: TypeArm): void {
  typeTexts(t, { ask: undefined, target: undefined, typeArm, answers: [], later: [] }, clauses);
}

function typeSubject(t: Typer, ask: Ask): void {
  if (ask.subject) check(t, ask.subject, OPTION_ID_TYPE, ask.ask === "form" ? "a form's id" : "a product");
  if (ask.template) {
    const referent = t.names.refs.get(ask.template.name);
    if (referent?.kind === "template") checkTemplateArgs(t, ask.template.name, referent.decl, ask.template.args);
    else checkEach(t, [], ask.template.args);
  }
}

// ---------------------------------------------------------------- texts and rows

// One case for each kind of clause.
function typeTexts(t: Typer, asking: Asking, clauses: readonly AskClause[]): void {
  for (const c of clauses) {
    switch (c.kind) {
      case "Option":
        typeOption(t, asking, c);
        asking.answers.push(c);
        break;
      case "Section":
        typeSection(t, asking, c);
        break;
      case "ForRows":
        typeRows(t, asking, c);
        break;
      case "ProductClause":
        check(t, c.value, OPTION_ID_TYPE, "a product");
        break;
      case "ThumbnailClause":
        check(t, c.value, OPTION_ID_TYPE, "a thumbnail");
        break;
      case "TextClause":
        for (const text of c.texts) if (text.kind === "TextExpr") typeText(t, text);
        asking.answers.push(c);
        break;
      case "EmptyClause":
        asking.answers.push(c);
        break;
      case "ElseClause":
        typeText(t, c.text);
        asking.later.push(c);
        break;
      case "AfterClause":
        asking.later.push(c);
        break;
      case "HeaderClause":
        typeHeader(t, c);
        break;
      case "FooterClause":
        when(t, c.when, () => typeText(t, c.text));
        break;
      case "OpenClause":
      case "MoreClause":
        typeText(t, c.text);
        break;
      case "GatherClause":
      case "FallbackClause":
      case "InvalidClause":
    }
  }
}

export function typeHeader(t: Typer, header: HeaderClause): void {
  when(t, header.when, () => {
    if (header.media === "text") infer(t, header.value);
    else checkMedia(t, header.value, header.media);
  });
}

/** What stands under `when E` is sent only where E holds. */
function when(t: Typer, condition: Option["when"], type: () => void): void {
  if (!condition) return type();
  checkCondition(t, condition);
  const before = t.facts;
  t.facts = assume(t, condition, true, before);
  type();
  t.facts = before;
}

function typeSection(t: Typer, asking: Asking, section: Section): void {
  when(t, section.when, () => {
    typeText(t, section.title);
    typeTexts(t, asking, section.clauses);
  });
}

function typeRows(t: Typer, asking: Asking, rows: ForRows): void {
  const type = inferPresent(t, rows.list);
  if (type.kind !== "list" && type.kind !== "unknown") notAList(t, rows.list, type);
  t.ofDecl.set(rows, type.kind === "list" ? type.of : UNKNOWN);
  typeTexts(t, asking, rows.clauses);
}

function typeOption(t: Typer, asking: Asking, option: Option): void {
  when(t, option.when, () => {
    const { id } = option;
    const type = id.kind === "Name" ? constantId(t, asking, option) : inferPresent(t, id);
    if (id.kind !== "Name") checkId(t, option, type);
    checkValue(t, asking, option, type);
    typeText(t, option.title);
    typeText(t, option.description);
    typeText(t, option.short);
  });
}

function constantId(t: Typer, asking: Asking, option: Option): Type {
  const id = option.id as Option["id"] & { kind: "Name" };
  const enumType = asking.target && present(asking.target.type);
  if (enumType?.kind !== "enum" || !enumType.cases.includes(id.text)) return text(codePoints(id.text));
  t.cases.set(
    id,
    enumType.decl?.cases.find((c) => c.name.text === id.text),
  );
  return enumType;
}

function checkId(t: Typer, option: Option, type: Type): void {
  if (type.kind === "text" || type.kind === "enum" || type.kind === "unknown") return;
  mistake(t, option.id, `an option's id is a text or a case of an enum, this is \`${show(type)}\``);
}

/** The id as the value of `as`: a case of its enum, or a text. In an ask `as` an enum other ids set nothing. */
function checkValue(t: Typer, asking: Asking, option: Option, id: Type): void {
  const { ask, target } = asking;
  if (!ask || !target || !hasOptions(ask)) return;
  const wanted = present(target.type);
  if (wanted.kind !== "text" || id.kind === "unknown" || fits(id, wanted)) return;
  if (id.kind === "text") {
    report(t, "P2003", option.id, { problem: "text", length: id.max, max: wanted.max, place: target.name });
  } else {
    report(t, "P2003", option.id, { problem: "type", found: show(id), wanted: show(wanted), place: target.name });
  }
}

// ---------------------------------------------------------------- answers

interface Answer {
  /** Completes "… gives". */
  readonly gives: string;
  readonly takes: (type: Type) => boolean;
}

const isMedia = (type: Type): boolean => type.kind === "media" || (type.kind === "list" && type.of.kind === "media");
const isCard = (type: Type): boolean => type.kind === "card" || (type.kind === "list" && type.of.kind === "card");
const kind = (gives: string, kind: Type["kind"]): Answer => ({ gives, takes: (type) => type.kind === kind });

const OPTION: Answer = {
  gives: "a text or a case of an enum",
  takes: (type) => type.kind === "text" || type.kind === "enum",
};
const MEDIA: Answer = { gives: "a `media` or a list of them", takes: isMedia };
const CART: Answer = kind("a `cart`", "cart");
const RECORD: Answer = kind("a record", "record");

/** The variable's type is the validation, so any size or range of the right kind does. */
const ANSWERS: Readonly<Record<AskKind, Answer>> = {
  auto: OPTION,
  buttons: OPTION,
  list: OPTION,
  template: OPTION,
  text: kind("a text", "text"),
  number: { gives: "a number", takes: isNumeric },
  date: kind("a `date`", "date"),
  phone: kind("a `phone`", "phone"),
  url: kind("a `url`", "url"),
  email: kind("a text", "text"),
  location: kind("a `location`", "location"),
  image: MEDIA,
  video: MEDIA,
  audio: MEDIA,
  document: MEDIA,
  media: MEDIA,
  contact: { gives: "a `card` or a list of them", takes: isCard },
  products: CART,
  catalog: CART,
  product: CART,
  form: RECORD,
  address: RECORD,
};

function checkTarget(t: Typer, ask: Ask, target: Target): void {
  // Of a kind that does not exist nothing is known.
  if (ask.askWord && ask.ask === "auto") return;
  const type = present(target.type);
  const answer = ANSWERS[ask.ask];
  if (type.kind === "unknown" || answer.takes(type) || !ask.as) return;
  mistake(t, ask.as, `this ask gives ${answer.gives}, ${target.name} is \`${show(target.type)}\``);
}

// ---------------------------------------------------------------- arms

function typeArms(t: Typer, asking: Asking, ask: Ask): boolean {
  const asked = afterPause(t.facts);
  const waiting = [asked];
  for (const clause of asking.later) {
    for (const arm of armsOf(clause)) {
      t.facts = clause.kind === "ElseClause" ? answered(asked) : asked;
      if (!asking.typeArm(t, arm)) waiting.push(t.facts);
    }
  }
  // What a reminder or a wrong answer's block set holds no longer when the answer comes.
  const base = answered(meet(waiting));
  const set = asking.target ? withoutPath(base, asking.target.path) : base;
  const ways: Facts[] = [];
  // What was gathered before another answer is the variable's value.
  const mayHaveSet = gatherMs(ask) > 0;
  for (const clause of asking.answers) {
    t.facts = clause.kind === "Option" || mayHaveSet ? set : base;
    if (!clause.arm || !asking.typeArm(t, clause.arm)) ways.push(t.facts);
  }
  if (!hasOptions(ask)) ways.push(given(set, asking.target, ask.ask));
  else if (impliedCases(t, ask).length > 0) ways.push(set);
  t.facts = ways.length > 0 ? meet(ways) : base;
  return ways.length === 0;
}

/** The answer is there, even where the variable may be without one. */
function given(facts: Facts, target: Target | undefined, kind: AskKind): Facts {
  if (!target) return facts;
  const there = target.type.kind === "optional" ? withFact(facts, target.path, present(target.type)) : facts;
  const file = fileKind(kind);
  return file ? withFact(there, fileKindPath(target.path), file) : there;
}

function answered(facts: Facts): Facts {
  return facts.has(REPLY_PATH) ? facts : withFact(facts, REPLY_PATH, REPLY);
}

export function armsOf(clause: ElseClause | AfterClause): readonly Arm[] {
  if (clause.kind === "AfterClause") return [clause.arm];
  const arms: Arm[] = [];
  if (clause.retry) arms.push(clause.retry.arm);
  if (clause.arm) arms.push(clause.arm);
  return arms;
}
