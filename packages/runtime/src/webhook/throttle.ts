/** Who writes faster than anybody can: counted by WhatsApp's own timestamps, so that messages kept during an outage are no flood. */

const MINUTE_MS = 60_000;
/** Contacts that are remembered at most; the one that wrote longest ago is forgotten first. */
const CONTACTS_KEPT = 10_000;
/** Messages of a contact after which old ones are looked for. */
const LOOK_AFTER = 16;

export interface Throttle {
  /** Whether this message is within the limit. The same answer for the same message. */
  readonly admits: (contact: string, message: string, sentAt: number) => boolean;
}

/** How many were sent within a minute of `sentAt`; those long before it are forgotten. */
function countNear(recent: Map<string, number>, sentAt: number): number {
  let near = 0;
  for (const [id, at] of recent)
    if (Math.abs(at - sentAt) < MINUTE_MS) near += 1;
    else if (at < sentAt) recent.delete(id);
  return near;
}

export function createThrottle(perMinute: number): Throttle {
  const contacts = new Map<string, Map<string, number>>();
  return {
    admits: (contact, message, sentAt) => {
      const recent = contacts.get(contact) ?? new Map<string, number>();
      contacts.delete(contact);
      contacts.set(contact, recent);
      if (contacts.size > CONTACTS_KEPT) contacts.delete(contacts.keys().next().value ?? "");
      if (recent.has(message)) return true;
      // Where there are fewer than the limit, no more than these can be near.
      const isDue = recent.size >= perMinute || recent.size % LOOK_AFTER === LOOK_AFTER - 1;
      if (isDue && countNear(recent, sentAt) >= perMinute) return false;
      recent.set(message, sentAt);
      return true;
    },
  };
}
