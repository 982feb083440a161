/* oxlint-disable max-lines -- the types are mutually recursive: an ask holds arms, an arm a block, a block asks */
/**
 * The syntax tree of `.flow`. Every node is a span of its source and is never written after the parser returned it, but
 * for its place, which moves with a part of a large file (`part.ts`); what later phases learn stands in tables keyed by the
 * node itself.
 *
 * Broken input keeps its place: a name that is missing is a `Name` with `text: ""` and an empty span, an expression
 * that is missing is `MissingExpr`, statements and declarations that could not be read are `Invalid`. Lists are never
 * undefined. Texts, numbers and durations that are missing are nodes with an empty span, too (`isMissing`). Later phases
 * say nothing about `Missing…`/`Invalid` nodes and those: the parser has.
 */
import type { SentKind } from "@parley/machine";
import type { ListedTemplate } from "../project/listed/listed.ts";
import type { Source, Span } from "../text/source.ts";

export interface File extends Span {
  readonly kind: "File";
  readonly declarations: readonly Declaration[];
}

/** An identifier in any position; `text` is "" where the parser found none. */
export interface Name extends Span {
  readonly kind: "Name";
  readonly text: string;
}

/** Old names, from `was a, b`. */
export type Was = readonly Name[];

export type Declaration = TypeDecl | ProfileDecl | ActionDecl | TemplateDecl | FlowDecl | TestDecl | InvalidDecl;

interface Documented {
  /** The text of the `///` lines directly before the node, without the slashes, joined by newlines; "" without any. */
  readonly doc: string;
}

export interface InvalidDecl extends Span {
  readonly kind: "InvalidDecl";
}

// ---------------------------------------------------------------- types

export interface TypeDecl extends Span, Documented {
  readonly kind: "TypeDecl";
  readonly name: Name;
  /** Exactly one of the two: an enum has cases, an alias a type. */
  readonly cases: readonly EnumCase[];
  readonly type: TypeExpr | undefined;
}

export interface EnumCase extends Span, Documented {
  readonly kind: "EnumCase";
  readonly name: Name;
  readonly was: Was;
  readonly label: TextExpr | undefined;
}

export type TypeExpr = NamedType | RangeType | RecordType | ListType | OptionalType | PersonalType | MissingType;

/** `text`, `text(24)`, `number`, `Pizza`, … */
export interface NamedType extends Span {
  readonly kind: "NamedType";
  readonly name: Name;
  readonly size: NumberExpr | undefined;
}

/** `A..B`, whole numbers, both ends included; the sign is already applied. */
export interface RangeType extends Span {
  readonly kind: "RangeType";
  readonly min: number;
  readonly max: number;
}

export interface RecordType extends Span {
  readonly kind: "RecordType";
  readonly fields: readonly FieldDecl[];
}

/** A field of a record or of `profile`, a parameter, a `var`. */
export interface FieldDecl extends Span, Documented {
  readonly kind: "FieldDecl";
  readonly name: Name;
  readonly was: Was;
  readonly type: TypeExpr;
  readonly value: Expr | undefined;
}

/** `T[1..30]`, `T[..30]` (min 0). */
export interface ListType extends Span {
  readonly kind: "ListType";
  readonly element: TypeExpr;
  readonly min: number;
  readonly max: number;
}

export interface OptionalType extends Span {
  readonly kind: "OptionalType";
  readonly type: TypeExpr;
}

export interface PersonalType extends Span {
  readonly kind: "PersonalType";
  readonly type: TypeExpr;
}

export interface MissingType extends Span {
  readonly kind: "MissingType";
}

// ---------------------------------------------------------------- declarations

export interface ProfileDecl extends Span, Documented {
  readonly kind: "ProfileDecl";
  readonly fields: readonly FieldDecl[];
}

export interface ActionDecl extends Span, Documented {
  readonly kind: "ActionDecl";
  readonly name: Name;
  readonly params: readonly FieldDecl[];
  readonly result: TypeExpr | undefined;
  readonly clauses: readonly ActionClause[];
}

export type ActionClause =
  | (Span & { readonly kind: "Infallible" })
  | (Span & { readonly kind: "Once" })
  | (Span & { readonly kind: "Timeout"; readonly duration: DurationExpr })
  | (Span & { readonly kind: "Http"; readonly method: "GET" | "POST" | "PUT"; readonly url: TextExpr })
  | (Span & { readonly kind: "HttpHeader"; readonly name: TextExpr; readonly value: TextExpr })
  | (Span & { readonly kind: "HttpBody"; readonly value: Expr })
  | (Span & { readonly kind: "HttpResult"; readonly path: Path });

/** `data.branches[0]`: names and numbers. */
export interface Path extends Span {
  readonly kind: "Path";
  readonly steps: readonly (Name | NumberExpr)[];
}

export interface TemplateDecl extends Span, Documented {
  readonly kind: "TemplateDecl";
  /** Where it was not declared but comes from the file of approved templates. */
  readonly listed?: ListedTemplate;
  readonly name: Name;
  readonly params: readonly FieldDecl[];
  readonly clauses: readonly TemplateClause[];
}

export type TemplateClause =
  | (Span & { readonly kind: "TemplateCategory"; readonly name: Name })
  | (Span & { readonly kind: "TemplateLocales"; readonly names: readonly Name[] })
  | HeaderClause
  | BodyClause
  | FooterClause
  | TemplateOption
  | LinkClause;

export interface TemplateOption extends Span, Documented {
  readonly kind: "TemplateOption";
  readonly name: Name;
  readonly was: Was;
  readonly title: TextExpr | undefined;
}

/** `header "…"` or `header image E`; `when` only in asks. */
export interface HeaderClause extends Span {
  readonly kind: "HeaderClause";
  readonly media: "text" | "image" | "video" | "document";
  readonly value: Expr;
  readonly when: Expr | undefined;
}

export interface BodyClause extends Span {
  readonly kind: "BodyClause";
  readonly text: TextExpr;
}

export interface FooterClause extends Span {
  readonly kind: "FooterClause";
  readonly text: TextExpr;
  readonly when: Expr | undefined;
}

export interface LinkClause extends Span {
  readonly kind: "LinkClause";
  readonly title: TextExpr;
  readonly url: TextExpr;
}

// ---------------------------------------------------------------- flows

export interface FlowDecl extends Span, Documented {
  readonly kind: "FlowDecl";
  readonly name: Name;
  readonly was: Was;
  readonly params: readonly FieldDecl[];
  readonly result: TypeExpr | undefined;
  readonly triggers: readonly Trigger[];
  readonly vars: readonly FieldDecl[];
  readonly states: readonly StateDecl[];
  readonly elses: readonly ElseClause[];
  readonly afters: readonly AfterClause[];
}

export interface Trigger extends Span {
  readonly kind: "Trigger";
  readonly anytime: boolean;
  readonly on: TriggerKind;
  readonly arrow: Arrow;
}

export type TriggerKind =
  | (Span & { readonly kind: "OnMessage" })
  | (Span & { readonly kind: "OnText"; readonly texts: readonly (TextExpr | PatternLiteral)[] })
  | (Span & { readonly kind: "OnReferral"; readonly sourceId: TextExpr | undefined })
  | (Span & { readonly kind: "OnOrder" })
  | (Span & { readonly kind: "OnEvent"; readonly name: Name; readonly params: readonly FieldDecl[] })
  | (Span & { readonly kind: "OnScheduled"; readonly name: Name; readonly params: readonly FieldDecl[] })
  | (Span & { readonly kind: "OnStale" })
  | (Span & { readonly kind: "OnWindowClosed" })
  | (Span & { readonly kind: "OnInvalid" });

export interface PatternLiteral extends Span {
  readonly kind: "PatternLiteral";
  /** Between the slashes, `\/` already turned into `/`. */
  readonly pattern: string;
  readonly ignoreCase: boolean;
}

export interface StateDecl extends Span, Documented {
  readonly kind: "StateDecl";
  readonly name: Name;
  readonly was: Was;
  readonly body: Block;
}

export interface Block extends Span {
  readonly kind: "Block";
  readonly statements: readonly Statement[];
}

export type Arm = Arrow | Block | MissingArm;

export interface MissingArm extends Span {
  readonly kind: "MissingArm";
}

/** `-> name`, `-> name(args)` (another flow), `-> end`, `-> resume`. */
export interface Arrow extends Span {
  readonly kind: "Arrow";
  readonly target: "state" | "flow" | "end" | "resume";
  /** Also set for `end` and `resume` (the word itself). */
  readonly name: Name;
  /** Only of a flow. */
  readonly args: readonly Expr[];
}

// ---------------------------------------------------------------- statements

export type Statement =
  | Say
  | Send
  | React
  | Ask
  | Let
  | Set
  | Do
  | If
  | Match
  | Schedule
  | Cancel
  | Wait
  | Call
  | Arrow
  | Return
  | Handoff
  | Typing
  | Forget
  | InvalidStatement;

export interface InvalidStatement extends Span {
  readonly kind: "InvalidStatement";
}

/** The name before `:` of an ask, say, wait or call, with its old names. */
export interface Label extends Span {
  readonly kind: "Label";
  readonly name: Name;
  readonly was: Was;
}

export interface Say extends Span {
  readonly kind: "Say";
  readonly label: Label | undefined;
  readonly body: TextExpr;
  readonly clauses: readonly SayClause[];
}

export type SayClause =
  | HeaderClause
  | FooterClause
  | LinkClause
  | (Span & { readonly kind: "Preview" })
  | (Span & { readonly kind: "Reply" });

export interface Send extends Span {
  readonly kind: "Send";
  readonly what: SendKind;
}

export type SendKind =
  | (Span & {
      readonly kind: "SendMedia";
      readonly media: "image" | "video" | "audio" | "document" | "sticker";
      readonly value: Expr;
      readonly name: TextExpr | undefined;
      readonly caption: TextExpr | undefined;
    })
  | (Span & {
      readonly kind: "SendLocation";
      readonly latitude: Expr;
      readonly longitude: Expr;
      readonly name: TextExpr | undefined;
      readonly address: TextExpr | undefined;
    })
  | (Span & { readonly kind: "SendContact"; readonly value: Expr })
  | (Span & { readonly kind: "SendProduct"; readonly value: Expr; readonly body: TextExpr | undefined })
  | (Span & { readonly kind: "SendProducts"; readonly body: TextExpr; readonly clauses: readonly AskClause[] })
  | (Span & { readonly kind: "SendCatalog"; readonly body: TextExpr; readonly thumbnail: Expr | undefined })
  | (Span & { readonly kind: "SendTemplate"; readonly name: Name; readonly args: readonly Expr[] })
  | (Span & { readonly kind: "SendCarousel"; readonly body: TextExpr; readonly cards: readonly Card[] })
  | (Span & { readonly kind: "SendInvalid" });

export interface Card extends Span {
  readonly kind: "Card";
  readonly media: "image" | "video";
  readonly value: Expr;
  readonly body: TextExpr | undefined;
  readonly links: readonly LinkClause[];
}

export interface React extends Span {
  readonly kind: "React";
  /** `undefined` is `react none`. */
  readonly emoji: TextExpr | undefined;
}

export interface Let extends Span {
  readonly kind: "Let";
  readonly name: Name;
  readonly value: Expr;
  readonly orElse: Arm | undefined;
}

export interface Set extends Span {
  readonly kind: "Set";
  readonly target: LValue;
  readonly value: Expr;
  readonly orElse: Arm | undefined;
}

/** `x`, `profile.visits`, `contact.locale`. */
export interface LValue extends Span {
  readonly kind: "LValue";
  readonly names: readonly Name[];
}

export interface Do extends Span {
  readonly kind: "Do";
  readonly name: Name;
  readonly args: readonly Expr[];
  readonly orElse: Arm | undefined;
}

export interface If extends Span {
  readonly kind: "If";
  readonly condition: Expr;
  readonly then: Block;
  readonly orElse: If | Block | undefined;
}

export interface Match extends Span {
  readonly kind: "Match";
  readonly value: Expr;
  readonly arms: readonly MatchArm[];
}

export interface MatchArm extends Span {
  readonly kind: "MatchArm";
  /** Empty in the `else` arm. */
  readonly cases: readonly Name[];
  readonly isElse: boolean;
  readonly arm: Arm;
}

export interface Schedule extends Span {
  readonly kind: "Schedule";
  readonly name: Name;
  readonly args: readonly Expr[];
  readonly when: "in" | "at";
  readonly time: Expr;
}

export interface Cancel extends Span {
  readonly kind: "Cancel";
  /** `undefined` is `cancel all`. */
  readonly name: Name | undefined;
}

export interface Wait extends Span {
  readonly kind: "Wait";
  readonly label: Label | undefined;
  readonly time: Expr;
}

export interface Call extends Span {
  readonly kind: "Call";
  readonly label: Label | undefined;
  readonly name: Name;
  readonly args: readonly Expr[];
  readonly as: Name | undefined;
}

export interface Return extends Span {
  readonly kind: "Return";
  readonly value: Expr | undefined;
}

export interface Handoff extends Span {
  readonly kind: "Handoff";
  readonly queue: TextExpr;
  readonly back: { readonly after: DurationExpr; readonly arm: Arm } | undefined;
}

export interface Typing extends Span {
  readonly kind: "Typing";
}

export interface Forget extends Span {
  readonly kind: "Forget";
}

// ---------------------------------------------------------------- asks

export type AskKind =
  | "auto"
  | "buttons"
  | "list"
  | "text"
  | "number"
  | "date"
  | "phone"
  | "url"
  | "email"
  | "location"
  | "image"
  | "video"
  | "audio"
  | "document"
  | "media"
  | "contact"
  | "products"
  | "catalog"
  | "product"
  | "form"
  | "address"
  | "template";

export interface Ask extends Span, Documented {
  readonly kind: "Ask";
  readonly once: boolean;
  readonly ask: AskKind;
  /** The word that names the kind as written (also when it names none: P2001); `undefined` for `ask "…"`. */
  readonly askWord: Name | undefined;
  readonly label: Label | undefined;
  /** `undefined` only for `template`. */
  readonly body: TextExpr | undefined;
  /** Of `product`: the product; of `form`: the id. */
  readonly subject: Expr | undefined;
  /** Of `template`: its name and arguments. */
  readonly template: { readonly name: Name; readonly args: readonly Expr[] } | undefined;
  /** Of `address`. */
  readonly country: Name | undefined;
  readonly as: LValue | undefined;
  readonly clauses: readonly AskClause[];
}

export type AskClause =
  | Option
  | Section
  | ForRows
  | ProductClause
  | TextClause
  | ElseClause
  | AfterClause
  | EmptyClause
  | HeaderClause
  | FooterClause
  | OpenClause
  | MoreClause
  | ThumbnailClause
  | GatherClause
  | FallbackClause
  | InvalidClause;

export interface Option extends Span, Documented {
  readonly kind: "Option";
  /** A word stands for itself; an expression `{E}` gives the id at run time. */
  readonly id: Name | Expr;
  readonly was: Was;
  readonly title: TextExpr | undefined;
  readonly description: TextExpr | undefined;
  readonly short: TextExpr | undefined;
  readonly when: Expr | undefined;
  readonly arm: Arm | undefined;
}

export interface Section extends Span {
  readonly kind: "Section";
  readonly title: TextExpr;
  readonly when: Expr | undefined;
  readonly clauses: readonly AskClause[];
}

export interface ForRows extends Span {
  readonly kind: "ForRows";
  readonly name: Name;
  readonly list: Expr;
  readonly clauses: readonly AskClause[];
}

export interface ProductClause extends Span {
  readonly kind: "ProductClause";
  readonly value: Expr;
}

export interface TextClause extends Span {
  readonly kind: "TextClause";
  readonly texts: readonly (TextExpr | PatternLiteral)[];
  readonly arm: Arm;
}

export interface ElseClause extends Span {
  readonly kind: "ElseClause";
  readonly text: TextExpr | undefined;
  readonly retry: { readonly count: number; readonly countSpan: Span; readonly arm: Arm } | undefined;
  /** Set when `text` is not. */
  readonly arm: Arm | undefined;
}

export interface AfterClause extends Span {
  readonly kind: "AfterClause";
  readonly duration: DurationExpr;
  readonly arm: Arm;
}

export interface EmptyClause extends Span {
  readonly kind: "EmptyClause";
  readonly arm: Arm;
}

export interface OpenClause extends Span {
  readonly kind: "OpenClause";
  readonly text: TextExpr;
}

export interface MoreClause extends Span {
  readonly kind: "MoreClause";
  readonly text: TextExpr;
}

export interface ThumbnailClause extends Span {
  readonly kind: "ThumbnailClause";
  readonly value: Expr;
}

export interface GatherClause extends Span {
  readonly kind: "GatherClause";
  readonly duration: DurationExpr;
}

/** `fallback off`. */
export interface FallbackClause extends Span {
  readonly kind: "FallbackClause";
}

export interface InvalidClause extends Span {
  readonly kind: "InvalidClause";
}

// ---------------------------------------------------------------- expressions

export type Expr =
  | TextExpr
  | NumberExpr
  | DurationExpr
  | NoneExpr
  | BoolExpr
  | NameExpr
  | CallExpr
  | FieldExpr
  | IndexExpr
  | UnaryExpr
  | BinaryExpr
  | IsNoneExpr
  | ConditionalExpr
  | ListExpr
  | ComprehensionExpr
  | RecordExpr
  | MissingExpr;

/** A text literal. Without holes `parts` is one string (or empty for `""`). */
export interface TextExpr extends Span {
  readonly kind: "TextExpr";
  /** Escapes resolved, block indentation removed; adjacent strings are joined. */
  readonly parts: readonly (string | Hole)[];
  readonly block: boolean;
}

export interface Hole extends Span {
  readonly kind: "Hole";
  readonly value: Expr;
}

export interface NumberExpr extends Span {
  readonly kind: "NumberExpr";
  readonly value: number;
}

export interface DurationExpr extends Span {
  readonly kind: "DurationExpr";
  /** Milliseconds. */
  readonly value: number;
}

export interface NoneExpr extends Span {
  readonly kind: "NoneExpr";
}

export interface BoolExpr extends Span {
  readonly kind: "BoolExpr";
  readonly value: boolean;
}

export interface NameExpr extends Span {
  readonly kind: "NameExpr";
  readonly name: string;
}

export interface CallExpr extends Span {
  readonly kind: "CallExpr";
  readonly name: Name;
  readonly args: readonly Expr[];
}

export interface FieldExpr extends Span {
  readonly kind: "FieldExpr";
  readonly of: Expr;
  readonly field: Name;
}

export interface IndexExpr extends Span {
  readonly kind: "IndexExpr";
  readonly of: Expr;
  readonly index: Expr;
}

export interface UnaryExpr extends Span {
  readonly kind: "UnaryExpr";
  readonly op: "-" | "not";
  readonly value: Expr;
}

export type BinaryOp = "or" | "and" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "??" | "+" | "-" | "*" | "/";

export interface BinaryExpr extends Span {
  readonly kind: "BinaryExpr";
  readonly op: BinaryOp;
  readonly left: Expr;
  readonly right: Expr;
}

/** `x is none`, `x is not none`. */
export interface IsNoneExpr extends Span {
  readonly kind: "IsNoneExpr";
  readonly value: Expr;
  readonly negated: boolean;
}

export interface ConditionalExpr extends Span {
  readonly kind: "ConditionalExpr";
  readonly condition: Expr;
  readonly then: Expr;
  readonly orElse: Expr;
}

export interface ListExpr extends Span {
  readonly kind: "ListExpr";
  readonly items: readonly Expr[];
}

/** `[E for x in LIST if C]`. */
export interface ComprehensionExpr extends Span {
  readonly kind: "ComprehensionExpr";
  readonly value: Expr;
  readonly name: Name;
  readonly list: Expr;
  readonly condition: Expr | undefined;
}

export interface RecordExpr extends Span {
  readonly kind: "RecordExpr";
  readonly fields: readonly { readonly name: Name; readonly value: Expr }[];
}

export interface MissingExpr extends Span {
  readonly kind: "MissingExpr";
}

// ---------------------------------------------------------------- tests

export interface TestDecl extends Span, Documented {
  readonly kind: "TestDecl";
  readonly title: TextExpr;
  readonly flow: Name | undefined;
  readonly steps: readonly TestStep[];
}

export type MediaWord = "image" | "video" | "audio" | "document" | "sticker" | "contact";

/** The kinds of messages that a test can expect, as the machine calls them. */
export type SentWord = SentKind;

export type TestStep =
  | (Span & { readonly kind: "UserSays"; readonly text: TextExpr })
  | (Span & { readonly kind: "UserTaps"; readonly option: Name | TextExpr; readonly of: Path | undefined })
  | (Span & { readonly kind: "UserOpens"; readonly ad: TextExpr })
  | (Span & { readonly kind: "UserReacts"; readonly emoji: TextExpr })
  | (Span & { readonly kind: "UserSendsLocation"; readonly latitude: Expr; readonly longitude: Expr })
  | (Span & { readonly kind: "UserSendsValue"; readonly what: "order" | "form" | "address"; readonly value: Expr })
  | (Span & { readonly kind: "UserSendsMedia"; readonly what: MediaWord })
  | (Span & { readonly kind: "Advance"; readonly duration: DurationExpr })
  | (Span & { readonly kind: "RaiseEvent"; readonly name: Name; readonly args: readonly Expr[] })
  | (Span & {
      readonly kind: "Mock";
      readonly name: Name;
      readonly behaviour: "value" | "fails" | "times out";
      readonly value: Expr | undefined;
    })
  | (Span & { readonly kind: "DeliverTwice" })
  | (Span & { readonly kind: "DeliverLate"; readonly duration: DurationExpr })
  | (Span & { readonly kind: "FailDelivery" })
  | (Span & { readonly kind: "Release" })
  | (Span & { readonly kind: "UseLocale"; readonly name: Name })
  | (Span & {
      readonly kind: "Expect";
      readonly what: Expectation;
      readonly containing: TextExpr | undefined;
      readonly option: Name | TextExpr | undefined;
    })
  | (Span & { readonly kind: "InvalidStep" });

export type Expectation =
  | (Span & { readonly kind: "ExpectSent"; readonly word: SentWord })
  | (Span & { readonly kind: "ExpectTemplate"; readonly name: Name })
  | (Span & { readonly kind: "ExpectThat"; readonly condition: Expr })
  | (Span & { readonly kind: "ExpectCall"; readonly name: Name; readonly args: readonly Expr[] })
  | (Span & { readonly kind: "ExpectState"; readonly path: Path })
  | (Span & { readonly kind: "ExpectNothing" })
  | (Span & { readonly kind: "ExpectEnd" })
  | (Span & { readonly kind: "ExpectHandoff" })
  | (Span & { readonly kind: "ExpectInvalid" });

/** A file with no declarations, for input that could not be read at all. */
export function emptyFile(source: Source): File {
  return { kind: "File", source, start: 0, end: source.text.length, declarations: [] };
}

/** Whether the parser made this name, text, number or duration up, having reported that it is not there. */
export function isMissing(node: Span): boolean {
  return node.start === node.end;
}
