/** Who an address means: one rule for all stores, over the few things that a store must be able to do for it. */
import type { Address, ContactRow, Find } from "../store.ts";

export interface People {
  readonly byAlias: (alias: string) => string | undefined;
  readonly row: (id: string) => ContactRow | undefined;
  readonly create: (contact: ContactRow) => void;
  readonly update: (contact: ContactRow) => void;
  readonly link: (alias: string, id: string) => void;
  /** Everything of `from` becomes of `to`, and `from` is gone. */
  readonly merge: (from: string, to: string) => void;
}

function userAlias(address: Address, userId: string | undefined): string | undefined {
  return userId === undefined ? undefined : `${address.phoneNumberId}/u/${userId}`;
}

function phoneAlias(address: Address, waId: string | undefined): string | undefined {
  return waId === undefined ? undefined : `${address.phoneNumberId}/p/${waId}`;
}

/** All names that the rule below may look up. */
export function aliasesOf(address: Address): readonly string[] {
  const { previous } = address;
  return [
    userAlias(address, address.userId),
    phoneAlias(address, address.waId),
    userAlias(address, previous?.userId),
    phoneAlias(address, previous?.waId),
  ].filter((alias) => alias !== undefined);
}

function idOf(people: People, alias: string | undefined): string | undefined {
  return alias === undefined ? undefined : people.byAlias(alias);
}

/** A number is its contact's own unless that contact is known by another user id: numbers pass to other people. */
function idOfPhone(people: People, address: Address): string | undefined {
  const id = idOf(people, phoneAlias(address, address.waId));
  if (id === undefined || address.userId === undefined) return id;
  const known = people.row(id)?.userId ?? null;
  return known === null || known === address.userId ? id : undefined;
}

/** The contact of `address`; without `newId` only where there is one. Writes nothing. */
export function findContact(people: People, address: Address): string | undefined {
  const { previous } = address;
  return (
    idOf(people, userAlias(address, previous?.userId)) ??
    idOf(people, phoneAlias(address, previous?.waId)) ??
    idOf(people, userAlias(address, address.userId)) ??
    idOfPhone(people, address)
  );
}

function create(people: People, address: Address, newId: string): string {
  let id = newId;
  while (people.row(id)) id += "x";
  people.create({
    id,
    phone: address.waId ?? null,
    userId: address.userId ?? null,
    name: address.name ?? null,
    apologyAt: null,
  });
  return id;
}

/** Contacts that turn out to be the same person: named by this address too, and by nobody else's user id. */
function absorb(people: People, address: Address, id: string): void {
  for (const alias of [userAlias(address, address.userId), phoneAlias(address, address.waId)]) {
    const other = idOf(people, alias);
    if (other === undefined || other === id) continue;
    if (address.previous || (people.row(other)?.userId ?? null) === null) people.merge(other, id);
  }
}

/** Asks for each alias once: the rule below looks at the same ones several times. */
function remembering(people: People): People {
  const known = new Map<string, string | undefined>();
  return {
    ...people,
    byAlias: (alias) => {
      if (!known.has(alias)) known.set(alias, people.byAlias(alias));
      return known.get(alias);
    },
    link: (alias, id) => {
      known.set(alias, id);
      people.link(alias, id);
    },
    merge: (from, to) => {
      known.clear();
      people.merge(from, to);
    },
  };
}

type ByAddress = Extract<Find, { by: "address" }>;

/** The contact of an address, made with the id `newId` where there is none; brings its row and its aliases up to date. */
export function resolveContact(all: People, find: ByAddress): string | undefined {
  const people = remembering(all);
  const { address } = find;
  const found = findContact(people, address);
  const id = found ?? (find.newId === undefined ? undefined : create(people, address, find.newId));
  if (id === undefined) return undefined;
  absorb(people, address, id);
  for (const alias of [userAlias(address, address.userId), phoneAlias(address, address.waId)])
    if (alias !== undefined && people.byAlias(alias) !== id) people.link(alias, id);
  const row = people.row(id);
  if (!row) return undefined;
  const phone = address.waId ?? row.phone;
  const userId = address.userId ?? row.userId;
  const name = address.name ?? row.name;
  if (phone !== row.phone || userId !== row.userId || name !== row.name) people.update({ ...row, phone, userId, name });
  return id;
}
