/** The Cloud API with its requests measured and traced. */
import { errorClass } from "@parley/whatsapp";
import type { SendResult } from "../cloud-api/answer.ts";
import type { CloudApi } from "../cloud-api/client.ts";
import type { Health } from "../engine/health.ts";
import type { Meter } from "./registry.ts";
import { type StartSpan, stopwatch } from "./tracer.ts";

interface Instruments {
  readonly meter: Meter;
  readonly startSpan: StartSpan;
  readonly health: Health;
}

/** Codes that ask for fewer messages, by what they are counted over. */
const RATES: ReadonlyMap<number | null, string> = new Map([
  [131_056, "pair"],
  [130_429, "number"],
  [80_007, "number"],
  [4, "number"],
]);

function note({ meter, health }: Instruments, result: SendResult): void {
  if (result.kind === "accepted") health.stoppedBy = null;
  if (result.kind !== "error") return;
  const { code, http } = result;
  meter.add("send_errors", { code: String(code ?? `http-${http}`) });
  const scope = RATES.get(code);
  if (scope !== undefined) meter.add("rate_limited", { scope });
  if (errorClass(code ?? -1, http) === "stop-number") health.stoppedBy = code ?? http;
}

export function measuredApi(api: CloudApi, instruments: Instruments): CloudApi {
  return {
    ...api,
    send: async (row, callbackData) => {
      const elapsed = stopwatch();
      const span = instruments.startSpan("send whatsapp", {
        kind: "client",
        attributes: {
          "messaging.system": "whatsapp",
          "messaging.operation.type": "send",
          "parley.send": row.id,
          "parley.of": row.of,
          "parley.attempt": row.attempt,
        },
        ...(row.trace === undefined ? {} : { link: row.trace }),
      });
      const result = await api.send(row, callbackData);
      instruments.meter.record("send_seconds", elapsed(), { result: result.kind });
      note(instruments, result);
      if (result.kind === "error") span.set({ "error.type": String(result.code ?? result.http) });
      span.set({ "parley.result": result.kind });
      span.end(result.kind === "accepted" ? undefined : "error");
      return result;
    },
  };
}
