/** A phone to talk with, whose conversation can be written as a test. */
import type { Machine } from "@parley/machine";
import type { Recording } from "@parley/simulator";
import { type Recorder, writeTests } from "../record/write.ts";
import type { World } from "../serve/world.ts";
import type { Line } from "./talk.ts";

/** @param recording - Of the world's emulator, from before anything was said. */
export function lineOf(world: World, recording: Recording, recorder: Recorder): Line {
  const { trigger, release } = recording.attach(world.bot);
  const contact = world.phone.contact.id;
  return {
    ...world,
    trigger: (event, args) => trigger(contact, event as never, named(recorder.machine, event, args) as never),
    release: () => release(contact),
    write: async (file) => writeTests(file, await recording.recorded(), recorder),
  };
}

/** One too many is kept, for the bot to refuse. */
function named(machine: Machine, event: string, args: readonly unknown[]): Readonly<Record<string, unknown>> {
  const names = Object.keys(machine.events[event]?.params ?? {});
  return Object.fromEntries(args.map((arg, at) => [names[at] ?? `argument ${at + 1}`, arg]));
}
