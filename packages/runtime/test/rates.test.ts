import { describe, expect, test } from "vitest";
import { createRates } from "../src/outbox/rates.ts";

const NOW = 1_800_000_000_000;

describe("of a pair", () => {
  test("45 go at once, then one in 6 seconds; other contacts do not wait", () => {
    const rates = createRates(1_000, NOW);
    for (let n = 0; n < 45; n++) expect(rates.take("ana", NOW)).toBe(0);
    expect(rates.take("ana", NOW)).toBe(NOW + 6_000);
    expect(rates.take("ben", NOW)).toBe(0);
    expect(rates.take("ana", NOW + 5_999)).toBe(NOW + 6_000);
    expect(rates.take("ana", NOW + 6_000)).toBe(0);
    expect(rates.take("ana", NOW + 6_000)).toBe(NOW + 12_000);
  });

  test("a burst is paid back: 20 at once cost the next 2 minutes", () => {
    const rates = createRates(1_000, NOW);
    for (let n = 0; n < 20; n++) rates.take("ana", NOW);
    const later = NOW + 120_000;
    let went = 0;
    while (rates.take("ana", later) === 0) went += 1;
    expect(went).toBe(45);
  });

  test("after a refusal the burst is gone, but for the one that was refused", () => {
    const rates = createRates(1_000, NOW);
    expect(rates.take("ana", NOW)).toBe(0);
    rates.refused("pair", "ana", NOW);
    expect(rates.take("ana", NOW + 1_000)).toBe(0);
    expect(rates.take("ana", NOW + 1_000)).toBeGreaterThan(NOW + 1_000);
  });

  test("what an earlier process sent counts", () => {
    const rates = createRates(1_000, NOW);
    rates.remember(Array.from({ length: 45 }, () => ({ contact: "ana", at: NOW - 3_000 })));
    expect(rates.take("ana", NOW)).toBe(NOW + 3_000);
  });
});

describe("of the number", () => {
  test("so many in a second, what comes in counted", () => {
    const rates = createRates(10, NOW);
    for (let n = 0; n < 4; n++) rates.heard(NOW);
    expect(rates.room(NOW)).toBe(6);
    for (let n = 0; n < 6; n++) expect(rates.take(`contact ${n}`, NOW)).toBe(0);
    expect(rates.room(NOW)).toBe(0);
    expect(rates.roomAt(NOW)).toBe(NOW + 100);
    expect(rates.room(NOW + 100)).toBe(1);
    expect(rates.room(NOW + 60_000)).toBe(10);
  });

  test("a refusal halves it, and it comes back by a tenth in each 10 seconds", () => {
    const rates = createRates(80, NOW);
    rates.refused("number", "ana", NOW);
    expect(rates.room(NOW)).toBe(0);
    expect(rates.room(NOW + 1_000)).toBe(40);
    for (let n = 0; n < 40; n++) rates.take(`contact ${n}`, NOW + 1_000);
    expect(rates.room(NOW + 1_500)).toBe(20);
    rates.refused("number", "ana", NOW + 1_500);
    expect(rates.room(NOW + 2_500)).toBe(20);
    for (let n = 0; n < 20; n++) rates.take(`other ${n}`, NOW + 61_500);
    expect(rates.room(NOW + 61_500)).toBe(60);
  });

  test("however often it is refused, it stays alive, and the inflow alone does not stop it", () => {
    const rates = createRates(80, NOW);
    for (let n = 0; n < 50; n++) rates.refused("number", "ana", NOW);
    for (let n = 0; n < 500; n++) rates.heard(NOW);
    expect(rates.room(NOW + 2_000)).toBe(1);
  });

  test("processes share it, as many as are alive", () => {
    let alive = 1;
    const rates = createRates(80, NOW, () => alive);
    expect(rates.room(NOW)).toBe(80);
    alive = 4;
    expect(rates.room(NOW)).toBe(20);
    for (let n = 0; n < 20; n++) rates.take(`contact ${n}`, NOW);
    expect(rates.room(NOW + 500)).toBe(10);
    rates.refused("number", "ana", NOW + 500);
    expect(rates.room(NOW + 1_500)).toBe(10);
    alive = 200;
    expect(rates.room(NOW + 60_000)).toBe(1);
  });

  test("who comes to others begins with nothing: what they send in this second it does not know", () => {
    const rates = createRates(80, NOW, () => 2);
    rates.remember([]);
    expect(rates.room(NOW)).toBe(0);
    expect(rates.room(NOW + 1_000)).toBe(40);
  });
});
