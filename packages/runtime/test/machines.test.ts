import type { Conversation, Machine, Snapshot } from "@parley/machine";
import { expect, test } from "vitest";
import { createMachines } from "../src/turn/machines.ts";
import { machine } from "./support/fake-step.ts";
import { rig } from "./support/rig.ts";

const main = machine.flows["main"] ?? { params: [], vars: {}, lets: {}, triggers: [], states: {}, code: [] };

function version(hash: string, change: Partial<Machine> = {}): Machine {
  return { ...machine, hash, ...change };
}

function standing(conversation: Partial<Conversation> = {}): Snapshot {
  const wait = { kind: "wait", id: "main.start.wait", turn: 3, due: 0 } as const;
  return {
    v: 1,
    machine: machine.hash,
    turn: 3,
    locale: "en",
    contact: { id: "c", phone: null, name: null },
    profile: {},
    lastUserAt: null,
    reply: null,
    pending: {},
    conversation: {
      id: "abc123",
      frames: [{ flow: "main", at: "main.start.wait", vars: { size: "small" } }],
      wait,
      ...conversation,
    },
  };
}

function choose(newest: Machine, snapshot: Snapshot, keepOld = true) {
  const machines = createMachines(newest);
  if (keepOld) machines.add({ [machine.hash]: JSON.stringify(machine) });
  const { machine: chosen, snapshot: moved, lost } = machines.choose(snapshot);
  return { hash: chosen.hash, conversation: moved?.conversation ?? null, lost };
}

test("a conversation moves to the newest machine where it knows its places and variables", () => {
  const snapshot = standing();
  expect(choose(version("b"), snapshot)).toEqual({ hash: "b", conversation: snapshot.conversation, lost: undefined });
});

test("a hand-off that a person began stands nowhere, and moves with every machine", () => {
  const snapshot = standing({ frames: [], wait: { kind: "handoff", id: "", turn: 3, queue: "" } });
  const newest = version("b", { flows: { other: main } });
  expect(choose(newest, snapshot)).toEqual({ hash: "b", conversation: snapshot.conversation, lost: undefined });
});

test.each([
  ["its place is gone", { ...main, code: main.code.slice(0, 2) }],
  ["a variable that is set is gone", { ...main, vars: {} }],
  ["a variable has another type", { ...main, vars: { size: { type: { t: "number" } } } }],
] as const)("a conversation stays on its own machine where %s", (_why, flow) => {
  const snapshot = standing();
  expect(choose(version("b", { flows: { main: flow } }), snapshot)).toMatchObject({
    hash: machine.hash,
    conversation: snapshot.conversation,
  });
});

test("a conversation stays on its machine while an action runs", () => {
  const wait = { kind: "action", id: "main.start.pay", turn: 3 } as const;
  const snapshot = standing({ frames: [{ flow: "main", at: "main.start.pay", vars: {} }], wait });
  expect(choose(version("b"), snapshot).hash).toBe(machine.hash);
});

test("flows, states and variables are found under the names that they had", () => {
  const renamed = version("b", {
    flows: {
      order: {
        ...main,
        vars: { large: { type: { t: "text", max: 20 } } },
        code: [{ op: "wait", id: "order.begin.wait", time: 0, unit: "duration" }],
      },
    },
    was: {
      ...machine.was,
      flow: { main: "order" },
      state: { "main.begin": "order.begin", "main.start": "order.begin", "order.start": "order.begin" },
      var: { "main.size": "order.large", "order.size": "order.large" },
    },
  });
  expect(choose(renamed, standing())).toMatchObject({
    hash: "b",
    conversation: {
      frames: [{ flow: "order", at: "order.begin.wait", vars: { large: "small" } }],
      wait: { id: "order.begin.wait" },
    },
  });
});

test("what was interrupted must be known as well", () => {
  const frames = [{ flow: "gone", at: "gone.start", vars: {} }];
  const wait = { kind: "wait", id: "gone.start", turn: 1, due: 0 } as const;
  const snapshot = standing({ interrupted: { by: "message", frames, wait } });
  expect(choose(version("b"), snapshot).hash).toBe(machine.hash);
});

test("a conversation whose machine is not kept and whose place is gone is given up, its contact goes on", () => {
  const flows = { main: { ...main, code: [] } };
  expect(choose(version("b", { flows }), standing(), false)).toEqual({ hash: "b", conversation: null, lost: true });
});

test("a new version takes over between two events, and stored machines serve who stays", async () => {
  const first = rig();
  await first.says("ask");
  const gone = { ...main, code: main.code.slice(1) };
  const second = rig({
    store: first.store,
    clock: first.clock,
    api: first.api,
    machine: version("bbbbbbbbbbbbbbbb", { flows: { main: gone } }),
  });
  await second.says("hello", "m2");
  expect((await second.inspect())?.machine).toBe(machine.hash);
  const third = rig({
    store: first.store,
    clock: first.clock,
    api: first.api,
    machine: version("cccccccccccccccc"),
  });
  await third.says("hello", "m3");
  expect((await third.inspect())?.machine).toBe("cccccccccccccccc");
});
