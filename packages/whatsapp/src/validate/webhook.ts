import { webhook } from "../generated/validators.ts";
import { definitions } from "../schema/index.ts";
import { explain } from "./explain.ts";
import type { Violation } from "./types.ts";

/** What a webhook's body lacks of the documented core; unknown properties and kinds are accepted. */
export function validateWebhook(body: unknown): readonly Omit<Violation, "code">[] {
  if (webhook(body)) return [];
  const all = definitions();
  const subject = { definitions: all, schema: all["webhook"] ?? {}, value: body, path: "" };
  return explain(webhook.errors ?? [], subject).map(({ path, rule, details }) => ({ path, rule, details }));
}
