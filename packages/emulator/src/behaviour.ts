/** How this WhatsApp behaves: what it is told at the start, and while it runs. */
import { LIMITS } from "@parley/whatsapp";
import type { Context, Settings } from "./context.ts";
import type { Behaviour } from "./types.ts";

type Behaving = Pick<Settings, keyof Behaviour>;

/** With a default for each; throws `RangeError` for what is not possible. */
export function behaviourOf(given: Behaviour): Behaving {
  const { batching = null, delays = {} } = given;
  if (batching && !(batching.most >= 2 && batching.most <= LIMITS.webhookUpdates.max))
    throw new RangeError(`a batch holds 2 to ${LIMITS.webhookUpdates.max} updates`);
  return {
    rates: given.rates ?? true,
    unknownNumbers: given.unknownNumbers ?? "create",
    delays: {
      sent: delays.sent ?? 0,
      delivered: delays.delivered ?? 0,
      read: delays.read === undefined ? 0 : delays.read,
    },
    batching,
    unknownMedia: given.unknownMedia ?? "accept",
    compliance: given.compliance ?? true,
    coexistence: given.coexistence ?? false,
  };
}

export function readBehaviour({ settings }: Context): Behaving {
  const { rates, unknownNumbers, delays, batching, unknownMedia, compliance, coexistence } = settings;
  return { rates, unknownNumbers, delays, batching, unknownMedia, compliance, coexistence };
}

export function behave(ctx: Context, change: Behaviour): void {
  const delays = { ...ctx.settings.delays, ...change.delays };
  ctx.settings = { ...ctx.settings, ...behaviourOf({ ...readBehaviour(ctx), ...change, delays }) };
}
