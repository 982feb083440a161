/** The text format that Prometheus reads, version 0.0.4. */
import { type Labels, METRICS, type MetricDef, type MetricName, type Sample } from "./metrics.ts";
import type { Meter, Series } from "./registry.ts";

export function prometheusName(name: MetricName): string {
  return METRICS[name].kind === "counter" ? `parley_${name}_total` : `parley_${name}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}

function labelled(name: string, labels: Labels): string {
  const parts = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`);
  return parts.length === 0 ? name : `${name}{${parts.join(",")}}`;
}

function histogram(
  name: string,
  bounds: readonly number[],
  { labels, sum, count, buckets }: Series,
): readonly string[] {
  let below = 0;
  const lines = [...bounds, Number.POSITIVE_INFINITY].map((bound, index) => {
    below += buckets[index] ?? 0;
    const le = Number.isFinite(bound) ? String(bound) : "+Inf";
    return `${labelled(`${name}_bucket`, { ...labels, le })} ${below}`;
  });
  return [...lines, `${labelled(`${name}_sum`, labels)} ${sum}`, `${labelled(`${name}_count`, labels)} ${count}`];
}

function linesOf(name: MetricName, meter: Meter, samples: readonly Sample[]): readonly string[] {
  const def: MetricDef = METRICS[name];
  const shown = prometheusName(name);
  if (def.kind === "gauge")
    return samples
      .filter((sample) => sample.name === name)
      .map(({ labels, value }) => `${labelled(shown, labels)} ${value}`);
  // What never happened is shown as such where it has no labels: an alert on its rate needs a beginning.
  const known = meter.series(name);
  const empty: Series = { labels: {}, sum: 0, count: 0, buckets: [] };
  const series = known.length === 0 && def.labels.length === 0 ? [empty] : known;
  return series.flatMap((one) =>
    def.kind === "histogram" ? histogram(shown, def.buckets ?? [], one) : [`${labelled(shown, one.labels)} ${one.sum}`],
  );
}

export function prometheusText(meter: Meter, samples: readonly Sample[]): string {
  const lines = (Object.keys(METRICS) as MetricName[]).flatMap((name) => {
    const values = linesOf(name, meter, samples);
    if (values.length === 0) return [];
    const shown = prometheusName(name);
    return [`# HELP ${shown} ${METRICS[name].help}`, `# TYPE ${shown} ${METRICS[name].kind}`, ...values];
  });
  return `${lines.join("\n")}\n`;
}
