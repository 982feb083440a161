/** Upload, lookup, download and deletion of files. */
import { MEDIA_LIMITS, type MediaKind, type MessageRequest, mediaProblem } from "@parley/whatsapp";
import type { Context, StoredMedia } from "../context.ts";
import { type Answer, broken, unknownObject } from "./answer.ts";
import { liveMedia, mediaUrl, storeMedia } from "./media-store.ts";
import type { Failure } from "./progress.ts";

export function isUpload(request: Request): boolean {
  return request.headers.get("content-type")?.startsWith("multipart/form-data") ?? false;
}

/** The form of an upload; undefined for what is none. */
export async function readForm(request: Request): Promise<FormData | undefined> {
  try {
    return await request.formData();
  } catch {
    return undefined;
  }
}

/** Some clients name the product in the address, and the type with the file alone. */
export async function uploadMedia(ctx: Context, form: FormData | undefined, query: URLSearchParams): Promise<Answer> {
  const file = form?.get("file");
  const product = form?.get("messaging_product") ?? query.get("messaging_product");
  if (product !== "whatsapp" || typeof file === "string" || !file)
    return broken(ctx, "upload-is-complete", "An upload is a form with messaging_product, type and file.");
  const named = form?.get("type");
  const type = typeof named === "string" && named !== "" ? named : file.type;
  const kinds = Object.keys(MEDIA_LIMITS) as readonly MediaKind[];
  const problems = kinds.map((kind) => mediaProblem(kind, { mimeType: type, bytes: file.size }));
  const [first] = problems;
  if (first !== undefined && problems.every((problem) => problem !== undefined))
    return broken(ctx, "upload-is-of-a-known-type", first);
  const { id } = storeMedia(ctx, "business", type, new Uint8Array(await file.arrayBuffer()));
  return { status: 200, body: { id } };
}

/** The address is good for five minutes, and on the host that was asked: the way that led here leads to the download. */
export function lookupMedia(ctx: Context, id: string, url: URL): Answer {
  const media = liveMedia(ctx, id);
  if (!media) return unknownObject(ctx, id, "media-id-is-known");
  return {
    status: 200,
    body: {
      messaging_product: "whatsapp",
      url: mediaUrl(ctx, media, url.origin),
      mime_type: media.mimeType,
      sha256: media.sha256,
      file_size: media.bytes.length,
      id,
    },
  };
}

export function deleteMedia(ctx: Context, id: string): Answer {
  const media = liveMedia(ctx, id);
  if (!media) return unknownObject(ctx, id, "media-id-is-known");
  media.deleted = true;
  return { status: 200, body: { success: true } };
}

/** The file itself; an address that is too old, or was never given, is not found. */
export function downloadMedia(ctx: Context, url: URL): Response {
  const media = liveMedia(ctx, url.searchParams.get("mid") ?? "");
  const fresh = Number(url.searchParams.get("ext")) >= ctx.clock.now();
  if (!media || !fresh || url.searchParams.get("hash") !== media.sha256.slice(0, 20))
    return new Response("URL signature expired", { status: 404 });
  return new Response(media.bytes, { headers: { "content-type": media.mimeType } });
}

// ---------------------------------------------------------------- in messages

interface Used {
  readonly kind: MediaKind;
  readonly id: string;
}

const KINDS = Object.keys(MEDIA_LIMITS) as readonly MediaKind[];

/** Every `{ image: { id } }` and the like, wherever it stands: payloads, headers, cards, parameters of templates. */
function mediaIn(value: unknown, found: Used[] = []): readonly Used[] {
  if (Array.isArray(value)) for (const item of value) mediaIn(item, found);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return found;
  for (const [key, part] of Object.entries(value)) {
    const kind = KINDS.find((one) => one === key);
    const id = kind && (part as { readonly id?: unknown } | null)?.id;
    if (kind && typeof id === "string") found.push({ kind, id });
    else mediaIn(part, found);
  }
  return found;
}

/** Refuses a message with media that is gone. */
export function mediaRefusal(ctx: Context, request: MessageRequest): Answer | undefined {
  for (const { kind, id } of mediaIn(request)) {
    const known = ctx.media.has(id) || ctx.settings.unknownMedia === "refuse";
    if (known && !liveMedia(ctx, id))
      return broken(
        ctx,
        "media-is-there",
        `Param ${kind}['id'] is not a valid whatsapp business account media attachment ID`,
      );
  }
  return undefined;
}

function problemOf(kind: MediaKind, media: StoredMedia | undefined): string | undefined {
  return media && mediaProblem(kind, { mimeType: media.mimeType, bytes: media.bytes.length });
}

/** Media that was uploaded, but is not what this kind of message takes, is found out later. */
export function mediaFailure(ctx: Context, request: MessageRequest): Failure | undefined {
  for (const { kind, id } of mediaIn(request)) {
    const problem = problemOf(kind, ctx.media.get(id));
    if (problem !== undefined) return { rule: "media-fits-the-kind", details: problem };
  }
  return undefined;
}
