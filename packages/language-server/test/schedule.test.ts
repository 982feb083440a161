/** When a check runs, by a clock of the test. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSchedule, type Schedule } from "../src/schedule.ts";

const SLOW_MS = 100;
let checks = 0;
let schedule: Schedule;

beforeEach(() => {
  vi.useFakeTimers();
  checks = 0;
});
afterEach(() => void vi.useRealTimers());

function start(taking: number): void {
  const check = (): void => {
    checks++;
    vi.setSystemTime(Date.now() + taking);
  };
  schedule = createSchedule([check], () => Date.now());
  schedule.touch();
  vi.advanceTimersByTime(0);
}

test("changes that come together are checked once", () => {
  start(0);
  for (let i = 0; i < 5; i++) schedule.touch();
  vi.advanceTimersByTime(0);
  expect(checks).toBe(2);
});

test("a single change is checked at once, however long the check takes", () => {
  start(SLOW_MS);
  vi.advanceTimersByTime(SLOW_MS);
  schedule.touch();
  vi.advanceTimersByTime(0);
  expect(checks).toBe(2);
});

test("several that came in together wait for another one, for as long as the check took", () => {
  start(SLOW_MS);
  schedule.touch();
  schedule.touch();
  vi.advanceTimersByTime(SLOW_MS - 1);
  expect(checks).toBe(1);
  vi.advanceTimersByTime(1);
  expect(checks).toBe(2);
});

test("nothing is checked after the end", () => {
  start(0);
  schedule.touch();
  schedule.stop();
  vi.advanceTimersByTime(1_000);
  expect(checks).toBe(1);
});

test("between two steps there is room for what came in, and a change begins anew", () => {
  const told: string[] = [];
  const two = createSchedule([() => told.push("read"), () => told.push("judge")], () => Date.now());
  two.touch();
  vi.advanceTimersToNextTimer();
  expect(told).toEqual(["read"]);
  two.touch();
  vi.advanceTimersToNextTimer();
  vi.advanceTimersToNextTimer();
  expect(told).toEqual(["read", "read", "judge"]);
  expect(vi.getTimerCount()).toBe(0);
});
