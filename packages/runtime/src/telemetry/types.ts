/** Where spans and measurements go beside the bot's own `/metrics`: what `@parley/runtime/opentelemetry` makes. */
import type { CounterName, HistogramName, Labels, Sample } from "./metrics.ts";

export interface Telemetry {
  readonly startSpan: (name: string, options: SpanOptions) => Span;
  readonly add: (name: CounterName, value: number, labels: Labels) => void;
  readonly record: (name: HistogramName, value: number, labels: Labels) => void;
  /** Called once; `read` gives the gauges' values when somebody collects them. */
  readonly observe: (read: () => Promise<readonly Sample[]>) => void;
}

export type Attributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  readonly kind: "server" | "consumer" | "client";
  readonly attributes?: Attributes;
  /** W3C `traceparent` of what it is a part of. */
  readonly parent?: string;
  /** W3C `traceparent` of what caused it: another process may have, days before. */
  readonly link?: string;
}

export interface Span {
  /** W3C; undefined where the span is of no trace. */
  readonly traceparent: string | undefined;
  readonly set: (attributes: Attributes) => void;
  readonly end: (outcome?: "error") => void;
}
