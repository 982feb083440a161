/** The machines that conversations run on: the newest, and those that conversations under way were begun with. */
import type { ActionDef, Copy, Machine, Snapshot } from "@parley/machine";
import type { KeptCopy } from "../store.ts";
import { moveConversation, moveSnapshot } from "./move.ts";
import { own } from "./own.ts";
import { type Places, placesOf } from "./places.ts";

export interface Machines {
  readonly newest: Machine;
  readonly byHash: (hash: string) => Machine | undefined;
  /** The newest that has an action of this name with these parameters: the one that called it, or as good as that. */
  readonly withAction: (name: string, params: readonly string[]) => Machine | undefined;
  /** The machine that takes the next event, and the snapshot in its terms. */
  readonly choose: (snapshot: Snapshot | null) => Chosen;
  /** A copy in the terms of the machine that takes the event; undefined where that does not know its place any more. */
  readonly copyFor: (machine: Machine, copy: KeptCopy) => Copy | undefined;
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

/** Without a conversation nothing keeps it where it is: the profile alone goes over. */
function moveIdle(snapshot: Snapshot, from: Machine | undefined, to: Machine, places: Places): Snapshot {
  return moveSnapshot(snapshot, from, to, places) ?? { ...snapshot, conversation: null };
}

function chooser(newest: Machine, kept: ReadonlyMap<string, Machine>, places: Places): Machines["choose"] {
  return (snapshot) => {
    if (snapshot === null || snapshot.machine === newest.hash) return { machine: newest, snapshot };
    const its = kept.get(snapshot.machine);
    if (snapshot.conversation === null) return { machine: newest, snapshot: moveIdle(snapshot, its, newest, places) };
    if (its && snapshot.conversation.wait.kind === "action") return { machine: its, snapshot };
    const moved = moveSnapshot(snapshot, its, newest, places);
    if (moved) return { machine: newest, snapshot: moved };
    if (its) return { machine: its, snapshot };
    const left = moveIdle({ ...snapshot, conversation: null }, its, newest, places);
    return { machine: newest, snapshot: left, lost: true };
  };
}

export function createMachines(newest: Machine): Machines {
  const kept = new Map<string, Machine>([[newest.hash, newest]]);
  const places = new Map<string, Places>([[newest.hash, placesOf(newest)]]);
  const placesIn = (machine: Machine): Places => {
    const known = places.get(machine.hash) ?? placesOf(machine);
    places.set(machine.hash, known);
    return known;
  };
  return {
    newest,
    byHash: (hash) => kept.get(hash),
    withAction: (name, params) => [...kept.values()].find((machine) => takes(own(machine.actions, name), params)),
    choose: chooser(newest, kept, placesIn(newest)),
    copyFor: (machine, { machine: hash, ...copy }) => {
      if (hash === machine.hash) return copy;
      const from = hash === undefined ? undefined : kept.get(hash);
      const conversation = moveConversation(copy.conversation, from, machine, placesIn(machine));
      return conversation ? { ...copy, conversation } : undefined;
    },
    add: (machines) => {
      for (const [hash, json] of Object.entries(machines))
        if (!kept.has(hash)) kept.set(hash, JSON.parse(json) as Machine);
    },
  };
}
