/** Seeds that once broke an invariant; kept, so that what they showed stays repaired. */
import { appendFileSync, readFileSync } from "node:fs";
import { sqliteStore } from "../../src/sqlite.ts";
import type { Store } from "../../src/store.ts";
import { memoryStore } from "../../src/stores/memory.ts";

const FILE = new URL("../seeds/simulation.txt", import.meta.url);

export type StoreKind = "memory" | "sqlite";

export const STORES: Readonly<Record<StoreKind, () => Store>> = {
  memory: memoryStore,
  sqlite: () => sqliteStore(":memory:"),
};

export interface Kept {
  readonly seed: number;
  readonly kind: StoreKind;
  readonly messages: number;
}

export function keptSeeds(): readonly Kept[] {
  return readFileSync(FILE, "utf8")
    .split("\n")
    .filter((line) => /^\d/.test(line))
    .map((line) => {
      const [seed = "", kind = "", messages = ""] = line.split(" ");
      return { seed: Number(seed), kind: kind === "memory" ? "memory" : "sqlite", messages: Number(messages) };
    });
}

export function keepSeed({ seed, kind, messages }: Kept): void {
  const known = keptSeeds().some((one) => one.seed === seed && one.kind === kind && one.messages === messages);
  if (!known) appendFileSync(FILE, `${seed} ${kind} ${messages}\n`);
}
