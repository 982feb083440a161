/** Counts and sums of one bot, in the process. */
import {
  type CounterName,
  type HistogramName,
  type Labels,
  METRICS,
  type MetricDef,
  type MetricName,
} from "./metrics.ts";
import type { Telemetry } from "./types.ts";

/** Of one metric; what has more label values than this is counted together, so that nobody from outside fills the memory. */
const MOST_SERIES = 1_000;

export interface Series {
  readonly labels: Labels;
  /** Of a counter: its value. Of a histogram: the sum. */
  sum: number;
  count: number;
  /** Of a histogram: how many fell into each bucket, the last for what is above all of them. */
  readonly buckets: number[];
}

export interface Meter {
  readonly add: (name: CounterName, labels?: Labels, value?: number) => void;
  readonly record: (name: HistogramName, value: number, labels?: Labels) => void;
  readonly series: (name: MetricName) => readonly Series[];
}

const NONE: Labels = {};

function keyOf(def: MetricDef, labels: Labels): string {
  return def.labels.length === 0 ? "" : def.labels.map((name) => labels[name] ?? "").join("\u0000");
}

function other(def: MetricDef): Labels {
  return Object.fromEntries(def.labels.map((name) => [name, "other"]));
}

/** A telemetry that fails must not take the bot with it. */
function guarded(forward: () => void): void {
  try {
    forward();
  } catch {
    // There is nowhere to tell it.
  }
}

export function createMeter(telemetry: Telemetry | undefined): Meter {
  const all = new Map<MetricName, Map<string, Series>>();
  const find = (name: MetricName, labels: Labels): Series => {
    const def: MetricDef = METRICS[name];
    let known = all.get(name);
    if (!known) {
      known = new Map();
      all.set(name, known);
    }
    const key = keyOf(def, labels);
    const found = known.get(key);
    if (found) return found;
    const rest = other(def);
    if (known.size >= MOST_SERIES && key !== keyOf(def, rest)) return find(name, rest);
    const made: Series = { labels, sum: 0, count: 0, buckets: def.buckets ? [...def.buckets, 0].map(() => 0) : [] };
    known.set(key, made);
    return made;
  };
  return {
    add: (name, labels = NONE, value = 1) => {
      find(name, labels).sum += value;
      if (telemetry) guarded(() => telemetry.add(name, value, labels));
    },
    record: (name, value, labels = NONE) => {
      const series = find(name, labels);
      const { buckets = [] } = METRICS[name];
      let index = 0;
      while (index < buckets.length && value > (buckets[index] ?? 0)) index++;
      series.buckets[index] = (series.buckets[index] ?? 0) + 1;
      series.sum += value;
      series.count += 1;
      if (telemetry) guarded(() => telemetry.record(name, value, labels));
    },
    series: (name) => [...(all.get(name)?.values() ?? [])],
  };
}
