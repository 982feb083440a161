/**
 * What a test file imports as "vitest" during mutation testing: the same words, but a file is imported once, and each of its
 * tests is a function that can be run again for the next mutant. Every matcher but those of snapshots is Vitest's own.
 */
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { format } from "node:util";
import { runInNewContext } from "node:vm";
import { chai, expect } from "vitest";

/** The tests of the files that were imported, in their order. */
export const tests = [];
let file = "";
let groups = [];
let current;

/** Tests that are met from now on are those of this file. */
export function enter(path) {
  file = path;
  groups = [];
}

/** Runs a test; the error that it ends with, or nothing. */
export async function run(test) {
  current = { test, snapshots: 0 };
  try {
    await test.body();
    return undefined;
  } catch (error) {
    return error ?? new Error("failed");
  }
}

function declare(title, body) {
  const name = [...groups, title].join(" > ");
  const same = tests.filter((t) => t.file === file && t.name === name).length;
  tests.push({ id: `${file}#${name}${same > 0 ? ` (${same + 1})` : ""}`, name, file, body });
}

/** `%s` and its like as `util.format` writes them; what is no argument's stays. */
function titleOf(title, row) {
  const wanted = title.match(/%[sdifjoO]/g)?.length ?? 0;
  return wanted === 0 ? title : format(title, ...row.slice(0, wanted));
}

const eachOf =
  (one) =>
  (table) =>
  (title, ...rest) => {
    const body = rest.find((a) => typeof a === "function");
    for (const row of table) {
      const args = Array.isArray(row) ? row : [row];
      one(titleOf(title, args), () => body(...args));
    }
  };

export const test = (title, ...rest) =>
  declare(
    title,
    rest.find((a) => typeof a === "function"),
  );
test.each = eachOf(test);

export function describe(title, body) {
  groups.push(title);
  body();
  groups.pop();
}
describe.each = eachOf(describe);

const snapshots = new Map();

/** The file of snapshots beside a test file: a module that fills `exports` with the values as they are printed. */
function snapshotsOf(path) {
  if (!snapshots.has(path)) {
    const values = {};
    const text = readFileSync(join(dirname(path), "__snapshots__", `${basename(path)}.snap`), "utf8");
    runInNewContext(text, { exports: values });
    snapshots.set(path, values);
  }
  return snapshots.get(path);
}

const printed = (value) => (value.includes("\n") ? `\n"${value}"\n` : `"${value}"`);

/** Vitest's own matchers of snapshots need its worker. */
const matcher = (name, wanted) =>
  chai.util.addMethod(chai.Assertion.prototype, name, function compare(...args) {
    const received = chai.util.flag(this, "object");
    if (typeof received !== "string") throw new TypeError("only texts are compared with snapshots here");
    if (!wanted(received, ...args)) throw new Error("differs from the snapshot");
  });

matcher("toMatchSnapshot", (received) => {
  current.snapshots++;
  return printed(received) === snapshotsOf(current.test.file)[`${current.test.name} ${current.snapshots}`];
});
matcher("toMatchFileSnapshot", (received, name) => {
  return received === readFileSync(join(dirname(current.test.file), name), "utf8");
});

export { expect };
