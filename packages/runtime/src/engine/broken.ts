/** A store that broke ends its bot: what it would go on with is in doubt. */
import { StoreBrokenError } from "../errors.ts";
import type { Store } from "../store.ts";

/** The same store; `broke` is called when it says for the first time that it is broken. */
export function endedByStore(store: Store, broke: (error: StoreBrokenError) => void): Store {
  let told = false;
  const watch = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof StoreBrokenError && !told) {
        told = true;
        broke(error);
      }
      throw error;
    }
  };
  return {
    open: (session) => watch(store.open(session)),
    ingest: (arrivals, handler) => watch(store.ingest(arrivals, handler)),
    claim: (request) => watch(store.claim(request)),
    nextDue: (planned) => watch(store.nextDue(planned)),
    find: (address) => watch(store.find(address)),
    conversations: (query) => watch(store.conversations(query)),
    filed: (limit) => watch(store.filed(limit)),
    sweep: (before) => watch(store.sweep(before)),
    stats: () => watch(store.stats()),
    sessions: () => watch(store.sessions()),
    close: () => store.close(),
  };
}
