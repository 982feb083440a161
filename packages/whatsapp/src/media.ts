import { type LimitKey, limit } from "./limits.ts";

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

export interface MediaFile {
  /** MIME type; parameters after `;` are ignored. */
  readonly mimeType: string;
  readonly bytes: number;
  /** Stickers only. */
  readonly animated?: boolean;
}

/** Rows of the table that hold a kind of file. */
export const MEDIA_LIMITS: Readonly<Record<MediaKind, { readonly types: LimitKey; readonly size: LimitKey }>> = {
  image: { types: "imageTypes", size: "imageSize" },
  video: { types: "videoTypes", size: "videoSize" },
  audio: { types: "audioTypes", size: "audioSize" },
  document: { types: "documentTypes", size: "documentSize" },
  sticker: { types: "stickerTypes", size: "stickerSize" },
};

/** Why WhatsApp refuses a file as `kind` (error 131053), or undefined. Contents are not looked at. */
export function mediaProblem(kind: MediaKind, file: MediaFile): string | undefined {
  const rows = MEDIA_LIMITS[kind];
  const types = limit(rows.types).values ?? [];
  const type = file.mimeType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!types.includes(type)) return `A file of type ${type} is no ${kind}. Allowed types: ${types.join(", ")}`;
  const { max = 0, what } = limit(kind === "sticker" && file.animated ? "animatedStickerSize" : rows.size);
  return file.bytes > max ? `The ${what} has ${file.bytes} bytes, allowed are ${max}` : undefined;
}
