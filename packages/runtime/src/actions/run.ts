/** Runs the host's functions and HTTP requests, outside of any transaction, and brings their results back as events. */
import { type ActionOutcome, redact, type Value } from "@parley/machine";
import type { Core } from "../engine/core.ts";
import type { Job } from "../engine/job.ts";
import { errorFacts } from "../log.ts";
import type { ActionRow, Loaded } from "../store.ts";
import { own } from "../turn/own.ts";
import { callHttp } from "./http.ts";

const TIMEOUT: unique symbol = Symbol("timeout");

/** What the function returned, as JSON: nothing that it goes on changing gets in. */
function jsonOf(value: unknown): Value | undefined {
  if (value === undefined) return null;
  const json = JSON.stringify(value) as string | undefined;
  return json === undefined ? undefined : (JSON.parse(json) as Value);
}

async function call(core: Core, row: ActionRow, signal: AbortSignal): Promise<ActionOutcome> {
  const run = own(core.actions, row.action);
  if (!run) return request(core, row, signal);
  try {
    const value = jsonOf(await run(row.args, { idempotencyKey: row.id, contact: row.contact, signal }));
    return value === undefined ? { ok: false, failure: "failed" } : { ok: true, value };
  } catch (error) {
    core.log.warn({ action: row.action, ...errorFacts(error) }, "an action failed");
    return { ok: false, failure: "failed" };
  }
}

async function request(core: Core, row: ActionRow, signal: AbortSignal): Promise<ActionOutcome> {
  const { action, args, contact, once, at, id: idempotencyKey } = row;
  const machine = core.machines.withAction(action, Object.keys(args));
  const http = machine?.actions[action]?.http;
  if (!machine || !http) {
    core.log.error({ action }, "an action is not implemented");
    return { ok: false, failure: "failed" };
  }
  const setup = { ...core.http, env: core.env, log: core.log };
  const outcome = await callHttp(setup, machine, http, { action, args, contact, once, at, idempotencyKey, signal });
  if (outcome.ok) core.http.onResult?.({ action, contact }, outcome.value);
  return outcome;
}

/** Calls the function; whatever it does, this resolves by the action's time-out, and what comes later counts for nothing. */
export async function runAction(core: Core, row: ActionRow): Promise<ActionOutcome> {
  const controller = new AbortController();
  let handle: unknown;
  const timeout = new Promise<typeof TIMEOUT>((resolve) => {
    handle = core.clock.setTimeout(() => resolve(TIMEOUT), row.timeoutMs);
  });
  const outcome = await Promise.race([call(core, row, controller.signal), timeout]);
  core.clock.clearTimeout(handle);
  if (outcome !== TIMEOUT) return outcome;
  controller.abort();
  core.log.warn({ action: row.action, timeoutMs: row.timeoutMs }, "an action took too long");
  return { ok: false, failure: row.once ? "unknown" : "timeout" };
}

/** A result that does not fit the declared type is a failure, never a half-filled value. */
function checked(core: Core, row: ActionRow, loaded: Loaded, outcome: ActionOutcome): ActionOutcome {
  if (!outcome.ok) return outcome;
  const machine = core.machines.byHash(loaded.snapshot?.machine ?? "") ?? core.machines.newest;
  const type = machine.actions[row.action]?.result;
  if (!type) return { ok: true, value: null };
  const fit = core.fit(machine, type, outcome.value);
  if (fit.ok) return { ok: true, value: fit.value };
  const { path, wanted } = fit;
  core.log.warn({ action: row.action, path, wanted }, "an action returned what does not fit its type");
  return { ok: false, failure: "failed" };
}

/** For reports, without what is personal. */
function argsOf(core: Core, { action, args }: ActionRow): ActionRow["args"] {
  const def = core.machines.withAction(action, Object.keys(args))?.actions[action];
  return def ? redact(def, args) : {};
}

export function resultJob(core: Core, row: ActionRow, outcome: ActionOutcome): Job {
  const { call: id, armed } = row;
  const event = { kind: "result", id: `result/${row.id}`, call: id, armed } as const;
  return {
    what: "result",
    id: event.id,
    ...(row.trace === undefined ? {} : { link: row.trace }),
    arrival: { now: core.clock.now(), find: { by: "action", action: row.id } },
    prepare: (loaded) => {
      if (!loaded.action) return { writes: [] };
      const result = checked(core, row, loaded, outcome);
      const { contact, action } = row;
      const args = argsOf(core, row);
      return {
        writes: [{ kind: "dropAction", action: row.id }],
        event: { ...event, outcome: result },
        otherwise: { ...event, outcome: { ok: false, failure: "failed" } },
        report: [{ kind: "action", contact, action, args, outcome: result.ok ? "ok" : result.failure }],
      };
    },
  };
}

/** Of an action that runs once at most, and ran when the process died. */
export function lostJob(core: Core, row: ActionRow): Job {
  return resultJob(core, row, { ok: false, failure: "unknown" });
}
