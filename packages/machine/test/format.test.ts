import { createHash } from "node:crypto";
import { hashMachine, MACHINE_FORMAT, type Machine, MachineError, validateMachine } from "@parley/machine";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import schema from "../schema/machine.schema.json" with { type: "json" };
import { sha256 } from "../src/load/sha256.ts";
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
  [["asks", "order.size", "gatherMs"], 3],
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
  const json = JSON.stringify({ ...machine, hash: "" });
  expect(hash).toBe(createHash("sha256").update(json).digest("hex").slice(0, 16));
  expect(MACHINE_FORMAT).toBe(1);
});

test("SHA-256 is that of the standard, at all lengths around a block", () => {
  for (const length of [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 1_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => i % 251);
    expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
});
