/** `PARLEY_SOAK=1000` holds a thousand conversations, `PARLEY_SOAK_SEED` others. */
import { expect, test } from "vitest";
import { soak } from "./soak.ts";

const CONVERSATIONS = Number(process.env["PARLEY_SOAK"] ?? 30);
const SEED = Number(process.env["PARLEY_SOAK_SEED"] ?? 20_261_124);
const LONGEST_MS = 120_000;

test("with every fault at 5 % nothing is lost, doubled or sent outside the window", {
  timeout: 4 * LONGEST_MS,
}, async () => {
  const began = performance.now();
  const report = await soak({ conversations: CONVERSATIONS, seed: SEED, rate: 0.05 });
  const took = performance.now() - began;
  if (CONVERSATIONS > 30) console.log(JSON.stringify({ ...report, seconds: Math.round(took / 100) / 10 }));
  expect(report.violations).toEqual([]);
  expect(report.written).toBeGreaterThan(CONVERSATIONS * 3);
  expect(report.orders).toBeGreaterThan(0);
  expect(took).toBeLessThan(LONGEST_MS);
});

test("and without lateness every answer comes in time", async () => {
  const report = await soak({ conversations: 10, seed: SEED, rate: 0.05, late: false });
  expect([report.violations, report.closed]).toEqual([[], 0]);
});

test("the same seed gives the same conversations", async () => {
  const options = { conversations: 5, seed: SEED, rate: 0.05, acts: 5 };
  expect(await soak(options)).toEqual(await soak(options));
});

interface Hook {
  readonly entry: readonly { readonly changes: readonly { readonly value: { readonly messages?: Message[] } }[] }[];
}

interface Message {
  id: string;
  timestamp: string;
}

/** The webhook with its messages changed. */
function changed(body: string, change: (message: Message) => void): string {
  const hook = JSON.parse(body) as Hook;
  for (const { changes } of hook.entry) for (const { value } of changes) value.messages?.forEach(change);
  return JSON.stringify(hook);
}

function asAnother(n: number): (message: Message) => void {
  return (message) => {
    message.id += n;
  };
}

function asOfNow(message: Message): void {
  message.timestamp = "1999999999";
}

type Sabotage = (body: string, n: number) => string | null;

test.each<readonly [string, string, Sabotage]>([
  ["a webhook that is lost", "stepped", (body, n) => (n % 50 === 0 ? null : body)],
  ["a message that comes twice as two", "stepped", (body, n) => changed(body, asAnother(n))],
  ["a late message that pretends to be new", "after the window", (body) => changed(body, asOfNow)],
])("%s is seen", async (_, words, sabotage) => {
  const { violations } = await soak({ conversations: 12, seed: SEED, rate: 0.15, sabotage });
  expect(violations.join("\n")).toContain(words);
});
