/** Updates that go out in one webhook. */
import type { MessagesValue, WebhookBody, WebhookChange, WebhookEntry } from "@parley/whatsapp";

export interface Batch {
  readonly changes: WebhookChange[];
}

type Part = "messages" | "statuses";

function partOf(change: WebhookChange): Part | undefined {
  if (change.field !== "messages") return undefined;
  const value = change.value as MessagesValue;
  if (value.messages) return "messages";
  return value.statuses ? "statuses" : undefined;
}

function sameContact(a: MessagesValue, b: MessagesValue): boolean {
  return JSON.stringify(a.contacts) === JSON.stringify(b.contacts);
}

/** The two as one, where they are of one kind and one user. */
function joined(last: WebhookChange | undefined, next: WebhookChange): WebhookChange | undefined {
  const part = last && partOf(last);
  if (!part || part !== partOf(next)) return undefined;
  const a = last.value as MessagesValue;
  const b = next.value as MessagesValue;
  if (part === "messages" && !sameContact(a, b)) return undefined;
  return { field: "messages", value: { ...a, [part]: [...(a[part] ?? []), ...(b[part] ?? [])] } };
}

/**
 * One body for all, in their order: what follows each other of one kind and user shares a value, kinds that differ are
 * entries of their own. So a receiver that reads the first of anything alone misses something.
 */
export function batchBody(account: string, changes: readonly WebhookChange[]): WebhookBody {
  const entries: { id: string; changes: WebhookChange[] }[] = [];
  let kind: string | undefined;
  for (const change of changes) {
    const now = partOf(change) ?? change.field;
    const entry = entries.at(-1);
    if (!entry || kind !== now) {
      entries.push({ id: account, changes: [change] });
      kind = now;
      continue;
    }
    const one = joined(entry.changes.at(-1), change);
    if (one) entry.changes.splice(-1, 1, one);
    else entry.changes.push(change);
  }
  return { object: "whatsapp_business_account", entry: entries satisfies readonly WebhookEntry[] };
}
