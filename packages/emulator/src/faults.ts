import type { Context } from "./context.ts";
import type { Fault } from "./types.ts";

type FaultOf<K extends Fault["kind"]> = Extract<Fault, { readonly kind: K }>;

export function inject(ctx: Context, fault: Fault): void {
  ctx.faults.push({ fault, left: fault.times ?? 1 });
}

/** The next fault of this kind for this contact, used up once; undefined where none waits. */
export function takeFault<K extends Fault["kind"]>(ctx: Context, kind: K, contact: string): FaultOf<K> | undefined {
  const at = ctx.faults.findIndex(
    ({ fault }) => fault.kind === kind && (fault.contact === undefined || fault.contact === contact),
  );
  const found = ctx.faults[at];
  if (!found) return undefined;
  found.left -= 1;
  if (found.left <= 0) ctx.faults.splice(at, 1);
  return found.fault as FaultOf<K>;
}
