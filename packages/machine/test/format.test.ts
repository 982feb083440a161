import { hashJson, hashMachine, MACHINE_FORMAT, type Machine, MachineError, validateMachine } from "@parley/machine";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import schema from "../schema/machine.schema.json" with { type: "json" };
import { orderMachine } from "./fixtures/order.ts";
import { doings, interruptible, oneAsk, threeAsks, windowed } from "./fixtures/small.ts";

const validate = new Ajv2020({ strict: false, allErrors: false }).compile(schema);

const MACHINES = {
  order: orderMachine(),
  one: oneAsk(),
  three: threeAsks(true),
  interruptible: interruptible("ask"),
  doings: doings(),
  windowed: windowed(true),
};

test.each(Object.entries(MACHINES))("the machine %s fits the schema and can be loaded", (_, machine) => {
  validate(JSON.parse(JSON.stringify(machine)));
  expect(validate.errors).toBeNull();
  validateMachine(machine);
});

/** A copy with the value at a path of keys replaced, or taken away. */
function broken(path: readonly (string | number)[], value?: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(orderMachine()));
  const last = path.at(-1) ?? "";
  const holder = path.slice(0, -1).reduce((of, key) => of[key], copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

const ORDER = ["flows", "order"] as const;

test.each([
  [["format"], 2],
  [["hash"], "xyz"],
  [["timezone"], undefined],
  [["surplus"], true],
  [["builtin", "more"], undefined],
  [[...ORDER, "code", 0, "op"], "fly"],
  [[...ORDER, "code", 0, "path"], ["slot"]],
  [
    [...ORDER, "code", 0, "value"],
    ["+", 1],
  ],
  [
    [...ORDER, "code", 0, "value"],
    ["power", 1, 2],
  ],
  [[...ORDER, "states"], {}],
  [["asks", "order.size", "prompt", "kind"], "carousel"],
  [["asks", "order.size", "gatherMs"], 0],
  [["asks", "order.count", "answer", "type", "t"], "integer"],
  [["texts", "order.size.body", "en"], "not a template"],
] as const)("the schema refuses %j = %j", (path, value) => {
  expect(validate(broken(path, value))).toBe(false);
});

test.each([
  [["format"], 2, "/format: this interpreter runs format 1, not 2"],
  [["flows"], undefined, "/flows: an object is wanted"],
  [["timezone"], "Mars/Base", "/timezone: the time zone Mars/Base is not known here"],
  [[...ORDER, "states", "size"], 999, "/flows/order/states/size: 999 is no place in the flow's code"],
  [[...ORDER, "triggers", 0, "state"], "nowhere", "/flows/order/triggers/0/state: there is no state nowhere"],
  [[...ORDER, "code", 0], { op: "fly" }, '/flows/order/code/0: there is no instruction "fly"'],
  [[...ORDER, "code", 1, "ask"], "toString", "/flows/order/code/1/ask: there is no ask toString"],
  [["messages", "order.welcome~1"], undefined, "/flows/order/code/2/message: there is no message order.welcome~1"],
  [["actions", "menu"], undefined, "/flows/order/code/4/action: there is no action menu"],
  [["texts", "order.size.body"], undefined, "/asks/order.size/prompt/body: there is no text order.size.body"],
  [["texts", "order.size.body", "en"], undefined, "/texts/order.size.body: the default locale's text is missing"],
  [["templates", "ready", "params"], {}, "/asks/order.ready/prompt/args: the template ready has 0 parameters, not 2"],
  [["asks", "order.size", "next"], -1, "/asks/order.size/next: -1 is no place in the flow's code"],
] as const)("loading refuses %j = %j", (path, value, message) => {
  const load = (): void => validateMachine(broken(path, value));
  expect(load).toThrow(MachineError);
  expect(load).toThrow(message);
});

test("what is no machine at all is refused", () => {
  for (const value of [null, 1, "x", []]) expect(() => validateMachine(value)).toThrow("a machine is a JSON object");
});

test("the hash is of everything but itself, and of the order of keys", () => {
  const machine = orderMachine();
  const hash = hashMachine(machine);
  expect(hashMachine({ ...machine, hash })).toBe(hash);
  expect(hashMachine({ ...machine, idleMs: 1 })).not.toBe(hash);
  const { order } = machine.flows;
  const states = Object.fromEntries(Object.entries(order?.states ?? {}).toReversed());
  const reversed = { ...machine, flows: { order: { ...order, states } } } as Machine;
  expect(hashMachine(reversed)).not.toBe(hash);
  expect(MACHINE_FORMAT).toBe(1);
});

test("texts that differ in a bit have hashes that differ in about half of theirs", () => {
  const text = JSON.stringify(orderMachine());
  const hash = hashJson(text);
  let bits = 0;
  for (let at = 0; at < text.length; at++) {
    const other = hashJson(text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1));
    expect(other).not.toBe(hash);
    bits += bitsThatDiffer(hash, other);
  }
  expect(Math.abs(bits / text.length - 32)).toBeLessThan(1);
});

test("no half of the hash repeats more often than chance has it", () => {
  const hashes = Array.from({ length: 50_000 }, (_, i) => hashJson(`{"hash":"","at":${i}}`));
  expect(new Set(hashes).size).toBe(hashes.length);
  // Of 50 000 numbers of 32 bits 0.3 pairs are equal.
  for (const half of [hashes.map((h) => h.slice(0, 8)), hashes.map((h) => h.slice(8))]) {
    expect(new Set(half).size).toBeGreaterThan(hashes.length - 5);
  }
});

test("the hash tells texts of zeros by their length", () => {
  const hashes = Array.from({ length: 100 }, (_, i) => hashJson("\0".repeat(i)));
  expect(new Set(hashes).size).toBe(100);
});

function bitsThatDiffer(a: string, b: string): number {
  const differing = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  return differing.toString(2).replaceAll("0", "").length;
}
