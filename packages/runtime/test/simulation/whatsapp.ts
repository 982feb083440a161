/** WhatsApp in the simulated world: takes messages or does not, tells of it or does not, delivers webhooks until they are taken. */
import { graphError, type MessageRequest } from "@parley/whatsapp";
import { change, webhook } from "../support/webhooks.ts";
import { type Ledger, violate } from "./ledger.ts";
import type { Random } from "./random.ts";
import type { Timeline } from "./timeline.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** WhatsApp repeats a webhook for so long. */
const REPEATED_MS = 7 * DAY;
/** Messages a second that a number may send. */
const NUMBER_RATE = 80;
/** To one user so many at once, and one more in each interval. */
const PAIR_BURST = 45;
const PAIR_INTERVAL_MS = 6 * SECOND;

/** What one webhook is about, for whoever counts. */
export interface Item {
  readonly value: {
    readonly contacts?: readonly object[];
    readonly messages?: readonly object[];
    readonly statuses?: readonly object[];
  };
  /** Inbound message id. */
  readonly message?: string;
  readonly sentAt?: number;
  /** Callback data of a status other than `failed`. */
  readonly known?: string;
  readonly contact?: string;
}

export interface WhatsApp {
  readonly send: (body: object, signal: AbortSignal | null, alive: () => boolean) => Promise<Response>;
  /** Something to be delivered, `ms` from now. */
  readonly tell: (item: Item, ms: number) => void;
  /** Ids of messages that were answered 200, with the order of it. */
  readonly acked: Map<string, number>;
  /** Messages that came when deduplication had ended for them. */
  readonly expired: Set<string>;
  /** What each webhook was about. */
  readonly webhooks: (readonly Item[])[];
  readonly pending: () => number;
  /** No more faults. */
  calm: boolean;
  /** Takes every message at once, for a while. */
  steady: boolean;
}

export interface Surroundings {
  readonly ledger: Ledger;
  readonly time: Timeline;
  readonly random: Random;
  /** The bot's answer to a webhook; rejects or never resolves where there is none. */
  readonly post: (body: string) => Promise<number>;
  /** When the person of this number last wrote, by WhatsApp's own clock. */
  readonly lastWrote: (to: string) => number;
  /** How far the bot's clock is ahead: it can keep to rates by its own only. */
  readonly skew: () => number;
  /** A message arrived at a phone. */
  readonly show: (to: string, wamid: string, request: MessageRequest) => void;
}

interface State {
  readonly around: Surroundings;
  readonly acked: Map<string, number>;
  readonly expired: Set<string>;
  readonly waiting: Item[];
  readonly webhooks: (readonly Item[])[];
  /** Sends whose request is under way, by recipient. */
  readonly running: Map<string, Set<string>>;
  readonly recent: number[];
  /** What may go out to each recipient now, and when that was counted. */
  readonly pairs: Map<string, { left: number; at: number }>;
  pending: number;
  wamids: number;
  flushing: boolean;
  calm: boolean;
  steady: boolean;
}

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { "content-type": "application/json" } });
}

function idOf(callback: string): string {
  return callback.replace(/^v1\./, "").replace(/\.\d+$/, "");
}

// ---------------------------------------------------------------- webhooks

interface Delivery {
  readonly body: string;
  readonly items: readonly Item[];
  readonly until: number;
  tries: number;
}

/** Each item in a change of its own, or several in one, in one entry: all of it is WhatsApp's to choose. */
function bodyOf(random: Random, items: readonly Item[]): string {
  if (random.chance(0.5)) return webhook(...items.map(({ value }) => change(value)));
  const all = (key: keyof Item["value"]): readonly object[] => items.flatMap(({ value }) => value[key] ?? []);
  const value = { contacts: all("contacts"), messages: all("messages"), statuses: all("statuses") };
  return webhook(change(Object.fromEntries(Object.entries(value).filter(([, list]) => list.length > 0))));
}

function took(state: State, { items }: Delivery): void {
  const { time, ledger } = state.around;
  for (const { message, sentAt = 0, known } of items) {
    if (message !== undefined && !state.acked.has(message)) {
      state.acked.set(message, state.acked.size);
      if (sentAt < time.now() - 8 * DAY + 10 * MINUTE) state.expired.add(message);
    }
    const send = known === undefined ? undefined : ledger.sends.get(idOf(known));
    if (send) send.known = true;
  }
}

function deliver(state: State, delivery: Delivery): void {
  const { time, random, post } = state.around;
  let over = false;
  const again = (): void => {
    if (over) return;
    over = true;
    delivery.tries += 1;
    const wait = Math.min(HOUR, 5 * SECOND * 2 ** Math.min(delivery.tries, 10)) * (0.5 + random.next());
    if (time.now() + wait < delivery.until) time.after(wait, () => deliver(state, delivery));
    else state.pending -= 1;
  };
  post(delivery.body).then(
    (status) => {
      if (status !== 200) again();
      else if (!over) {
        over = true;
        state.pending -= 1;
        took(state, delivery);
        if (!state.calm && random.chance(0.15)) repeat(state, delivery);
      }
    },
    () => again(),
  );
  // No answer in time is none.
  time.after(20 * SECOND, again);
}

/** It was taken, and comes once more: minutes later, or days. */
function repeat(state: State, delivery: Delivery): void {
  const { time, random } = state.around;
  const left = delivery.until - time.now();
  const wait = random.chance(0.5) ? random.around(MINUTE) : random.next() * left;
  if (wait >= left) return;
  state.pending += 1;
  time.after(wait, () => deliver(state, { ...delivery, tries: 0 }));
}

function flush(state: State): void {
  const { random, time } = state.around;
  state.flushing = false;
  while (state.waiting.length > 0) {
    const items = state.waiting.splice(0, random.chance(0.5) ? 1 : random.whole(1, 50));
    if (!state.calm && random.chance(0.1)) items.reverse();
    state.pending += 1 - items.length;
    state.webhooks.push(items);
    deliver(state, { body: bodyOf(random, items), items, until: time.now() + REPEATED_MS, tries: 0 });
  }
}

function tell(state: State, item: Item, ms: number): void {
  const { time, random } = state.around;
  state.pending += 1;
  time.after(ms, () => {
    state.waiting.push(item);
    if (state.flushing) return;
    state.flushing = true;
    time.after(random.chance(0.3) ? random.around(2 * SECOND) : 0, () => flush(state));
  });
}

// ---------------------------------------------------------------- messages

type Outcome = "accept" | "lost answer" | "no answer" | "reset" | "refused" | "gateway" | number;

const FAULTS: readonly Outcome[] = [
  "lost answer",
  "lost answer",
  "no answer",
  "reset",
  "refused",
  "gateway",
  130_429,
  131_056,
  131_000,
  131_026,
  80_007,
];

function statuses(state: State, to: string, wamid: string, callback: string): void {
  const { random } = state.around;
  const failed = !state.calm && random.chance(0.03);
  let after = 0;
  for (const status of failed ? ["sent", "failed"] : ["sent", "delivered", "read"]) {
    after += random.around(status === "read" ? MINUTE : 2 * SECOND);
    if (!state.calm && random.chance(0.1)) continue;
    if (status === "read" && random.chance(0.5)) continue;
    const echo = state.calm || random.chance(0.97);
    const value = {
      id: wamid,
      status,
      timestamp: String(Math.floor((state.around.time.now() + after) / 1000)),
      recipient_id: to,
      ...(echo ? { biz_opaque_callback_data: callback } : {}),
      ...(status === "failed" ? { errors: [{ code: 131_026, title: "undeliverable" }] } : {}),
    };
    const item: Item = { value: { statuses: [value] }, ...(status === "failed" || !echo ? {} : { known: callback }) };
    const late = !state.calm && random.chance(0.05) ? random.around(6 * HOUR) : 0;
    tell(state, item, after + late);
    if (!state.calm && random.chance(0.1)) tell(state, item, after + random.around(MINUTE));
  }
}

function accept(state: State, to: string, request: MessageRequest, callback: string): Response {
  const { ledger, show } = state.around;
  state.wamids += 1;
  const wamid = `wamid.out${state.wamids}`;
  const send = ledger.sends.get(idOf(callback));
  if (send) send.accepted += 1;
  show(to, wamid, request);
  statuses(state, to, wamid, callback);
  return json({ messaging_product: "whatsapp", contacts: [], messages: [{ id: wamid }] });
}

function check(state: State, to: string, request: MessageRequest, callback: string): void {
  const { ledger, time, lastWrote } = state.around;
  const now = time.now();
  const send = ledger.sends.get(idOf(callback));
  if (!send) violate(ledger, "I3", `a request for ${callback}, which nobody was handed`);
  else {
    send.attempts += 1;
    if (send.known) violate(ledger, "I6", `${callback} after a status that told that WhatsApp has it`);
    if (callback !== `v1.${idOf(callback)}.${Number(callback.split(".").at(-1))}`) violate(ledger, "I3", callback);
  }
  if (request.type !== "template" && now > lastWrote(to) + DAY)
    violate(ledger, "I8", `${callback} is free-form, ${(now - lastWrote(to)) / HOUR} h after the user wrote`);
  while (state.recent.length > 0 && (state.recent[0] ?? 0) <= now - SECOND) state.recent.shift();
  state.recent.push(now);
  if (state.recent.length > NUMBER_RATE) violate(ledger, "I9", `${state.recent.length} requests in a second`);
}

/** I9, of the pair; what is refused for it does not count. */
function checkPair({ around, pairs }: State, to: string): void {
  const now = around.time.now() + around.skew();
  const pair = pairs.get(to) ?? { left: PAIR_BURST, at: now };
  pairs.set(to, pair);
  pair.left = Math.min(PAIR_BURST, pair.left + Math.max(0, now - pair.at) / PAIR_INTERVAL_MS) - 1;
  pair.at = Math.max(pair.at, now);
  if (pair.left < -0.001) violate(around.ledger, "I9", `${-pair.left} messages too many to ${to}`);
}

/** I5: a status may settle a send before its request is answered; else it is the only one. */
function checkRunning({ around, running }: State, to: string, id: string): void {
  const others = running.get(to) ?? new Set();
  running.set(to, others);
  for (const other of others)
    if (around.ledger.sends.get(other)?.state === "inflight")
      violate(around.ledger, "I5", `${id} was sent while ${other} was under way`);
  others.add(id);
}

async function send(state: State, body: object, signal: AbortSignal | null, alive: () => boolean): Promise<Response> {
  const { time, random, ledger } = state.around;
  const request = body as MessageRequest & { readonly status?: string; readonly biz_opaque_callback_data: string };
  const wait = (ms: number): Promise<void> => new Promise((resolve) => time.after(ms, resolve));
  if (request.status === "read") {
    await wait(random.around(50));
    return json({ success: true });
  }
  const to = request.to ?? request.recipient ?? "";
  const callback = request.biz_opaque_callback_data;
  const row = ledger.sends.get(idOf(callback));
  check(state, to, request, callback);
  checkRunning(state, to, idOf(callback));
  const done = (): void => {
    if (alive()) state.running.get(to)?.delete(idOf(callback));
  };
  const doubt = (): void => {
    if (row) row.doubts += 1;
  };
  const outcome: Outcome = !state.calm && !state.steady && random.chance(0.2) ? random.pick(FAULTS) : "accept";
  if (outcome !== 131_056) checkPair(state, to);
  await wait(random.around(200));
  // Whoever asked may be dead by now: WhatsApp takes it nevertheless.
  switch (outcome) {
    case "accept": {
      const response = accept(state, to, request, callback);
      await wait(random.chance(0.1) && !state.calm ? random.around(5 * SECOND) : 20);
      done();
      return response;
    }
    case "lost answer":
    case "reset":
      if (outcome === "lost answer") accept(state, to, request, callback);
      doubt();
      done();
      throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
    case "no answer":
      if (random.chance(0.7)) accept(state, to, request, callback);
      doubt();
      await new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(new Error("aborted")));
      }).finally(done);
      throw new Error("not reached");
    case "refused":
      done();
      throw new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
    case "gateway":
      if (random.chance(0.5)) accept(state, to, request, callback);
      doubt();
      done();
      return new Response("<html>bad gateway</html>", { status: 502 });
    default:
      done();
      return json(graphError(outcome, "details"), outcome === 131_000 ? 500 : outcome === 130_429 ? 429 : 400);
  }
}

export function createWhatsApp(around: Surroundings): WhatsApp & { readonly restarted: () => void } {
  const state: State = {
    around,
    acked: new Map(),
    expired: new Set(),
    waiting: [],
    webhooks: [],
    running: new Map(),
    recent: [],
    pairs: new Map(),
    pending: 0,
    wamids: 0,
    flushing: false,
    calm: false,
    steady: false,
  };
  return {
    send: (body, signal, alive) => send(state, body, signal, alive),
    tell: (item, ms) => tell(state, item, ms),
    acked: state.acked,
    expired: state.expired,
    webhooks: state.webhooks,
    pending: () => state.pending,
    restarted: () => state.running.clear(),
    get calm() {
      return state.calm;
    },
    set calm(value) {
      state.calm = value;
    },
    get steady() {
      return state.steady;
    },
    set steady(value) {
      state.steady = value;
    },
  };
}
