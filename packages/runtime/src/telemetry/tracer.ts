/** Spans, and times that are measured. */
import type { Span, SpanOptions, Telemetry } from "./types.ts";

const NO_SPAN: Span = { traceparent: undefined, set: () => {}, end: () => {} };

export type StartSpan = (name: string, options: SpanOptions) => Span;

/** Spans that do nothing where nobody traces; a tracer that fails does not take the bot with it. */
export function createStartSpan(telemetry: Telemetry | undefined): StartSpan {
  if (!telemetry) return () => NO_SPAN;
  return (name, options) => {
    try {
      return guarded(telemetry.startSpan(name, options));
    } catch {
      return NO_SPAN;
    }
  };
}

function guarded(span: Span): Span {
  const attempt = (run: () => void): void => {
    try {
      run();
    } catch {
      // There is nowhere to tell it.
    }
  };
  return {
    traceparent: span.traceparent,
    set: (attributes) => attempt(() => span.set(attributes)),
    end: (outcome) => attempt(() => span.end(outcome)),
  };
}

const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** What came in a header, where it is one. */
export function traceparentOf(header: string | null): string | undefined {
  return header !== null && TRACEPARENT.test(header) ? header : undefined;
}

/** Seconds since now. Real ones, whatever the bot's clock says: they measure this machine. */
export function stopwatch(): () => number {
  const from = performance.now();
  return () => (performance.now() - from) / 1000;
}
