/** What the items of a webhook are to the bot. */
import type { WebhookItem } from "@parley/whatsapp";
import type { Core } from "../engine/core.ts";
import type { Job } from "../engine/job.ts";
import { statusJob } from "../outbox/statuses.ts";
import { echoJob } from "./echo.ts";
import { messageJob } from "./message.ts";

function jobOf(core: Core, item: WebhookItem): Job | undefined {
  switch (item.kind) {
    case "message":
    case "echo":
    case "status": {
      if (item.phoneNumberId !== core.phoneNumberId) {
        core.log.debug({ what: item.kind }, "of another number");
        return undefined;
      }
      if (item.kind === "status") return statusJob(core, item);
      if (item.kind === "echo") return echoJob(core, item);
      core.rates.heard(core.clock.now());
      return messageJob(core, item);
    }
    case "error":
      core.log.warn({ code: item.error.code }, "WhatsApp reports an error");
      return undefined;
    case "other":
      core.meter.add("account_events", { field: item.field });
      core.log.info({ field: item.field }, "a webhook about the account");
      core.emit({ kind: "account", field: item.field, value: item.value });
      return undefined;
    case "unknown":
      core.log.warn({ path: item.path, reason: item.reason }, "a webhook that could not be read");
      return undefined;
    default:
      return item satisfies never;
  }
}

/** Messages, echoes and statuses of our number; what is about the account is told; the rest is said in the log and does nothing. */
export function jobsOf(core: Core, items: readonly WebhookItem[]): readonly Job[] {
  return items.flatMap((item) => jobOf(core, item) ?? []);
}
