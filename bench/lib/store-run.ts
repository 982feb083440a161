/**
 * A process that steps messages of many contacts through the store, as a busy bot's queue hands them in: batches of 50,
 * one after the other, each turn with a snapshot of 0.6 KB, a send, a timer and a key. Told how long, it says how many turns
 * it committed.
 */
import { createHash } from "node:crypto";
import { postgresStore } from "../../packages/runtime/src/postgres.ts";
import type { Arrival, Decision, Handler } from "../../packages/runtime/src/store.ts";
import { NOW, send, snapshot, timer } from "../../packages/runtime/src/testing/suite.ts";

const CONTACTS = 2_000;
const BATCH = 50;
const PROFILE = { notes: "x".repeat(400) };

const [url = "", worker = "0"] = process.argv.slice(2);
const store = postgresStore(url, { schema: "bench" });
await store.open({ boot: `w${worker}`, now: NOW, settleMs: 90_000, machine: { hash: "m1", json: "{}" } });

let messages = 0;

/** All processes hear from the same people, in different orders. */
function arrival(): Arrival {
  messages += 1;
  const contact = String((messages * 7919 + Number(worker) * 503) % CONTACTS).padStart(4, "0");
  const dedupe = createHash("sha256").update(`${worker}/${messages}`).digest("hex").slice(0, 32);
  const address = { phoneNumberId: "1", waId: `1650555${contact}`, name: "Ana" };
  return { dedupe, now: NOW, find: { by: "address", address, newId: `c${contact}` } };
}

const handler: Handler<number> = {
  run: (_index, loaded): Decision<number> => {
    const turn = (loaded.snapshot?.turn ?? 0) + 1;
    // The one before it was sent: what is open stays short, as behind a pump.
    const writes = [
      { kind: "dropSends", turn: turn - 1 },
      { kind: "snapshot", snapshot: snapshot(turn, { profile: PROFILE, lastUserAt: NOW }) },
      send({ turn }),
      timer("idle", NOW + 60_000, { armed: turn, turn }),
    ] as const;
    return { writes, result: turn };
  },
  poison: (_index, _loaded, error) => {
    throw error;
  },
};

process.on("message", async (ms: number) => {
  const until = performance.now() + ms;
  let turns = 0;
  while (performance.now() < until)
    turns += (await store.ingest(Array.from({ length: BATCH }, arrival), handler)).length;
  process.send?.(turns);
});
process.on("disconnect", () => void store.close());
process.send?.("ready");
