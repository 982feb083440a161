import type { ImageHeader, TextPart, VideoHeader } from "./parts.ts";

export interface QuickReplyButton {
  readonly type: "quick_reply";
  readonly quick_reply: { readonly id: string; readonly title: string };
}

export type MediaCardAction =
  | {
      readonly name: "cta_url";
      readonly parameters: { readonly display_text: string; readonly url: string };
      readonly buttons?: never;
    }
  | { readonly buttons: readonly QuickReplyButton[]; readonly name?: never; readonly parameters?: never };

/** `type` is "cta_url" for cards with quick replies as well. */
export interface MediaCard {
  readonly card_index: number;
  readonly type: "cta_url";
  readonly header: ImageHeader | VideoHeader;
  readonly body?: TextPart;
  readonly action: MediaCardAction;
}

export interface ProductCard {
  readonly card_index: number;
  readonly type: "product";
  readonly action: { readonly product_retailer_id: string; readonly catalog_id: string };
}

/** All cards of one carousel are of one kind, with the same kind and number of buttons. */
export interface CarouselInteractive {
  readonly type: "carousel";
  readonly body: TextPart;
  readonly action: { readonly cards: readonly MediaCard[] | readonly ProductCard[] };
}
