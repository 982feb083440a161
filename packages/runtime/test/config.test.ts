import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { createBotWith } from "../src/bot.ts";
import { ConfigError } from "../src/errors.ts";
import { digest, sha256 } from "../src/hash.ts";
import { memoryStore } from "../src/stores/memory.ts";
import { fake, machine } from "./support/fake-step.ts";

const options = {
  machine,
  actions: { pay: () => "paid", charge: () => "charged" },
  store: memoryStore(),
  phoneNumberId: "1",
  token: "t",
  appSecrets: ["s"],
  verifyToken: "v",
};

const pay = (): string => "paid";

test.each([
  ["`charge` is declared in the flows", { actions: { pay } }],
  ["`pay`, `charge` are declared in the flows", { actions: {} }],
  ["`charge` is declared in the flows", { actions: { pay, charge: 7 } }],
  ["`token` is missing", { token: "" }],
  ["`phoneNumberId` is missing", { phoneNumberId: "" }],
  ["`appSecrets` is empty", { appSecrets: [] }],
  ["`appSecrets` is missing", { appSecrets: ["s", ""] }],
  ["the machine has format 2, this runtime reads 1", { machine: { ...machine, format: 2 as never } }],
])("a bot is not made where %s", (message, wrong) => {
  const make = () => createBotWith({ ...options, ...wrong }, fake);
  expect(make).toThrow(ConfigError);
  expect(make).toThrow(message);
});

test("a bot is made where nothing is missing", () => {
  expect(Object.keys(createBotWith(options, fake)).toSorted()).toEqual([
    "closed",
    "deadLetters",
    "fetch",
    "handle",
    "health",
    "inspect",
    "limits",
    "metrics",
    "nextDue",
    "olderVersions",
    "on",
    "redrive",
    "release",
    "send",
    "settle",
    "start",
    "status",
    "stop",
    "trigger",
    "upload",
  ]);
});

test("hashes are SHA-256", () => {
  for (let length = 0; length < 200; length += 1) {
    const text = "é".repeat(length % 7) + "x".repeat(length);
    expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
  }
  expect(digest(8, "a", "bc")).not.toBe(digest(8, "ab", "c"));
});
