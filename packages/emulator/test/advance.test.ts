import { describe, expect, test } from "vitest";
import { type Companion, RestlessError } from "../src/index.ts";
import { harness, START, text } from "./harness.ts";

/** A bot that sends a message at each of these times. */
function companionAt(times: number[], now: () => number, send: () => Promise<unknown>): Companion {
  return {
    nextDue: async () => times[0],
    settle: async () => {
      while (times[0] !== undefined && times[0] <= now()) {
        times.shift();
        await send();
      }
    },
  };
}

describe("advancing the clock", () => {
  test("steps through the due times of the bot that lives on it", async () => {
    const times = [START + 1000, START + 3_600_000, START + 7_200_001];
    const h: ReturnType<typeof harness> = harness({
      companion: companionAt(
        times,
        () => h.clock.now(),
        () => h.api(text(`at ${h.clock.now() - START}`)),
      ),
    });
    h.ana.says("hi");
    await h.emulator.advance(7_200_000);
    expect(h.ana.history.map((bubble) => [bubble.text, bubble.at - START])).toEqual([
      ["hi", 0],
      ["at 1000", 1000],
      ["at 3600000", 3_600_000],
    ]);
    expect(h.clock.now()).toBe(START + 7_200_000);
  });

  test("settling waits for answers to answers", async () => {
    let left = 3;
    const h: ReturnType<typeof harness> = harness({
      delays: { read: null },
      companion: {
        nextDue: async () => undefined,
        settle: async () => {
          if (h.statuses().length === 2 * (3 - left) && left > 0) {
            left -= 1;
            await h.api(text(`${left}`));
          }
        },
      },
    });
    h.ana.says("hi");
    await h.emulator.settle();
    expect(h.ana.history.map((bubble) => bubble.text)).toEqual(["hi", "2", "1", "0"]);
  });

  test("what stays due and is not done is an error, not a hang", async () => {
    const h = harness({ companion: { nextDue: async () => START, settle: async () => undefined } });
    await expect(h.emulator.advance(1000)).rejects.toThrow(RestlessError);
  });

  test("a bot and phones that answer each other without end are an error, not a hang", async () => {
    const h: ReturnType<typeof harness> = harness({
      rates: false,
      delays: { read: null },
      companion: {
        nextDue: async () => undefined,
        settle: async () => {
          await h.api(text("again"));
        },
      },
    });
    h.ana.says("hi");
    await expect(h.emulator.settle()).rejects.toThrow(RestlessError);
  });
});
