/** Files of both sides, in memory. */
import { LIMITS } from "@parley/whatsapp";
import type { Context, StoredMedia } from "../context.ts";
import { sha256 } from "../sha256.ts";

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** As webhooks give it; the lookup gives hex digits. */
export function base64OfHex(digits: string): string {
  return btoa(digits.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))));
}

/** Ids of uploads live 30 days, those of what users sent 7. */
export function storeMedia(
  ctx: Context,
  from: "business" | "user",
  mimeType: string,
  bytes: Uint8Array<ArrayBuffer>,
): StoredMedia {
  const life = from === "business" ? LIMITS.mediaIdLife.max : LIMITS.inboundMediaIdLife.max;
  const media: StoredMedia = {
    id: ctx.random.digits(16),
    bytes,
    mimeType,
    sha256: hex(sha256(bytes)),
    expiresAt: ctx.clock.now() + life,
    deleted: false,
  };
  ctx.media.set(media.id, media);
  return media;
}

export const DOWNLOADS = "/whatsapp_business/attachments/";

/** Where it can be downloaded for five minutes. */
export function mediaUrl(ctx: Context, { id, sha256: hash }: StoredMedia, origin: string): string {
  const address = new URL(DOWNLOADS, origin);
  address.searchParams.set("mid", id);
  address.searchParams.set("ext", String(ctx.clock.now() + LIMITS.mediaUrlLife.max));
  address.searchParams.set("hash", hash.slice(0, 20));
  return address.href;
}

/** What is there and alive under this id. */
export function liveMedia(ctx: Context, id: string): StoredMedia | undefined {
  const media = ctx.media.get(id);
  return media && !media.deleted && ctx.clock.now() < media.expiresAt ? media : undefined;
}
