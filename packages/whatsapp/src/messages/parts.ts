/** Parts that interactive messages of several kinds share. */
import type { MediaRef } from "./basic.ts";

export interface TextPart {
  readonly text: string;
}

export interface TextHeader {
  readonly type: "text";
  readonly text: string;
}

export type ImageHeader = { readonly type: "image"; readonly image: MediaRef };
export type VideoHeader = { readonly type: "video"; readonly video: MediaRef };
export type DocumentHeader = {
  readonly type: "document";
  readonly document: MediaRef & { readonly filename?: string };
};

/** Header of the kinds that take text or a file. */
export type Header = TextHeader | ImageHeader | VideoHeader | DocumentHeader;
