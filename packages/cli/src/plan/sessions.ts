/** Counts the conversations of an export of the store by where a deployment leaves them. */
import type { Machine, Snapshot } from "@parley/machine";
import { carrySnapshot, StoreFormatError, storedSnapshots } from "@parley/runtime";
import { UsageError } from "../exit.ts";
import type { Sessions, SessionsAt } from "./report.ts";

/** `lines` are those of `parley store export`. Conversations on `to` already are no question. */
export async function countSessions(
  lines: AsyncIterable<string>,
  from: Machine,
  to: Machine,
  shown: string,
): Promise<Sessions> {
  const places = new Map<string, { conversations: number; stranded: number }>();
  try {
    for await (const { snapshot, machine } of storedSnapshots(lines)) {
      if (snapshot.conversation === null) continue;
      const at = snapshot.conversation.wait.id;
      const place = places.get(at) ?? { conversations: 0, stranded: 0 };
      places.set(at, place);
      place.conversations += 1;
      if (isStranded(snapshot, snapshot.machine === from.hash ? from : machine, to)) place.stranded += 1;
    }
  } catch (error) {
    if (error instanceof StoreFormatError) throw new UsageError(`${shown}: ${error.message}`);
    throw error;
  }
  const counted = [...places].map(([at, counts]): SessionsAt => ({ at, ...counts }));
  return {
    conversations: sum(counted, ({ conversations }) => conversations),
    stranded: sum(counted, ({ stranded }) => stranded),
    places: counted.toSorted((a, b) => b.stranded - a.stranded || (a.at < b.at ? -1 : 1)),
  };
}

function isStranded(snapshot: Snapshot, from: Machine | undefined, to: Machine): boolean {
  return snapshot.machine !== to.hash && carrySnapshot(snapshot, from, to) === null;
}

function sum<T>(items: readonly T[], count: (item: T) => number): number {
  return items.reduce((all, item) => all + count(item), 0);
}
