/** What the items of a webhook are to the bot. */
import type { WebhookItem } from "@parley/whatsapp";
import type { Core } from "../engine/core.ts";
import type { Job } from "../engine/job.ts";
import { statusJob } from "../outbox/statuses.ts";
import { messageJob } from "./message.ts";

function jobOf(core: Core, item: WebhookItem): Job | undefined {
  switch (item.kind) {
    case "message":
    case "status": {
      if (item.phoneNumberId !== core.phoneNumberId) {
        core.log.debug({ what: item.kind }, "of another number");
        return undefined;
      }
      return item.kind === "message" ? messageJob(core, item) : statusJob(core, item);
    }
    case "error":
      core.log.warn({ code: item.error.code }, "WhatsApp reports an error");
      return undefined;
    case "other":
      core.log.debug({ field: item.field }, "a webhook of a field that does nothing");
      return undefined;
    case "unknown":
      core.log.warn({ path: item.path, reason: item.reason }, "a webhook that could not be read");
      return undefined;
    default:
      return item satisfies never;
  }
}

/** Messages and statuses of our number; the rest is said in the log and does nothing. */
export function jobsOf(core: Core, items: readonly WebhookItem[]): readonly Job[] {
  return items.flatMap((item) => jobOf(core, item) ?? []);
}
