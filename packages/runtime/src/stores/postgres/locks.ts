/**
 * Who an arrival concerns, and the right to change it. Every row of a contact is written only by who has locked the
 * contact's row, so that a contact has one writer at a time among all processes; what was read before the lock is read
 * again behind it. Locks are taken in one order by everybody: dedupe keys, names of new contacts, contacts by id.
 */

import type { Arrival } from "../../store.ts";
import { aliasesOf } from "../people.ts";
import { type Row, sequenceOf, text } from "../rows.ts";
import { ChangedMeanwhileError, type Query } from "./database.ts";
import { plain } from "./plain.ts";
import { LOCK } from "./schema.ts";

/** What the arrivals of a batch name. */
export interface Named {
  readonly aliases: readonly string[];
  readonly newIds: readonly string[];
  readonly sends: readonly number[];
  readonly wamids: readonly string[];
  readonly actions: readonly string[];
  readonly filed: readonly string[];
  readonly contacts: readonly string[];
}

export interface Locked {
  /** Rows of `contact`. */
  readonly rows: readonly Row[];
  readonly ids: readonly string[];
}

/** New contacts of one batch beyond which one lock stands for all names. */
const NAMES_LOCKED_ONE_BY_ONE = 100;
/** Ids that a new contact tries: its own, and with `x` appended. */
const ID_TRIES = 6;

export function namedBy(storeId: string, arrivals: readonly Arrival[]): Named {
  const named = {
    aliases: new Set<string>(),
    newIds: new Set<string>(),
    sends: new Set<number>(),
    wamids: new Set<string>(),
    actions: new Set<string>(),
    filed: new Set<string>(),
    contacts: new Set<string>(),
  };
  for (const { find } of arrivals)
    switch (find.by) {
      case "address":
        for (const alias of aliasesOf(find.address)) named.aliases.add(plain(alias));
        if (find.newId !== undefined) named.newIds.add(plain(find.newId));
        break;
      case "send": {
        const sequence = find.send === undefined ? undefined : sequenceOf(storeId, find.send);
        if (sequence !== undefined) named.sends.add(sequence);
        else if (find.send === undefined && find.wamid !== undefined) named.wamids.add(plain(find.wamid));
        break;
      }
      case "timer":
        named.contacts.add(plain(find.contact));
        break;
      case "action":
        named.actions.add(plain(find.action));
        break;
      case "filed":
        named.filed.add(plain(find.filed));
        break;
      default:
        find satisfies never;
    }
  return {
    aliases: [...named.aliases],
    newIds: [...named.newIds],
    sends: [...named.sends],
    wamids: [...named.wamids],
    actions: [...named.actions],
    filed: [...named.filed],
    contacts: [...named.contacts],
  };
}

const OWNERS = `
SELECT alias, contact FROM parley.alias WHERE alias = ANY ($1::text[])
UNION ALL SELECT NULL, contact FROM parley.send WHERE seq = ANY ($2::bigint[])
UNION ALL SELECT NULL, contact FROM parley.send WHERE wamid = ANY ($3::text[])
UNION ALL SELECT NULL, contact FROM parley.action WHERE id = ANY ($4::text[])
UNION ALL SELECT NULL, contact FROM parley.filed WHERE id = ANY ($5::text[])`;

const OWNERS_BY_NAME = "SELECT alias, contact FROM parley.alias WHERE alias = ANY ($1::text[])";

function owners(query: Query, { aliases, sends, wamids, actions, filed }: Named): Promise<readonly Row[]> {
  if (sends.length + wamids.length + actions.length + filed.length === 0) return query.all(OWNERS_BY_NAME, aliases);
  return query.all(OWNERS, aliases, sends, wamids, actions, filed);
}

async function lockNames(query: Query, names: readonly string[]): Promise<void> {
  const all = names.length > NAMES_LOCKED_ONE_BY_ONE;
  await query.all(`SELECT pg_advisory_xact_lock${all ? "" : "_shared"}(${LOCK.newContacts}, 0)`);
  if (all) return;
  await query.all(
    "SELECT pg_advisory_xact_lock(h) FROM (SELECT DISTINCT hashtextextended(a, 7) AS h FROM unnest($1::text[]) AS a ORDER BY 1) AS x",
    names,
  );
}

function idsToLock(named: Named, found: readonly Row[], withNew: boolean): readonly string[] {
  const ids = new Set(named.contacts);
  for (const row of found) ids.add(text(row, "contact"));
  if (withNew) for (const id of named.newIds) for (let n = 0; n < ID_TRIES; n++) ids.add(id + "x".repeat(n));
  return [...ids];
}

/** Locks the contacts of `named`. Throws `ChangedMeanwhileError` where another process was faster. */
export async function lockContacts(query: Query, named: Named): Promise<Locked> {
  const before = await owners(query, named);
  const known = new Set(before.map((row) => row["alias"]));
  const unknown = named.aliases.filter((alias) => !known.has(alias));
  if (unknown.length > 0) await lockNames(query, unknown);
  const found = unknown.length > 0 ? await owners(query, named) : before;
  const wanted = idsToLock(named, found, unknown.length > 0);
  const rows = await query.all(
    "SELECT * FROM parley.contact WHERE id = ANY ($1::text[]) ORDER BY id FOR NO KEY UPDATE",
    wanted,
  );
  return { rows, ids: rows.map((row) => text(row, "id")) };
}

/** That what led to the contacts still does, with the locks held. */
export function checkOwners(found: readonly Row[], ids: ReadonlySet<string>): void {
  for (const row of found) if (!ids.has(text(row, "contact"))) throw new ChangedMeanwhileError("a contact was merged");
}
