import { type Row, text, textOrNull } from "../rows.ts";
import type { Query } from "./database.ts";

/** The machines that this process has been told of; others come with the conversations that newer processes leave on them. */
export interface Learned {
  readonly tell: (listener: (machines: Readonly<Record<string, string>>) => void) => void;
  readonly know: (hashes: readonly string[]) => void;
  /** Before contacts are handed to the process: the machines that they are on. */
  readonly from: (query: Query, contacts: readonly Row[]) => Promise<void>;
}

export function createLearned(): Learned {
  const known = new Set<string>();
  let listener: (machines: Readonly<Record<string, string>>) => void = () => {};
  return {
    tell: (to) => {
      listener = to;
    },
    know: (hashes) => {
      for (const hash of hashes) known.add(hash);
    },
    from: async (query, contacts) => {
      const unknown = new Set<string>();
      for (const row of contacts) {
        const hash = textOrNull(row, "machine");
        if (hash !== null && !known.has(hash)) unknown.add(hash);
      }
      if (unknown.size === 0) return;
      const rows = await query.all("SELECT * FROM parley.machine WHERE hash = ANY ($1::text[])", [...unknown]);
      for (const hash of unknown) known.add(hash);
      listener(Object.fromEntries(rows.map((row) => [text(row, "hash"), text(row, "json")])));
    },
  };
}
