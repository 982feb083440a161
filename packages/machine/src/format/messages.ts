/** Messages: those that are only sent, and those that are waited at. */
import type { CatalogContent, FooterDef, ProductContent, ProductsContent } from "./commerce.ts";
import type { Expr, Template, TextKey } from "./expressions.ts";
import type { PatternDef, Pc } from "./flows.ts";
import type { ValueType } from "./values.ts";

/** A message of `say` or `send`. Texts are keys; media are expressions (a link, or a `media` value). */
export interface MessageDef {
  readonly id: string;
  readonly content: ContentDef;
  /** Quotes the user's last message. */
  readonly reply?: true;
}

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

export type ContentDef =
  | { readonly kind: "text"; readonly body: TextKey; readonly preview?: true }
  | {
      readonly kind: "link";
      readonly body: TextKey;
      readonly header?: HeaderDef;
      readonly footer?: TextKey;
      readonly title: TextKey;
      readonly url: Template;
    }
  | {
      readonly kind: "media";
      readonly media: MediaKind;
      readonly value: Expr;
      readonly caption?: TextKey;
      readonly name?: TextKey;
    }
  | {
      readonly kind: "location";
      readonly latitude: Expr;
      readonly longitude: Expr;
      readonly name?: TextKey;
      readonly address?: TextKey;
    }
  | { readonly kind: "contact"; readonly value: Expr }
  | ProductContent
  | ProductsContent
  | CatalogContent
  | { readonly kind: "carousel"; readonly body: TextKey; readonly cards: readonly CardDef[] }
  | { readonly kind: "template"; readonly template: string; readonly args: readonly Expr[] };

export interface CardDef {
  readonly media: "image" | "video";
  readonly value: Expr;
  readonly body?: TextKey;
  readonly title: TextKey;
  readonly url: Template;
}

export type HeaderDef =
  | { readonly kind: "text"; readonly text: TextKey; readonly when?: Expr }
  | { readonly kind: "image" | "video" | "document"; readonly value: Expr; readonly when?: Expr };

export type Layout = "buttons" | "list" | "pages";

export interface AskDef {
  /** `flow.state` or `flow.state.name`. */
  readonly id: string;
  readonly flow: string;
  readonly state: string;
  readonly once?: true;
  readonly prompt: PromptDef;
  /** Where a typed answer, or an option's `as` value, is written. */
  readonly into?: readonly [root: "slot" | "profile", ...string[]];
  /** What a typed answer must be (`ask text`, `number`, …); absent where only options answer. */
  readonly answer?: AnswerDef;
  /** The answer may come in several messages: it is complete when nothing has come for so long, at most ten times that. */
  readonly gatherMs?: number;
  /** Where the state goes on after the ask. */
  readonly next: Pc;
  readonly texts: readonly {
    readonly texts: readonly string[];
    readonly patterns: readonly PatternDef[];
    readonly to: Pc;
  }[];
  /**
   * What a wrong answer does. `text` is sent before the ask goes out again, at most `retries` times (absent: no end);
   * `to` is taken then, or at once without `text`. Absent as a whole: sent again twice, then silence.
   */
  readonly orElse?: { readonly text?: TextKey; readonly retries?: number; readonly to?: Pc };
  /** In rising order. */
  readonly after: readonly { readonly ms: number; readonly to: Pc }[];
  readonly empty?: Pc;
  readonly fallback?: false;
}

export type AnswerDef =
  | { readonly kind: "text" | "number" | "date" | "phone" | "url" | "email"; readonly type: ValueType }
  | FormAnswer
  | FileAnswer
  | { readonly kind: "location" | "order" };

/** Files or contacts. `type`: a list that keeps all that come; absent: the first. */
export interface FileAnswer {
  readonly kind: "image" | "video" | "audio" | "document" | "media" | "contact";
  readonly type?: ValueType;
}

/** What a form's answer must be; absent: anything that the form sends. */
export interface FormAnswer {
  readonly kind: "form" | "address";
  readonly type?: ValueType;
}

export type PromptDef =
  | {
      readonly kind: "options";
      readonly layout: Readonly<Record<string, Layout>>;
      readonly body: TextKey;
      readonly header?: HeaderDef;
      readonly footer?: { readonly text: TextKey; readonly when?: Expr };
      readonly open?: TextKey;
      readonly more?: TextKey;
      readonly sections: readonly SectionsDef[];
    }
  | { readonly kind: "text"; readonly body: TextKey }
  | { readonly kind: "location"; readonly body: TextKey }
  | ProductContent
  | ProductsContent
  | CatalogContent
  | {
      readonly kind: "form";
      /** WhatsApp's id of the form. */
      readonly form: Expr;
      readonly body: TextKey;
      readonly header?: HeaderDef;
      readonly footer?: FooterDef;
      readonly open: TextKey;
    }
  | {
      readonly kind: "address";
      readonly country: "IN";
      readonly body: TextKey;
      readonly header?: HeaderDef;
      readonly footer?: FooterDef;
    }
  | {
      readonly kind: "template";
      readonly template: string;
      readonly args: readonly Expr[];
      readonly options: readonly OptionDef[];
    };

export type SectionsDef = SectionDef | ForSectionsDef;

export interface SectionDef {
  readonly title?: TextKey;
  readonly when?: Expr;
  readonly rows: readonly RowDef[];
}

export type RowDef = OptionDef | ForDef;

export interface OptionDef {
  readonly kind: "option";
  /** A constant id; in a `for` an expression over the row. */
  readonly id: string | { readonly e: Expr };
  readonly title: TextKey;
  readonly description?: TextKey;
  /** Stands where the title does not fit the layout. */
  readonly short?: TextKey;
  readonly when?: Expr;
  /** The value that `as` takes: the id, or an enum's case of that name. Absent: `as` leaves the variable. */
  readonly value?: true;
  /** Absent: the state goes on after the ask. */
  readonly to?: Pc;
}

export interface ForDef {
  readonly kind: "for";
  /** Holds the row while its texts are made and in the arm that its tap takes. */
  readonly slot: string;
  readonly list: Expr;
  readonly rows: readonly RowDef[];
}

/** Sections for each item of a list. */
export interface ForSectionsDef {
  readonly kind: "for";
  readonly slot: string;
  readonly list: Expr;
  readonly sections: readonly SectionsDef[];
}
