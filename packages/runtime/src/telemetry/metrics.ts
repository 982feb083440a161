/** What is measured: one table. In Prometheus `parley_<name>` (counters with `_total`), in OpenTelemetry `parley.<name>`. */

export interface MetricDef {
  readonly kind: "counter" | "histogram" | "gauge";
  readonly help: string;
  /** UCUM; `1` for what is only counted. */
  readonly unit: "1" | "s" | "By";
  /** Names of its labels. Never one that says who somebody is. */
  readonly labels: readonly string[];
  /** Upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[];
}

export type CounterName =
  | "webhook_requests"
  | "signature_failures"
  | "events"
  | "account_events"
  | "commit_failures"
  | "waits_entered"
  | "waits_answered"
  | "waits_timed_out"
  | "actions"
  | "send_errors"
  | "sends_failed"
  | "in_doubt_settled"
  | "send_duplicates"
  | "rate_limited"
  | "window_closed"
  | "statuses"
  | "messages_sent";

export type HistogramName =
  | "step_seconds"
  | "commit_seconds"
  | "commit_batch_size"
  | "ack_seconds"
  | "timer_lag_seconds"
  | "send_seconds"
  | "status_lag_seconds";

export type GaugeName =
  | "queue_depth"
  | "queue_bytes"
  | "sessions"
  | "contacts"
  | "timers_pending"
  | "actions_pending"
  | "outbox"
  | "in_doubt_open"
  | "dead_letters"
  | "build_info";

export type MetricName = CounterName | HistogramName | GaugeName;

/** Meta's own bars are in it: an answer within 250 ms as a rule, and within 1 s nearly always. */
const SECONDS: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SHORT: readonly number[] = [
  0.000_01, 0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.0025, 0.005, 0.025, 0.1, 1,
];
const LONG: readonly number[] = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400];

export const METRICS: Readonly<Record<MetricName, MetricDef>> = {
  webhook_requests: { kind: "counter", unit: "1", labels: ["code"], help: "Webhooks by the status of our answer." },
  signature_failures: { kind: "counter", unit: "1", labels: [], help: "Webhooks without a valid signature." },
  events: {
    kind: "counter",
    unit: "1",
    labels: ["kind", "outcome"],
    help: "What arrived, by what became of it: stepped, nothing, dup, late, poison, expired or throttled.",
  },
  account_events: {
    kind: "counter",
    unit: "1",
    labels: ["field"],
    help: "Webhooks about the account, templates and quality.",
  },
  step_seconds: {
    kind: "histogram",
    unit: "s",
    labels: [],
    buckets: SHORT,
    help: "One event: step and decision, without the store.",
  },
  commit_seconds: { kind: "histogram", unit: "s", labels: [], buckets: SECONDS, help: "One transaction of the store." },
  commit_batch_size: {
    kind: "histogram",
    unit: "1",
    labels: [],
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
    help: "Events committed together.",
  },
  commit_failures: { kind: "counter", unit: "1", labels: [], help: "Transactions that the store refused." },
  ack_seconds: {
    kind: "histogram",
    unit: "s",
    labels: [],
    buckets: SECONDS,
    help: "From a signed webhook to its answer.",
  },
  queue_depth: { kind: "gauge", unit: "1", labels: [], help: "Events that wait to be committed." },
  queue_bytes: { kind: "gauge", unit: "By", labels: [], help: "Bytes of the webhooks that are under way." },
  sessions: {
    kind: "gauge",
    unit: "1",
    labels: ["flow", "version"],
    help: "Conversations under way, by flow and machine.",
  },
  contacts: { kind: "gauge", unit: "1", labels: [], help: "Contacts that are known." },
  waits_entered: { kind: "counter", unit: "1", labels: ["flow", "node"], help: "Asks that were sent." },
  waits_answered: { kind: "counter", unit: "1", labels: ["flow", "node"], help: "Asks that were answered." },
  waits_timed_out: { kind: "counter", unit: "1", labels: ["flow", "node"], help: "Time-outs of asks." },
  timers_pending: { kind: "gauge", unit: "1", labels: [], help: "Timers and scheduled events." },
  timer_lag_seconds: { kind: "histogram", unit: "s", labels: [], buckets: LONG, help: "How late timers fired." },
  actions_pending: { kind: "gauge", unit: "1", labels: [], help: "Actions that wait or run." },
  actions: { kind: "counter", unit: "1", labels: ["action", "outcome"], help: "Actions that ended." },
  outbox: { kind: "gauge", unit: "1", labels: ["state"], help: "Sends by state, of the last 30 days." },
  send_seconds: {
    kind: "histogram",
    unit: "s",
    labels: ["result"],
    buckets: SECONDS,
    help: "Requests to the Cloud API.",
  },
  send_errors: { kind: "counter", unit: "1", labels: ["code"], help: "Refusals of the Cloud API, by its code." },
  sends_failed: { kind: "counter", unit: "1", labels: ["code"], help: "Messages that were given up." },
  in_doubt_open: {
    kind: "gauge",
    unit: "1",
    labels: [],
    help: "Sends of which nobody knows whether WhatsApp took them.",
  },
  in_doubt_settled: {
    kind: "counter",
    unit: "1",
    labels: ["by"],
    help: "Ends of such a doubt: status, resend or giveup.",
  },
  send_duplicates: { kind: "counter", unit: "1", labels: [], help: "Messages that WhatsApp took twice." },
  rate_limited: {
    kind: "counter",
    unit: "1",
    labels: ["scope"],
    help: "Refusals because of a rate: of the number or of the pair.",
  },
  window_closed: { kind: "counter", unit: "1", labels: [], help: "Messages not sent because the window had closed." },
  status_lag_seconds: {
    kind: "histogram",
    unit: "s",
    labels: [],
    buckets: LONG,
    help: "From a status to its webhook.",
  },
  statuses: { kind: "counter", unit: "1", labels: ["status"], help: "Statuses of our messages." },
  messages_sent: { kind: "counter", unit: "1", labels: [], help: "Messages that WhatsApp took." },
  dead_letters: { kind: "gauge", unit: "1", labels: [], help: "Events that were not stepped and wait for somebody." },
  build_info: {
    kind: "gauge",
    unit: "1",
    labels: ["bot", "machine"],
    help: "The machine that new conversations begin on; always 1.",
  },
};

export type Labels = Readonly<Record<string, string>>;

/** What a gauge shows at this moment. */
export interface Sample {
  readonly name: GaugeName;
  readonly labels: Labels;
  readonly value: number;
}
