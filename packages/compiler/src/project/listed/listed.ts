/** Templates that were approved elsewhere, as the file of `templates:` lists them. */
import type { Span } from "../../text/source.ts";
import { sure } from "../../text/sure.ts";

/** One template in all its languages. */
export interface ListedTemplate {
  /** Its first name in the file. */
  readonly place: Span;
  readonly name: string;
  readonly category: ListedCategory;
  /** Those that it is approved in. */
  readonly languages: readonly string[];
  /** Why it cannot be sent, where it cannot. */
  readonly problem: string | undefined;
  /** In the order in which `send template` gives them. */
  readonly params: readonly ListedParam[];
  /** Its variables are `{{1}}`, `{{2}}`, …, not names. */
  readonly positional: boolean;
  readonly shape: ListedShape;
  /** By language. */
  readonly texts: ReadonlyMap<string, ListedTexts>;
}

export type ListedCategory = "utility" | "marketing" | "authentication";

export interface ListedParam {
  readonly name: string;
  readonly type: ListedType;
}

export type ListedType =
  | { readonly kind: "text"; readonly max: number; readonly optional?: true }
  | { readonly kind: "media" | "location" | "moment" | "sections" };

/** What a send fills in. Names are those of parameters. */
export interface ListedShape {
  readonly header: readonly string[];
  readonly media?: ListedMedia;
  readonly body: readonly string[];
  readonly offer?: string;
  readonly buttons: readonly ListedButton[];
  readonly cards?: readonly ListedCard[];
}

export type ListedMedia =
  | { readonly kind: "image" | "video" | "document" | "location"; readonly param: string }
  | { readonly kind: "product"; readonly product: string; readonly catalog: string };

export interface ListedCard {
  readonly media?: ListedMedia;
  readonly body: readonly string[];
  readonly buttons: readonly ListedButton[];
}

/** In the order of the template: the place in the list is the button's index. */
export type ListedButton =
  /** `id`: what an `ask template` calls it. */
  | { readonly kind: "reply"; readonly id: string }
  /** The link up to the parameter that ends it. */
  | { readonly kind: "url"; readonly url: string; readonly param?: string }
  | { readonly kind: "phone"; readonly phone: string }
  | { readonly kind: "copy_code" | "otp" | "catalog"; readonly param: string }
  | { readonly kind: "mpm"; readonly thumbnail: string; readonly sections: string }
  | { readonly kind: "flow" | "voice_call" | "other" };

/** What users read, with variables as `{{1}}` or `{{name}}`. */
export interface ListedTexts {
  readonly header?: string;
  readonly body?: string;
  readonly footer?: string;
  readonly buttons: readonly string[];
  readonly cards: readonly { readonly body?: string; readonly buttons: readonly string[] }[];
}

const VARIABLE = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** Names of the variables of a text, in order of first use. */
export function variablesOf(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(VARIABLE), (match) => sure(match[1])))];
}

/** Literal pieces and variables, in turn: at odd places stand variables. */
export function piecesOf(text: string): readonly string[] {
  return text.split(VARIABLE);
}
