/** A message that a person at the business sent from the WhatsApp Business app: people have the chat. */
import type { EchoItem } from "@parley/whatsapp";
import type { Core } from "../engine/core.ts";
import type { Job } from "../engine/job.ts";
import { digest } from "../hash.ts";
import type { Address } from "../store.ts";
import { contactInfo, findOrMake } from "../turn/contact.ts";

function addressOf({ phoneNumberId, contact }: EchoItem): Address {
  const { waId, userId } = contact;
  return { phoneNumberId, ...(userId === undefined ? {} : { userId }), ...(waId === undefined ? {} : { waId }) };
}

export function echoJob(core: Core, item: EchoItem): Job {
  const address = addressOf(item);
  return {
    what: "echo",
    id: item.id,
    arrival: {
      now: core.clock.now(),
      dedupe: digest(32, item.phoneNumberId, "echo", item.id),
      // Who never wrote to the bot is known to people from here on, and the bot does not answer in their place.
      find: findOrMake(core, address),
    },
    prepare: ({ contact }) =>
      contact
        ? {
            writes: [],
            event: { kind: "echo", id: item.id, contact: contactInfo(contact), sentAt: item.timestampMs, begins: true },
          }
        : { writes: [] },
  };
}
