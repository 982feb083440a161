import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { foldersOfThisFile } from "./folders.ts";
import { endAll, ensureBuilt, start } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
// Each test starts processes, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });
afterAll(endAll);
const files = foldersOfThisFile();

const GOOD = 'flow a {\n  on message -> start\n  state start {\n    say "Hi"\n    -> end\n  }\n}\n';
const BAD = GOOD.replace("-> end", "-> endd");
const READY = "watching for changes, Ctrl-C ends";

describe("check --watch", () => {
  test("checks again after each change that counts, and ends with 130", async () => {
    const dir = files({
      "parley.yaml": "name: x\nlint: { P5006: off, P9001: off }\n",
      "flows/a.flow": GOOD,
      "notes.md": "",
    });
    const run = start(["check", "--watch"], { cwd: dir });
    const rounds = (n: number): Promise<unknown> => run.until(new RegExp(`(?:[^]*${READY}){${n}}`));
    await rounds(1);
    expect(run.output()).toContain("no errors in 1 file\n");

    writeFileSync(join(dir, "flows/a.flow"), BAD);
    await rounds(2);
    expect(run.output()).toContain("error[P2001]");
    expect(run.output()).toContain("1 error in 1 file\n");

    // The findings stay until they are repaired: what changes nothing brings no new round.
    writeFileSync(join(dir, "notes.md"), "more");
    writeFileSync(join(dir, "flows/a.flow"), BAD);
    mkdirSync(join(dir, "flows/deep"));
    writeFileSync(join(dir, "flows/b.flow"), "type Size = small | large\n");
    await rounds(3);
    expect(run.output()).toContain("1 error in 2 files\n");

    writeFileSync(join(dir, "flows/a.flow"), GOOD);
    await run.until(/no errors in 2 files/);
    rmSync(join(dir, "flows/b.flow"));
    await rounds(5);
    writeFileSync(join(dir, "parley.yaml"), "name: x\ntimezon: UTC\n");
    await run.until(/P8001/);
    writeFileSync(join(dir, "parley.yaml"), "name: x\nflows: [none/**]\n");
    await run.until(/error: no file matches `flows` of parley\.yaml/);

    expect(run.output()).not.toContain("\u001b[");
    run.child.kill("SIGINT");
    expect(await run.ended).toBe(130);
  });

  test("of one file does not look at its neighbours, and writes formats anew", async () => {
    const dir = files({ "a.flow": GOOD, "b.flow": BAD });
    const run = start(["check", "a.flow", "--watch", "--format", "human", "--format", "json=out.json"], { cwd: dir });
    await run.until(new RegExp(READY));
    writeFileSync(join(dir, "a.flow"), BAD);
    await run.until(new RegExp(`1 error in 1 file\n[^]*${READY}`));
    expect(JSON.parse(readFileSync(join(dir, "out.json"), "utf8"))).toMatchObject({ summary: { errors: 1, files: 1 } });
    run.child.kill("SIGINT");
    expect(await run.ended).toBe(130);
    expect(run.output().split(READY)).toHaveLength(3);
  });

  test("of what is not there ends with 2", async () => {
    const run = start(["check", "none", "--watch"], { cwd: files({}) });
    expect(await run.ended).toBe(2);
  });
});
