/** Whether a bot can take webhooks now. */
import type { Core } from "../engine/core.ts";
import type { BotHealth } from "../types.ts";

/** A store that takes longer for a transaction with nothing in it is of no use to anybody. */
const STORE_MS = 1_000;

export interface HealthInputs {
  readonly core: Core;
  /** 1 where nothing more gets in. */
  readonly load: () => number;
  readonly ready: () => Promise<void>;
  readonly stopped: () => boolean;
}

async function storeAnswers({ core, ready }: HealthInputs): Promise<boolean> {
  let handle: ReturnType<typeof setTimeout> | undefined;
  const enough = new Promise<false>((resolve) => {
    handle = setTimeout(() => resolve(false), STORE_MS);
  });
  const nothing = { writes: [], result: null };
  const empty = async (): Promise<boolean> => {
    await ready();
    await core.store.ingest([], { run: () => nothing, poison: () => nothing });
    return true;
  };
  const answers = await Promise.race([empty().catch(() => false), enough]);
  clearTimeout(handle);
  return answers;
}

export async function readHealth(inputs: HealthInputs): Promise<BotHealth> {
  const { core, load, stopped } = inputs;
  const reasons: string[] = [];
  if (core.health.broken) return { ready: false, reasons: ["the store broke; it has to be started anew"] };
  if (stopped()) reasons.push("it stops");
  if (!(await storeAnswers(inputs))) reasons.push("the store does not answer");
  else if (core.health.storeFailing) reasons.push("the last commit failed");
  if (load() >= 0.9) reasons.push("too much waits to be committed");
  if (core.health.stoppedBy !== null) reasons.push(`WhatsApp refuses all sends with error ${core.health.stoppedBy}`);
  return { ready: reasons.length === 0, reasons };
}
