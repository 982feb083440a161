import type { Arrival, Loaded, Quoted } from "../../store.ts";
import { resolveContact } from "../people.ts";
import {
  actionOf,
  contactOf,
  copyOf,
  eventOf,
  filedOf,
  integer,
  integerOrNull,
  type Row,
  sendOf,
  sequenceOf,
  snapshotOf,
  text,
  textOrNull,
  timerOf,
} from "../rows.ts";
import type { Connection } from "./connection.ts";
import { type SqlitePeople, sqlitePeople } from "./people.ts";

/** A send with the columns of its contact that `contactOf` reads. */
export const SEND_COLUMNS = "s.*, c.phone, c.user_id, c.name, c.apology_at, c.last_user_at";

function quotedAsk(db: Connection, contact: string, wamid: string): Loaded["quoted"] {
  const row = db.get("SELECT ask, conversation, turn FROM send WHERE wamid = ? AND contact = ?", wamid, contact);
  const ask = row && textOrNull(row, "ask");
  const conversation = row && textOrNull(row, "conversation");
  if (!row || !ask || !conversation) return undefined;
  return { ask, conversation, turn: integer(row, "turn") };
}

function loadQuoted(db: Connection, contact: string, quoted: Quoted | undefined): Partial<Loaded> {
  if (!quoted) return {};
  const ask = quoted.wamid === undefined ? undefined : quotedAsk(db, contact, quoted.wamid);
  const conversation = quoted.conversation ?? ask?.conversation;
  const turn = quoted.turn ?? ask?.turn;
  if (conversation === undefined || turn === undefined) return {};
  const row = db.get(
    "SELECT json FROM copy WHERE contact = ? AND conversation = ? AND turn = ?",
    contact,
    conversation,
    turn,
  );
  return { ...(ask ? { quoted: ask } : {}), ...(row ? { copy: copyOf(row) } : {}) };
}

/** With the number of the contact's row; 0 where there is none. */
export interface Found {
  readonly loaded: Loaded;
  readonly row: number;
}

function loadContact(
  db: Connection,
  id: string | undefined,
  quoted: Quoted | undefined,
  rest: Partial<Loaded>,
  people: SqlitePeople = sqlitePeople(db),
): Found {
  const row = id === undefined ? undefined : people.whole(id);
  if (!row || id === undefined)
    return { loaded: { contact: null, snapshot: null, lastUserAt: null, held: [], ...rest }, row: 0 };
  const held =
    integer(row, "held") === 0 ? [] : db.all("SELECT event FROM held WHERE contact = ? ORDER BY seq", id).map(eventOf);
  const loaded = {
    contact: contactOf(row),
    snapshot: snapshotOf(row),
    lastUserAt: integerOrNull(row, "last_user_at"),
    held,
    ...loadQuoted(db, id, quoted),
    ...rest,
  };
  return { loaded, row: row.row };
}

function sendBy(db: Connection, column: "seq" | "wamid", value: number | string): Row | undefined {
  return db.get(`SELECT ${SEND_COLUMNS} FROM send s JOIN contact c ON c.id = s.contact WHERE s.${column} = ?`, value);
}

function findSend(
  db: Connection,
  storeId: string,
  send: string | undefined,
  wamid: string | undefined,
): Row | undefined {
  if (send !== undefined) {
    const sequence = sequenceOf(storeId, send);
    return sequence === undefined ? undefined : sendBy(db, "seq", sequence);
  }
  return wamid === undefined ? undefined : sendBy(db, "wamid", wamid);
}

/** What is there for an arrival; makes its contact where it asks for that. */
export function load(db: Connection, storeId: string, { find }: Arrival): Found {
  switch (find.by) {
    case "address": {
      const people = sqlitePeople(db);
      return loadContact(db, resolveContact(people, find), find.quoted, {}, people);
    }
    case "send": {
      const row = findSend(db, storeId, find.send, find.wamid);
      return loadContact(db, row && text(row, "contact"), undefined, row ? { send: sendOf(storeId, row) } : {});
    }
    case "timer": {
      const row = db.get(
        "SELECT * FROM timer WHERE contact = ? AND kind = ? AND name = ?",
        find.contact,
        find.timer.kind,
        find.timer.name,
      );
      return loadContact(db, find.contact, undefined, row ? { timer: timerOf(row) } : {});
    }
    case "action": {
      const row = db.get("SELECT * FROM action WHERE id = ?", find.action);
      return loadContact(db, row && text(row, "contact"), undefined, row ? { action: actionOf(row) } : {});
    }
    case "filed": {
      const row = db.get("SELECT * FROM filed WHERE id = ?", find.filed);
      return loadContact(db, row && text(row, "contact"), undefined, row ? { filed: filedOf(row) } : {});
    }
    default:
      return find satisfies never;
  }
}
