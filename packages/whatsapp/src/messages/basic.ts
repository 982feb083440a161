/** Payloads of text, media, location, contacts and reaction messages (cloud message types that need no buttons). */

/** A file on WhatsApp's servers or on ours: exactly one of `id` and `link` (http or https; Meta fetches it). */
export type MediaRef = { readonly id: string; readonly link?: never } | { readonly link: string; readonly id?: never };

export interface Text {
  readonly body: string;
  /** Show a preview of the first http(s) URL of the body; default false. */
  readonly preview_url?: boolean;
}

export type CaptionedMedia = MediaRef & { readonly caption?: string };

/** `voice: true` needs OGG with Opus. An audio message has no caption. */
export type Audio = MediaRef & { readonly voice?: boolean };

/** The extension of `filename` picks the icon. */
export type Document = MediaRef & { readonly caption?: string; readonly filename?: string };

export interface Location {
  /** Degrees. Meta's documents show strings, numbers are accepted. */
  readonly latitude: string | number;
  readonly longitude: string | number;
  readonly name?: string;
  /** Shown only together with `name`. */
  readonly address?: string;
}

export interface ContactName {
  readonly formatted_name: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly middle_name?: string;
  readonly suffix?: string;
  readonly prefix?: string;
}

export interface ContactPhone {
  readonly phone: string;
  readonly type?: string;
  /** With it the card has Message and Save buttons, without it an Invite button. */
  readonly wa_id?: string;
}

export interface ContactEmail {
  readonly email: string;
  readonly type?: string;
}

export interface ContactUrl {
  readonly url: string;
  readonly type?: string;
}

export interface ContactAddress {
  readonly street?: string;
  readonly city?: string;
  readonly state?: string;
  readonly zip?: string;
  readonly country?: string;
  readonly country_code?: string;
  readonly type?: string;
}

export interface ContactOrg {
  readonly company?: string;
  readonly department?: string;
  readonly title?: string;
}

export interface ContactCard {
  readonly name: ContactName;
  readonly phones?: readonly ContactPhone[];
  readonly emails?: readonly ContactEmail[];
  readonly addresses?: readonly ContactAddress[];
  readonly urls?: readonly ContactUrl[];
  readonly org?: ContactOrg;
  /** `YYYY-MM-DD`. */
  readonly birthday?: string;
}

export interface Reaction {
  readonly message_id: string;
  /** One emoji; the empty string removes the reaction. */
  readonly emoji: string;
}
