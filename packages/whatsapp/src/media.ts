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

/**
 * What files with these extensions are labelled as by servers (IANA's registry of media types, read 2026-11-24): those that
 * WhatsApp takes, and those that are often sent in their place. WhatsApp goes by the label, so of another extension nothing is known.
 */
export const MEDIA_EXTENSIONS: Readonly<Record<string, readonly string[]>> = {
  jpg: ["image/jpeg"],
  jpeg: ["image/jpeg"],
  png: ["image/png"],
  gif: ["image/gif"],
  webp: ["image/webp"],
  bmp: ["image/bmp"],
  tif: ["image/tiff"],
  tiff: ["image/tiff"],
  svg: ["image/svg+xml"],
  heic: ["image/heic"],
  avif: ["image/avif"],
  mp4: ["video/mp4", "audio/mp4"],
  "3gp": ["video/3gpp", "audio/3gpp"],
  mov: ["video/quicktime"],
  avi: ["video/x-msvideo"],
  mkv: ["video/x-matroska"],
  webm: ["video/webm", "audio/webm"],
  aac: ["audio/aac"],
  amr: ["audio/amr"],
  mp3: ["audio/mpeg"],
  m4a: ["audio/mp4"],
  ogg: ["audio/ogg", "video/ogg"],
  opus: ["audio/ogg"],
  wav: ["audio/wav"],
  flac: ["audio/flac"],
  txt: ["text/plain"],
  pdf: ["application/pdf"],
  doc: ["application/msword"],
  docx: ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  xls: ["application/vnd.ms-excel"],
  xlsx: ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  ppt: ["application/vnd.ms-powerpoint"],
  pptx: ["application/vnd.openxmlformats-officedocument.presentationml.presentation"],
};

/** The extension that the path of a link ends in, in lower case. */
export function linkExtension(link: string): string | undefined {
  const [path = ""] = link.split(/[?#]/, 1);
  return /^https?:\/\/[^/]+\/(?:.*\/)?[^/]+\.([a-z0-9]{1,5})$/i.exec(path)?.[1]?.toLowerCase();
}

/** Whether WhatsApp takes files of this extension as `kind`; undefined where it is not known what they are. */
export function isExtensionOf(kind: MediaKind, extension: string): boolean | undefined {
  if (!Object.hasOwn(MEDIA_EXTENSIONS, extension)) return undefined;
  const types = limit(MEDIA_LIMITS[kind].types).values ?? [];
  return MEDIA_EXTENSIONS[extension]?.some((type) => types.includes(type));
}

/** Extensions of the files that WhatsApp takes as `kind`. */
export function extensionsOf(kind: MediaKind): readonly string[] {
  return Object.keys(MEDIA_EXTENSIONS).filter((extension) => isExtensionOf(kind, extension));
}
