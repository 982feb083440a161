/** The machines that conversations run on: the newest, and those that conversations under way were begun with. */
import type { ActionDef, Machine, Snapshot } from "@parley/machine";
import { moveSnapshot } from "./move.ts";
import { own } from "./own.ts";
import { placesOf } from "./places.ts";

export interface Machines {
  readonly newest: Machine;
  readonly byHash: (hash: string) => Machine | undefined;
  /** The newest that has an action of this name with these parameters: the one that called it, or as good as that. */
  readonly withAction: (name: string, params: readonly string[]) => Machine | undefined;
  /** The machine that takes the next event, and the snapshot in its terms. */
  readonly choose: (snapshot: Snapshot | null) => Chosen;
  /** Adds what the store kept, JSON by hash. */
  readonly add: (kept: Readonly<Record<string, string>>) => void;
}

export interface Chosen {
  readonly machine: Machine;
  readonly snapshot: Snapshot | null;
  /** The conversation was given up: its machine is not kept, and the newest does not know its place. */
  readonly lost?: true;
}

function takes(action: ActionDef | undefined, params: readonly string[]): boolean {
  const names = Object.keys(action?.params ?? {});
  return action !== undefined && names.length === params.length && params.every((name) => names.includes(name));
}

export function createMachines(newest: Machine): Machines {
  const kept = new Map<string, Machine>([[newest.hash, newest]]);
  const places = placesOf(newest);
  const choose = (snapshot: Snapshot | null): Chosen => {
    if (snapshot === null || snapshot.machine === newest.hash || snapshot.conversation === null)
      return { machine: newest, snapshot };
    const its = kept.get(snapshot.machine);
    if (its && snapshot.conversation.wait.kind === "action") return { machine: its, snapshot };
    const moved = moveSnapshot(snapshot, its, newest, places);
    if (moved) return { machine: newest, snapshot: moved };
    if (its) return { machine: its, snapshot };
    return { machine: newest, snapshot: { ...snapshot, conversation: null }, lost: true };
  };
  return {
    newest,
    byHash: (hash) => kept.get(hash),
    withAction: (name, params) => [...kept.values()].find((machine) => takes(own(machine.actions, name), params)),
    choose,
    add: (machines) => {
      for (const [hash, json] of Object.entries(machines))
        if (!kept.has(hash)) kept.set(hash, JSON.parse(json) as Machine);
    },
  };
}
