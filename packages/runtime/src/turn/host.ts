/** What the host asks of a bot beside the webhook. */
import type { Machine, Snapshot, Value } from "@parley/machine";
import type { Core } from "../engine/core.ts";
import type { Job, Prepared } from "../engine/job.ts";
import type { Queue } from "../engine/queue.ts";
import { ArgumentError } from "../errors.ts";
import type { Loaded } from "../store.ts";
import { addressOfName, contactInfo, findOrMake } from "./contact.ts";
import { own } from "./own.ts";

/** Arguments in the order of the event's parameters. */
function eventArgs(core: Core, name: string, args: unknown): readonly Value[] {
  const { newest } = core.machines;
  const event = own(newest.events, name);
  if (!event || isScheduled(newest, name)) throw new ArgumentError(`no flow has \`on event ${name}\``);
  const given = new Map<string, unknown>(Object.entries(args ?? {}));
  const values = Object.entries(event.params).map(([param, type]) => {
    const fit = core.fit(newest, type, given.get(param));
    if (fit.ok) return fit.value;
    throw new ArgumentError(`event \`${name}\`: \`${param}${fit.path}\` must be ${fit.wanted}`);
  });
  for (const param of given.keys())
    if (!Object.hasOwn(event.params, param)) throw new ArgumentError(`event \`${name}\` has no \`${param}\``);
  return values;
}

/** `events` also holds those of `on scheduled`, which only the program raises. */
function isScheduled({ flows }: Machine, name: string): boolean {
  return Object.values(flows).some(({ triggers }) =>
    triggers.some(({ on }) => on.kind === "scheduled" && on.name === name),
  );
}

function hostId(loaded: Loaded, what: string): string {
  return `${what}/${loaded.contact?.id ?? ""}/${(loaded.snapshot?.turn ?? 0) + 1}`;
}

export async function triggerEvent(
  core: Core,
  queue: Queue,
  contact: string,
  name: string,
  args: unknown,
): Promise<void> {
  const values = eventArgs(core, name, args);
  const address = addressOfName(core.phoneNumberId, contact);
  const prepare = (loaded: Loaded): Prepared => {
    if (!loaded.contact) return { writes: [] };
    const id = hostId(loaded, `event/${name}`);
    return { writes: [], event: { kind: "event", id, contact: contactInfo(loaded.contact), name, args: values } };
  };
  const find = findOrMake(core, address);
  await queue.push([{ what: "event", id: `event/${name}`, arrival: { now: core.clock.now(), find }, prepare }]);
}

export async function releaseContact(core: Core, queue: Queue, contact: string): Promise<void> {
  const address = addressOfName(core.phoneNumberId, contact);
  let known = false;
  const job: Job = {
    what: "release",
    id: "release",
    arrival: { now: core.clock.now(), find: { by: "address", address } },
    prepare: (loaded) => {
      if (!loaded.contact) return { writes: [] };
      known = true;
      return { writes: [], event: { kind: "release", id: hostId(loaded, "release") } };
    },
  };
  await queue.push([job]);
  if (!known) throw new ArgumentError("nobody of this name has written");
}

export async function inspectContact(core: Core, contact: string): Promise<Snapshot | null> {
  const found = await core.store.find(addressOfName(core.phoneNumberId, contact));
  return found?.snapshot ?? null;
}
