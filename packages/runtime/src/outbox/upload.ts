import { kindOfMedia } from "../cloud-api/media.ts";
import type { Core } from "../engine/core.ts";
import { ArgumentError, UploadError } from "../errors.ts";
import type { MediaUpload } from "../types.ts";

/** See `Bot.upload`. */
export async function uploadMedia(core: Core, media: MediaUpload): Promise<string> {
  const found = kindOfMedia(media);
  if ("problem" in found) throw new ArgumentError(found.problem);
  const uploaded = await core.api.upload(media);
  switch (uploaded.kind) {
    case "id":
      return uploaded.id;
    case "error":
      throw new UploadError("WhatsApp refused the file", uploaded.code);
    case "unsent":
    case "doubt":
      throw new UploadError("the file could not be uploaded", null);
    default:
      return uploaded satisfies never;
  }
}
