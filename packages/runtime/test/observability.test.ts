import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Meter } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTelemetry } from "../src/opentelemetry.ts";
import { sqliteStore } from "../src/sqlite.ts";
import { memoryStore } from "../src/stores/memory.ts";
import { METRICS, type MetricName } from "../src/telemetry/metrics.ts";
import { prometheusName } from "../src/telemetry/prometheus.ts";
import { createMeter } from "../src/telemetry/registry.ts";
import type { Telemetry } from "../src/types.ts";
import { virtualClock } from "./support/clock.ts";
import { machine } from "./support/fake-step.ts";
import { rig } from "./support/rig.ts";
import { ANA, change, NUMBER, post, SECRET, sender, status, text, webhook } from "./support/webhooks.ts";

const DOCS = fileURLToPath(new URL("../../../docs/operations/", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-observed-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Tracing {
  readonly telemetry: Telemetry;
  readonly spans: () => readonly ReadableSpan[];
}

function tracing(): Tracing {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  return {
    telemetry: openTelemetry({ tracer: provider.getTracer("test") }),
    spans: () => exporter.getFinishedSpans(),
  };
}

function named(spans: readonly ReadableSpan[], name: string): readonly ReadableSpan[] {
  return spans.filter((span) => span.name === name);
}

function idOf(span: ReadableSpan | undefined): string | undefined {
  return span?.spanContext().spanId;
}

test("a message, its turn and its answer are spans that hang together", async () => {
  const { telemetry, spans } = tracing();
  const r = rig({ more: { telemetry } });
  await r.says("hi", "m1");
  const [webhookSpan] = named(spans(), "POST /webhook");
  const turn = named(spans(), "process whatsapp").find(({ attributes }) => attributes["parley.event"] === "message");
  const [sent] = named(spans(), "send whatsapp");
  expect(turn?.parentSpanContext?.spanId).toBe(idOf(webhookSpan));
  expect(sent?.links.map(({ context }) => context.spanId)).toEqual([idOf(turn)]);
  expect(turn?.attributes).toMatchObject({
    "messaging.system": "whatsapp",
    "messaging.operation.type": "process",
    "messaging.batch.message_count": 1,
    "parley.outcome": "stepped",
    "parley.rev": 1,
  });
  expect(sent?.attributes).toMatchObject({ "messaging.operation.type": "send", "parley.result": "accepted" });
});

test("the trace of who calls the webhook goes on in it", async () => {
  const { telemetry, spans } = tracing();
  const { bot, clock } = rig({ more: { telemetry } });
  const body = webhook(change({ contacts: [sender({ waId: ANA })], messages: [text("m", clock.now(), "hi")] }));
  const request = post(body);
  request.headers.set("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  await bot.fetch(request);
  const [span] = named(spans(), "POST /webhook");
  expect(span?.spanContext().traceId).toBe("0af7651916cd43dd8448eb211c80319c");
});

test("after a restart a timer and a send still link to the turn that caused them", async () => {
  const path = join(folder, "bot.db");
  const clock = virtualClock();
  const before = tracing();
  const first = sqliteStore(path);
  const one = rig({ store: first, clock, more: { telemetry: before.telemetry } });
  const contacts = [sender({ waId: ANA })];
  await one.receive({ contacts, messages: [text("m1", clock.now(), "wait"), text("m2", clock.now(), "two")] });
  const turns = named(before.spans(), "process whatsapp").map(idOf);
  await first.close();
  const after = tracing();
  const second = sqliteStore(path);
  const two = rig({ store: second, clock, more: { telemetry: after.telemetry } });
  await two.settle();
  await two.advance(121_000);
  const timer = named(after.spans(), "process whatsapp").find(
    ({ attributes }) => attributes["parley.event"] === "timer",
  );
  expect(timer?.links.map(({ context }) => context.spanId)).toEqual([turns[0]]);
  const sends = named(after.spans(), "send whatsapp").flatMap(({ links }) =>
    links.map(({ context }) => context.spanId),
  );
  expect(sends).toContain(turns[1]);
  await second.close();
});

test("spans hold no number, wamid, text or name", async () => {
  const { telemetry, spans } = tracing();
  const r = rig({ more: { telemetry } });
  await r.says("secret words", "wamid.HBgLMTY1MDU1NTEyMzQ=");
  await r.says("boom", "wamid.2");
  const all = JSON.stringify(
    spans().map(({ name, attributes, events, status: ended }) => [name, attributes, events, ended]),
  );
  for (const personal of ["secret words", ANA, "Ana", "wamid."]) expect(all).not.toContain(personal);
});

test("a telemetry that throws takes nothing with it", async () => {
  const fails = (): never => {
    throw new Error("collector");
  };
  const r = rig({ more: { telemetry: { startSpan: fails, add: fails, record: fails, observe: () => {} } } });
  await r.says("hi", "m1");
  expect(r.api.texts()).toEqual(["echo hi"]);
});

test("OpenTelemetry's meter gets every counter, histogram and gauge under its name", async () => {
  const made: string[] = [];
  const noted: string[] = [];
  let read: ((result: { observe: (gauge: string, value: number) => void }) => Promise<void>) | undefined;
  const instrument = (name: string) => ({ add: () => noted.push(name), record: () => noted.push(name) });
  const make = (name: string) => {
    made.push(name);
    return instrument(name);
  };
  const meter = {
    createCounter: make,
    createHistogram: make,
    createObservableGauge: (name: string) => name,
    addBatchObservableCallback: (callback: typeof read) => {
      read = callback;
    },
  } as unknown as Meter;
  const r = rig({ more: { telemetry: openTelemetry({ meter }) } });
  await r.says("hi", "m1");
  await read?.({ observe: (gauge) => noted.push(gauge) });
  expect(new Set(noted)).toContain("parley.events");
  for (const name of ["parley.commit_seconds", "parley.messages_sent", "parley.contacts", "parley.build_info"])
    expect(noted).toContain(name);
  expect(new Set(made).size).toBe(made.length);
});

function seriesIn(exposition: string, series: string): number | undefined {
  const line = exposition.split("\n").find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

test("metrics say what happened", async () => {
  const r = rig();
  await r.says("ask", "m1");
  await r.says("boom", "m2");
  await r.receive({ contacts: [sender({ waId: ANA })], messages: [text("m1", r.clock.now(), "ask")] });
  await r.bot.fetch(post("{}", "sha256=00"));
  r.api.script.push({ do: "error", code: 131_056, http: 400 });
  await r.says("hi", "m3");
  await r.advance(10_000);
  const { wamid = "" } = r.api.accepted.at(-1) ?? {};
  await r.receive({ statuses: [status(wamid, r.clock.now() - 2_000, "delivered")] });
  const exposition = await r.bot.metrics();
  const value = (series: string): number | undefined => seriesIn(exposition, series);
  expect(value('parley_events_total{kind="message",outcome="stepped"}')).toBe(2);
  expect(value('parley_events_total{kind="message",outcome="poison"}')).toBe(1);
  expect(value('parley_events_total{kind="message",outcome="dup"}')).toBe(1);
  expect(value('parley_webhook_requests_total{code="200"}')).toBe(5);
  expect(value('parley_webhook_requests_total{code="401"}')).toBe(1);
  expect(value("parley_signature_failures_total")).toBe(1);
  expect(value('parley_send_errors_total{code="131056"}')).toBe(1);
  expect(value('parley_rate_limited_total{scope="pair"}')).toBe(1);
  expect(value("parley_dead_letters")).toBe(1);
  expect(value("parley_contacts")).toBe(1);
  const sessions = `parley_sessions{flow="main",version="${machine.hash}"}`;
  expect(exposition.split("\n").filter((line) => line.startsWith("parley_sessions{"))).toEqual([`${sessions} 1`]);
  expect(value("parley_send_duplicates_total")).toBe(0);
  expect(value('parley_statuses_total{status="delivered"}')).toBe(1);
  expect(value("parley_status_lag_seconds_sum")).toBeCloseTo(2, 0);
  expect(value("parley_commit_seconds_count")).toBeGreaterThan(3);
  expect(value('parley_ack_seconds_bucket{le="+Inf"}')).toBe(5);
  expect(value('parley_build_info{bot="fake",machine="aaaaaaaaaaaaaaaa"}')).toBe(1);
});

test("a timer that fires late says by how much", async () => {
  const r = rig();
  await r.says("wait", "m1");
  r.clock.advance(65_000);
  await r.settle();
  expect(seriesIn(await r.bot.metrics(), "parley_timer_lag_seconds_sum")).toBeGreaterThanOrEqual(4);
});

test("the exposition is well formed and its lines come in groups", async () => {
  const r = rig();
  await r.says("ask", "m1");
  const lines = (await r.bot.metrics()).trimEnd().split("\n");
  const types = lines.flatMap((line) => /^# TYPE (\S+) (counter|gauge|histogram)$/.exec(line)?.[1] ?? []);
  expect(new Set(types).size).toBe(types.length);
  let current = "";
  const strays = lines.filter((line) => {
    const head = /^# (?:HELP|TYPE) (\S+) /.exec(line)?.[1];
    current = head ?? current;
    const value = new RegExp(`^${current}(?:_bucket|_sum|_count)?(?:\\{[^}]*\\})? -?[0-9.e+-]+$`);
    return head === undefined && !value.test(line);
  });
  expect(strays).toEqual([]);
});

test("labels from outside cannot fill the memory", () => {
  const meter = createMeter(undefined);
  for (let n = 0; n < 5_000; n++) meter.add("account_events", { field: `f${n}` });
  const series = meter.series("account_events");
  expect(series.length).toBe(1_001);
  expect(series.at(-1)).toMatchObject({ labels: { field: "other" }, sum: 4_000 });
});

test("no metric has a label that says who somebody is", () => {
  const harmless = [
    "code",
    "kind",
    "outcome",
    "field",
    "flow",
    "node",
    "action",
    "state",
    "result",
    "by",
    "scope",
    "status",
    "bot",
    "machine",
    "version",
  ];
  const labels = Object.values(METRICS).flatMap((def) => def.labels);
  expect(labels.filter((label) => !harmless.includes(label))).toEqual([]);
});

const OF_THE_PROCESS = [
  "parley_event_loop_delay_seconds",
  "process_resident_memory_bytes",
  "process_start_time_seconds",
  "parley_last_backup_age_seconds",
];

function metricsIn(file: string): readonly string[] {
  const names = readFileSync(join(DOCS, file), "utf8").match(/\b(?:parley|process)_[a-z_]+/g) ?? [];
  return [...new Set(names.map((name) => name.replace(/_(?:bucket|sum|count)$/, "")))];
}

test.each(["alerts.yaml", "dashboard.json"])("all metrics of %s exist", (file) => {
  const known = new Set([...(Object.keys(METRICS) as MetricName[]).map(prometheusName), ...OF_THE_PROCESS]);
  const used = metricsIn(file);
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter((name) => !known.has(name))).toEqual([]);
});

test("the page of metrics names all of them", () => {
  const page = readFileSync(join(DOCS, "../operations.md"), "utf8");
  const missing = (Object.keys(METRICS) as MetricName[])
    .map(prometheusName)
    .filter((name) => !page.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

test("a bot is ready, and says why when it is not", async () => {
  const broken = { now: false };
  const inner = memoryStore();
  const store: typeof inner = {
    ...inner,
    ingest: (...args) => (broken.now ? Promise.reject(new Error("disk full")) : inner.ingest(...args)),
  };
  const r = rig({ store });
  expect(await r.bot.health()).toEqual({ ready: true, reasons: [] });
  broken.now = true;
  expect(await r.bot.health()).toEqual({ ready: false, reasons: ["the store does not answer"] });
  broken.now = false;
  r.api.script.push({ do: "error", code: 190, http: 401 });
  await r.says("hi", "m1");
  expect((await r.bot.health()).reasons).toEqual(["WhatsApp refuses all sends with error 190"]);
  await r.advance(10 * 60_000);
  expect((await r.bot.health()).ready).toBe(true);
  await r.bot.stop();
  expect((await r.bot.health()).reasons).toEqual(["it stops"]);
});

test("whatever happens, no line of the log holds a secret or what is personal", async () => {
  const canary = { token: "CANARY-token", secret: "CANARY-secret", verify: "CANARY-verify", env: "CANARY-env" };
  const personal = { waId: "16505557777", userId: "US.CANARY1", name: "CANARY Name" };
  const r = rig({
    pay: () => {
      throw new Error("CANARY in an error of the host");
    },
    more: {
      token: canary.token,
      appSecrets: [canary.secret, SECRET],
      verifyToken: canary.verify,
      env: { KEY: canary.env },
    },
  });
  const says = (id: string, words: string) =>
    r.receive({ contacts: [sender(personal)], messages: [text(id, r.clock.now(), words, personal)] });
  const wamid = (n: number): string => `wamid.CANARY${n}`;
  for (const [n, words] of ["CANARY text", "boom", "act", "charge", "ask", "remind", "two", "promo"].entries()) {
    r.api.script.push({ do: "error", code: 131_000, http: 500 }, { do: "accept-then-reset" });
    await says(wamid(n), words);
    await r.advance(120_000);
  }
  r.api.script.push({ do: "raw", http: 502, body: "CANARY body" }, { do: "error", code: 190, http: 401 });
  await says(wamid(20), "hi");
  await r.advance(600_000);
  const sent = r.api.accepted.at(-1)?.wamid ?? "";
  await r.receive({
    statuses: [status(sent, r.clock.now(), "failed", { errors: [{ code: 131_026, title: "CANARY title" }] })],
  });
  await r.receive({
    statuses: [status(`${sent}CANARY`, r.clock.now(), "read", { biz_opaque_callback_data: "CANARY data" })],
  });
  await r.bot.fetch(post("CANARY body", "sha256=CANARY"));
  await r.bot.fetch(post("CANARY no json"));
  await r.bot.fetch(new Request(`http://bot.test/?hub.verify_token=${canary.verify}&hub.mode=subscribe`));
  await r.bot.fetch(
    post(webhook({ field: "account_update", value: { phone_number: personal.waId, event: "CANARY" } })),
  );
  await r.bot.fetch(post(webhook(change({ messages: [{ id: "CANARY" }] }, NUMBER), 7 as unknown as object)));
  await r.bot.trigger(personal.waId, "ready", { number: "CANARY" }).catch(() => undefined);
  for (const letter of await r.bot.deadLetters()) await r.bot.redrive(letter.id).catch(() => false);
  await r.bot.stop();
  expect(r.lines.length).toBeGreaterThan(30);
  const log = r.lines.join("\n");
  for (const word of ["CANARY", personal.waId, Buffer.from(personal.waId).toString("base64").slice(0, 12)])
    expect(r.lines.filter((line) => line.includes(word))).toEqual([]);
  expect(log).not.toContain(SECRET);
});
