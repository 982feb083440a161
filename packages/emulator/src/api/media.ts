/** Uploads: the file is looked at and forgotten; its id is good for any message. */
import { MEDIA_LIMITS, type MediaKind, mediaProblem } from "@parley/whatsapp";
import type { Context } from "../context.ts";
import { type Answer, refuse } from "./answer.ts";

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

export function uploadMedia(ctx: Context, form: FormData | undefined): Answer {
  const file = form?.get("file");
  const type = form?.get("type");
  if (form?.get("messaging_product") !== "whatsapp" || typeof file === "string" || !file || typeof type !== "string")
    return refuse(ctx, 100, "An upload is a form with messaging_product, type and file.");
  const kinds = Object.keys(MEDIA_LIMITS) as readonly MediaKind[];
  const problems = kinds.map((kind) => mediaProblem(kind, { mimeType: type, bytes: file.size }));
  const [first] = problems;
  if (first !== undefined && problems.every((problem) => problem !== undefined)) return refuse(ctx, 131053, first);
  return { status: 200, body: { id: ctx.random.digits(16) } };
}
