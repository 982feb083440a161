/** Where the conversations of older machines stand, for whoever deploys. */
import type { Core } from "../engine/core.ts";
import type { OlderVersion } from "../types.ts";

const PAGE = 1_000;

interface Place {
  readonly at: string;
  readonly moves: boolean;
  conversations: number;
}

/** Reads all conversations that are not on the newest machine. */
export async function olderVersions({ store, machines }: Core): Promise<readonly OlderVersion[]> {
  const versions = new Map<string, Map<string, Place>>();
  const not = machines.newest.hash;
  for (let after = ""; ; ) {
    const page = await store.conversations({ not, after, limit: PAGE });
    for (const { snapshot } of page) {
      const { machine, lost } = machines.choose(snapshot);
      const moves = machine.hash === not && !lost;
      const at = snapshot.conversation?.wait.id ?? "";
      const places = versions.get(snapshot.machine) ?? new Map<string, Place>();
      versions.set(snapshot.machine, places);
      const place = places.get(`${at} ${moves}`) ?? { at, moves, conversations: 0 };
      place.conversations += 1;
      places.set(`${at} ${moves}`, place);
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    after = last.contact;
  }
  return [...versions].map(([machine, places]) => ({
    machine,
    kept: machines.byHash(machine) !== undefined,
    places: [...places.values()].toSorted((a, b) => b.conversations - a.conversations || (a.at < b.at ? -1 : 1)),
  }));
}
