import { messageTemplate } from "../generated/validators.ts";
import { definitions } from "../schema/index.ts";
import { explain } from "./explain.ts";
import type { Violation } from "./types.ts";

/** What is wrong with the body of `POST /<account id>/message_templates`, by its schema. */
export function validateTemplate(body: unknown): readonly Violation[] {
  if (messageTemplate(body)) return [];
  const all = definitions();
  const subject = { definitions: all, schema: all["message_template"] ?? {}, value: body, path: "" };
  return explain(messageTemplate.errors ?? [], subject);
}
