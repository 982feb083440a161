import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { foldersOfThisFile } from "./folders.ts";
import { ensureBuilt, parley } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
// Each test starts processes, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });
const files = foldersOfThisFile();

const flow = (ask: string): string => `flow order {
  on message -> start

  state start {
    ask buttons ${ask}: "Which one?" {
      option one "One"
      option two "Two"
    }
    -> end
  }
}
`;

function committed(): string {
  const folder = files({ "parley.yaml": "name: shop\n", "order.flow": flow("which") });
  const git = (...args: readonly string[]): void => {
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], { cwd: folder });
  };
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "First");
  return folder;
}

describe("plan", () => {
  test("compares a bot with what it was in a revision, and exits 1 where a place is gone", () => {
    const cwd = committed();
    expect(parley(["plan", "git:HEAD"], { cwd })).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("nothing changes"),
    });
    writeFileSync(join(cwd, "order.flow"), flow("what"));
    const { status, stdout } = parley(["plan", "git:HEAD"], { cwd });
    expect(stdout).toMatch(/^shop: \w{16} \(today\) to \w{16}\n {2}stranded {2}order\.start\.which \(ask\)\n/);
    expect(stdout).toContain("gone: if it has a new name, say there what it `was`");
    expect(stdout).toMatch(/1 of 1 place strands whoever is there\ncarried over to see: [1-9]\d* conversations\n$/);
    expect(status).toBe(1);
    writeFileSync(join(cwd, "order.flow"), flow("what was which"));
    const moved = parley(["plan", "git:HEAD"], { cwd });
    expect(moved).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("order.start.which -> order.start.what"),
    });
  });

  test("names the cases of an enum that are gone, once for all places that they strand", () => {
    const size = (cases: string) => `type Size = ${cases}
flow order {
  on message -> start
  var size: Size = Size.small
  state start {
    ask which: "Which?" { option a "A" after 1d -> end }
    ask sure: "Sure?" { option b "B" after 1d -> end }
    say "{size}"
    -> end
  }
}
`;
    const cwd = committed();
    writeFileSync(join(cwd, "order.flow"), size('small "S" | large "L"'));
    parley(["build", "-o", "old"], { cwd });
    writeFileSync(join(cwd, "order.flow"), size('small "S" | huge "H"'));
    const { status, stdout } = parley(["plan", "old"], { cwd });
    expect(stdout).toContain(`  stranded  order.start.which (ask)
            order.start.sure (ask)
              \`size\` may be Size.large, which is gone: if it has a new name, say there what it \`was\`
`);
    expect(stdout.match(/which is gone/g)).toHaveLength(1);
    expect(status).toBe(1);
  });

  test("compares builds, also as JSON", () => {
    const cwd = committed();
    parley(["build", "-o", "old"], { cwd });
    writeFileSync(join(cwd, "order.flow"), flow("what"));
    parley(["build", "-o", "new"], { cwd });
    const { status, stdout } = parley(["plan", "old", "new/machine.json", "--format", "json"], { cwd });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      name: "shop",
      places: [{ kind: "ask", at: "order.start.which", fate: "stranded", reasons: [{ kind: "gone" }] }],
    });
  });

  test("says what is wrong with what it was given", () => {
    const cwd = committed();
    expect(parley(["plan", "git:nowhere"], { cwd })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("git says"),
    });
    expect(parley(["plan", "there"], { cwd })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("does not exist"),
    });
    writeFileSync(join(cwd, "none.json"), "{}");
    expect(parley(["plan", "none.json"], { cwd })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("no machine"),
    });
    writeFileSync(join(cwd, "store.jsonl"), "{}\n");
    const cut = parley(["plan", "git:HEAD", "--sessions", "store.jsonl"], { cwd });
    expect(cut).toMatchObject({ status: 2, stderr: expect.stringContaining("no export of a store") });
  });
});
