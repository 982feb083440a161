import { type AdvanceableClock, isAdvanceable } from "../clock.ts";
import type { Context, PendingFault } from "../context.ts";
import { createRandom } from "../random.ts";
import type { Fault } from "./fault.ts";

type FaultOf<K extends Fault["kind"]> = Extract<Fault, { readonly kind: K }>;

const DRAWS = 1_000_000;

/** Throws `RangeError` for a fault that is not possible. */
export function inject(ctx: Context, fault: Fault): void {
  const { rate, times } = fault;
  if (rate !== undefined && !(rate >= 0 && rate <= 1)) throw new RangeError("a rate is a number from 0 to 1");
  if (times !== undefined && !(times >= 1)) throw new RangeError("times is a number from 1");
  if (fault.kind === "clockJump" && !isAdvanceable(ctx.clock))
    throw new RangeError("the clock of this emulator is the real one and cannot jump");
  ctx.injected += 1;
  const seed = `${fault.seed ?? ctx.settings.seed}:${ctx.injected}:${fault.kind}`;
  ctx.faults.push({ fault, left: times ?? (rate === undefined ? 1 : Infinity), draws: new Map(), seed });
}

function drawn(pending: PendingFault, contact: string): boolean {
  const { rate } = pending.fault;
  if (rate === undefined) return true;
  const known = pending.draws.get(contact);
  const random = known ?? createRandom(`${pending.seed}:${contact}`);
  if (!known) pending.draws.set(contact, random);
  return random.below(DRAWS) < rate * DRAWS;
}

/** The next fault of this kind for this contact, used up once; undefined where none waits. Single ones come before rates. */
export function takeFault<K extends Fault["kind"]>(
  ctx: Context,
  kind: K,
  contact: string,
  fits: (fault: FaultOf<K>) => boolean = () => true,
): FaultOf<K> | undefined {
  if (ctx.faults.length === 0) return undefined;
  const meant = ctx.faults.filter(
    ({ fault }) =>
      fault.kind === kind && (fault.contact === undefined || fault.contact === contact) && fits(fault as FaultOf<K>),
  );
  const found =
    meant.find(({ fault }) => fault.rate === undefined) ??
    meant.find((pending) => pending.fault.rate !== undefined && drawn(pending, contact));
  if (!found) return undefined;
  found.left -= 1;
  if (found.left <= 0) ctx.faults.splice(ctx.faults.indexOf(found), 1);
  return found.fault as FaultOf<K>;
}

/** Of the faults, with what is left of their times. */
export function listFaults(ctx: Context): readonly Fault[] {
  return ctx.faults.map(({ fault, left }) => (left === Infinity ? fault : { ...fault, times: left }));
}

/** Time between `ms` and `upToMs`, the same for the same occasion. */
export function lateness(ctx: Context, fault: FaultOf<"late">, occasion: string): number {
  const { ms, upToMs = ms } = fault;
  if (upToMs <= ms) return ms;
  return ms + createRandom(`${fault.seed ?? ctx.settings.seed}:${occasion}`).below(upToMs - ms + 1);
}

/**
 * Lets `ms` pass while a request waits for its answer. On a clock that stands still until it is advanced somebody has to
 * advance it, and all others wait for this request.
 */
export async function passTime(ctx: Context, ms: number): Promise<void> {
  if (!ctx.queue.automatic && isAdvanceable(ctx.clock)) {
    ctx.clock.advanceTo(ctx.clock.now() + ms);
    return;
  }
  await new Promise<void>((resolve) => ctx.clock.setTimeout(resolve, ms));
}

export function jump(ctx: Context, contact: string): void {
  const fault = takeFault(ctx, "clockJump", contact);
  // `inject` takes it for such a clock only.
  if (fault) (ctx.clock as AdvanceableClock).advanceTo(ctx.clock.now() + fault.ms);
}
