/** Templates: what a bot sends of a message that WhatsApp has approved. */
import type { Expr, Template, TextKey } from "./expressions.ts";
import type { ValueType } from "./values.ts";

export interface TemplateDef {
  readonly name: string;
  readonly category: "utility" | "marketing" | "authentication";
  readonly locales: readonly string[];
  readonly params: Readonly<Record<string, ValueType>>;
  /** Its variables are `{{1}}`, `{{2}}`, …: parameters go out in order, without their names. */
  readonly positional?: true;
  /** Names of the parameters of each text, in order. */
  readonly header: readonly string[];
  readonly body: readonly string[];
  /** A header that is no text. */
  readonly media?: TemplateMediaDef;
  /** The parameter that says when the offer ends: a moment. */
  readonly offer?: string;
  readonly cards?: readonly TemplateCardDef[];
  /** Quick-reply buttons in order: their option names and titles. */
  readonly options: readonly TemplateOptionDef[];
  /** The other buttons, in order. */
  readonly buttons?: readonly TemplateButtonDef[];
  /** Its own texts, for what shows them (emulator, chat); a hole is a parameter, `["get", name]`. */
  readonly texts?: { readonly header?: TextKey; readonly body?: TextKey; readonly footer?: TextKey };
}

export interface TemplateOptionDef {
  readonly id: string;
  readonly title: TextKey;
  /** Position among all buttons, from 0; absent: the place in this list. */
  readonly index?: number;
  /** Position of the card that the button belongs to, from 0. */
  readonly card?: number;
}

/** Names are those of parameters. */
export type TemplateMediaDef =
  /** The file is a constant link or a parameter, `["get", name]`. */
  | { readonly kind: "image" | "video" | "document"; readonly value: Expr }
  | { readonly kind: "location"; readonly param: string }
  | { readonly kind: "product"; readonly product: string; readonly catalog: string };

interface Button {
  /** Position among all buttons, from 0. */
  readonly index: number;
  readonly title: TextKey;
}

/** Names are those of parameters. `param` of `url`: what stands at its end. `otp`: a one-time password, the body's too. */
export type TemplateButtonDef =
  | (Button & { readonly kind: "url"; readonly url: Template; readonly param?: string })
  | (Button & { readonly kind: "phone"; readonly phone: string })
  | (Button & { readonly kind: "copy_code" | "otp" | "catalog"; readonly param: string })
  | (Button & { readonly kind: "mpm"; readonly thumbnail: string; readonly sections: string })
  | (Button & { readonly kind: "flow" | "voice_call" | "order_details" | "other" });

export interface TemplateCardDef {
  readonly media?: TemplateMediaDef;
  readonly body: readonly string[];
  readonly buttons: readonly TemplateButtonDef[];
  readonly text?: TextKey;
}
