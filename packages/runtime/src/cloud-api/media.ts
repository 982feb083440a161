/** Files of the host: uploaded when a message needs them, and sent by the id that WhatsApp gave them. */
import { type MediaKind, mediaProblem, type OutgoingMessage } from "@parley/whatsapp";
import type { Clock, MediaSource, MediaUpload } from "../types.ts";
import type { SendResult } from "./answer.ts";

/** An id lives 30 days; after this the file is uploaded anew. */
const ID_LIFE_MS = 29 * 24 * 60 * 60 * 1000;
/** Links that are remembered; the one that was used longest ago is forgotten first. */
const MOST_LINKS = 1_000;

const KINDS: readonly MediaKind[] = ["image", "video", "audio", "document", "sticker"];
/** Codes that can mean that a media id is not known any more: parameter, upload, download. */
const MAY_BE_EXPIRED: ReadonlySet<number | null> = new Set([100, 131_009, 131_052, 131_053]);
const NOT_ACCEPTED = 131_053;

export type Uploaded = { readonly kind: "id"; readonly id: string } | Exclude<SendResult, { kind: "accepted" }>;

export interface Prepared {
  readonly message: OutgoingMessage;
  /** Links in whose place ids stand. */
  readonly links: readonly string[];
  /** At least one id is of an earlier upload. */
  readonly isOld: boolean;
}

export interface Media {
  /** The message with ids in the place of links that are files of the host; or why that cannot be. */
  readonly prepare: (message: OutgoingMessage) => Promise<Prepared | Exclude<SendResult, { kind: "accepted" }>>;
  /** After the answer to a message with ids: an id that may have expired is uploaded anew at the next attempt. */
  readonly learn: (prepared: Prepared, result: SendResult) => SendResult;
}

interface Known {
  readonly at: number;
  readonly uploaded: Uploaded;
}

interface Context {
  readonly source: MediaSource;
  readonly upload: (media: MediaUpload) => Promise<Uploaded>;
  readonly clock: Clock;
  readonly known: Map<string, Known>;
}

/** Which kind of message could carry the file; the reason why none where none can. */
export function kindOfMedia({
  mimeType,
  bytes,
}: MediaUpload): { readonly kind: MediaKind } | { readonly problem: string } {
  const file = { mimeType, bytes: bytes.byteLength };
  const type = mimeType.split("/")[0] as MediaKind;
  const kind = KINDS.find((one) => mediaProblem(one, file) === undefined);
  if (kind) return { kind };
  return {
    problem: mediaProblem(KINDS.includes(type) ? type : "document", file) ?? "WhatsApp does not take this file",
  };
}

async function uploadOf(context: Context, link: string): Promise<Uploaded | null> {
  const media = await context.source(link);
  if (media === null) return null;
  const found = kindOfMedia(media);
  if ("problem" in found) return { kind: "error", code: NOT_ACCEPTED, http: 400, details: found.problem };
  return context.upload(media);
}

/** Null for a link that is no file of the host. */
async function idOf(
  context: Context,
  link: string,
): Promise<{ readonly uploaded: Uploaded; readonly isOld: boolean } | null> {
  const { known, clock } = context;
  const now = clock.now();
  const before = known.get(link);
  if (before && now - before.at < ID_LIFE_MS) {
    known.delete(link);
    known.set(link, before);
    return { uploaded: before.uploaded, isOld: true };
  }
  let uploaded: Uploaded | null;
  try {
    uploaded = await uploadOf(context, link);
  } catch {
    // The source failed; what it reads may be there again at the next attempt.
    return { uploaded: { kind: "unsent" }, isOld: false };
  }
  if (uploaded?.kind === "id") {
    known.set(link, { at: now, uploaded });
    if (known.size > MOST_LINKS) known.delete(known.keys().next().value ?? "");
  }
  return uploaded && { uploaded, isOld: false };
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Links of files, wherever in the message: in itself, in a header, in a card, in a parameter of a template. */
function linksIn(value: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const one of value) linksIn(one, found);
  if (!isObject(value)) return found;
  for (const [key, inner] of Object.entries(value)) {
    if (KINDS.includes(key as MediaKind) && isObject(inner) && typeof inner["link"] === "string")
      found.add(inner["link"]);
    linksIn(inner, found);
  }
  return found;
}

function withIds(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => withIds(one, ids));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const id = KINDS.includes(key as MediaKind) && isObject(inner) ? ids.get(String(inner["link"])) : undefined;
      if (id === undefined) return [key, withIds(inner, ids)];
      const { link: _, ...rest } = inner as Json;
      return [key, { ...rest, id }];
    }),
  );
}

async function prepare(
  context: Context,
  message: OutgoingMessage,
): Promise<Prepared | Exclude<SendResult, { kind: "accepted" }>> {
  const ids = new Map<string, string>();
  let isOld = false;
  for (const link of linksIn(message)) {
    const got = await idOf(context, link);
    if (got === null) continue;
    if (got.uploaded.kind !== "id") return got.uploaded;
    ids.set(link, got.uploaded.id);
    isOld ||= got.isOld;
  }
  if (ids.size === 0) return { message, links: [], isOld };
  // Only links of files became ids of the same files.
  return { message: withIds(message, ids) as OutgoingMessage, links: [...ids.keys()], isOld };
}

export function createMedia(source: MediaSource, upload: Context["upload"], clock: Clock): Media {
  const context: Context = { source, upload, clock, known: new Map() };
  return {
    prepare: (message) => prepare(context, message),
    learn: ({ links, isOld }, result) => {
      if (links.length === 0 || result.kind !== "error" || !MAY_BE_EXPIRED.has(result.code)) return result;
      for (const link of links) context.known.delete(link);
      return isOld ? { kind: "unsent" } : result;
    },
  };
}
