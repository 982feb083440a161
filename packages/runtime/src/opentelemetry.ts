/** Spans and metrics for OpenTelemetry; whoever imports this has `@opentelemetry/api`, and an SDK to send them with. */
import {
  type Link,
  metrics,
  type Meter as OtelMeter,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { type GaugeName, METRICS, type MetricDef, type MetricName, type Sample } from "./telemetry/metrics.ts";
import type { Span, SpanOptions, Telemetry } from "./telemetry/types.ts";

export type { Span, SpanOptions, Telemetry } from "./telemetry/types.ts";

const SCOPE = "@parley/runtime";

const KINDS = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
} as const satisfies Readonly<Record<SpanOptions["kind"], SpanKind>>;

/** `createBot({ telemetry: openTelemetry() })`; with providers of your own, or with those that are registered. */
export function openTelemetry(providers: { readonly tracer?: Tracer; readonly meter?: OtelMeter } = {}): Telemetry {
  const tracer = providers.tracer ?? trace.getTracer(SCOPE);
  const meter = providers.meter ?? metrics.getMeter(SCOPE);
  const counter = once((name) => meter.createCounter(`parley.${name}`, optionsOf(name)));
  const histogram = once((name) => meter.createHistogram(`parley.${name}`, optionsOf(name)));
  return {
    startSpan: (name, options) => startSpan(tracer, name, options),
    add: (name, value, labels) => counter(name).add(value, labels),
    record: (name, value, labels) => histogram(name).record(value, labels),
    observe: (read) => observe(meter, read),
  };
}

function once<T>(make: (name: MetricName) => T): (name: MetricName) => T {
  const made = new Map<MetricName, T>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const one = make(name);
    made.set(name, one);
    return one;
  };
}

function optionsOf(name: MetricName): {
  readonly description: string;
  readonly unit: string;
  readonly advice?: { readonly explicitBucketBoundaries: number[] };
} {
  const def: MetricDef = METRICS[name];
  const advice = def.buckets ? { advice: { explicitBucketBoundaries: [...def.buckets] } } : {};
  return { description: def.help, unit: def.unit, ...advice };
}

/** One reading for all gauges. */
function observe(meter: OtelMeter, read: () => Promise<readonly Sample[]>): void {
  const names = (Object.keys(METRICS) as MetricName[]).filter(
    (name): name is GaugeName => METRICS[name].kind === "gauge",
  );
  const gauges = new Map(names.map((name) => [name, meter.createObservableGauge(`parley.${name}`, optionsOf(name))]));
  meter.addBatchObservableCallback(
    async (result) => {
      for (const { name, value, labels } of await read()) {
        const gauge = gauges.get(name);
        if (gauge) result.observe(gauge, value, labels);
      }
    },
    [...gauges.values()],
  );
}

function contextOf(traceparent: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] =
    /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? "") ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}

function startSpan(tracer: Tracer, name: string, { kind, attributes, parent, link }: SpanOptions): Span {
  const above = contextOf(parent);
  const cause = contextOf(link);
  const links: Link[] = cause ? [{ context: cause }] : [];
  const context = above ? trace.setSpanContext(ROOT_CONTEXT, above) : ROOT_CONTEXT;
  const span = tracer.startSpan(name, { kind: KINDS[kind], attributes: { ...attributes }, links }, context);
  return {
    traceparent: traceparentOf(span),
    set: (more) => {
      span.setAttributes({ ...more });
    },
    end: (outcome) => {
      if (outcome === "error") span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

function traceparentOf(span: OtelSpan): string | undefined {
  const { traceId, spanId, traceFlags } = span.spanContext();
  if (/^0+$/.test(traceId)) return undefined;
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
}
