/**
 * Breaks the runtime by hand, one promise at a time, and demands that its tests see each break: `mutants.mjs [--trust] [name …]`.
 * `--trust` does not look first whether the tests pass without a mutant.
 * A mutant is tried on the simulation first, then on the package's tests, then on the crash loops. Works on a copy; ends
 * with 1 where a mutant lives, or no longer applies.
 */
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** `file` of packages/runtime/src; each pair of `edits` must be found. `by`: the suite that is tried first. */
const MUTANTS = [
  {
    name: "answers 200 before the commit",
    file: "webhook/handler.ts",
    edits: [["await queue.push(", "void queue.push("]],
    by: "tests",
  },
  {
    name: "forgets what it has taken",
    file: "stores/sqlite/ingest.ts",
    edits: [["arrival.dedupe !== undefined && !remember(", "arrival.dedupe === 'never' && !remember("]],
  },
  {
    name: "takes a message again where a key is known, and only says that it is a duplicate",
    file: "stores/sqlite/ingest.ts",
    edits: [
      [
        /if \((arrival\.dedupe !== undefined && !remember\(.*\))\) return \{ kind: "duplicate" \};/,
        "const known = $1;",
      ],
      [
        /return (decide\(work, index, load\(.*\)\));/,
        'const outcome = $1;\n  return known ? { kind: "duplicate" } : outcome;',
      ],
    ],
  },
  {
    name: "remembers what it has taken for one day",
    file: "engine/pump.ts",
    edits: [["dedupe: now - DEDUPE_MS", "dedupe: now - DEDUPE_MS / 8"]],
  },
  {
    name: "files messages that are a day old",
    file: "webhook/message.ts",
    edits: [["timestampMs < now - DEDUPE_MS", "timestampMs < now - DEDUPE_MS / 8"]],
  },
  {
    name: "settles an attempt with the answer to another one",
    file: "outbox/settle.ts",
    edits: [["loaded.send && loaded.send.attempt === row.attempt", "loaded.send"]],
    by: "tests",
  },
  {
    name: "fires a timer that was set anew since",
    file: "timers/due.ts",
    edits: [["found && found.armed === timer.armed && found.due === timer.due", "found || !found"]],
    by: "tests",
  },
  {
    name: "keeps a timer that has fired",
    file: "timers/due.ts",
    edits: [['writes: [{ kind: "dropTimer", timer: key }], event', "writes: [], event"]],
    by: "tests",
  },
  {
    name: "lists timers a minute early",
    file: "stores/sqlite/claim.ts",
    edits: [["due IS NOT NULL AND due <= ?1 AND", "due IS NOT NULL AND due <= ?1 + 60000 AND"]],
  },
  {
    name: "leaves half of what a poisoned event did",
    file: "stores/sqlite/connection.ts",
    edits: [['run("ROLLBACK TO arrival");', ""]],
    by: "tests",
  },
  {
    name: "reads the first message of a webhook only",
    file: "webhook/items.ts",
    edits: [["items.flatMap(", "items.slice(0, 1).flatMap("]],
  },
  {
    name: "takes the messages of a transaction backwards",
    file: "engine/queue.ts",
    edits: [
      [
        '...batch.filter(({ job }) => job.what !== "timer"),',
        '...batch.filter(({ job }) => job.what !== "timer").toReversed(),',
      ],
    ],
  },
  {
    name: "settles no doubt by the callback data of a status",
    file: "outbox/statuses.ts",
    edits: [["...(callback ? { send: callback.send } : {})", ""]],
  },
  {
    name: "lets a status go back",
    file: "outbox/statuses.ts",
    edits: [["RANK[to] <= RANK[row.state]", "RANK[to] < 0"]],
  },
  {
    name: "sends again at once what a dead process had in flight",
    file: "stores/sqlite/store.ts",
    edits: [["ELSE ?1 END, state = 'doubt' WHERE", "ELSE ?1 END, state = 'ready' WHERE"]],
  },
  {
    name: "repeats marketing that is in doubt",
    file: "outbox/settle.ts",
    edits: [['send.policy === "atMostOnce"', "send.policy !== send.policy"]],
  },
  {
    name: "sends a contact's messages in any order",
    file: "stores/sqlite/claim.ts",
    edits: [[/s\.due <= \? AND \$\{IS_HEAD\}/, "s.due <= ?"]],
  },
  {
    name: "does not look at the window",
    file: "stores/rules.ts",
    edits: [["now < lastUserAt + windowMs", "now < Number.MAX_SAFE_INTEGER"]],
  },
  {
    name: "drops messages that came while an action ran",
    file: "turn/perform.ts",
    edits: [["stepHeld(core, draft, held);", ""]],
  },
  {
    name: "does not hold messages while an action runs",
    file: "turn/perform.ts",
    edits: [
      [
        'body.kind === "message" && actionRuns(draft.snapshot)',
        'body.kind === "release" && actionRuns(draft.snapshot)',
      ],
    ],
  },
  {
    name: "repeats an action that runs once",
    file: "stores/sqlite/store.ts",
    edits: [["CASE once WHEN 1 THEN 'lost' ELSE 'ready' END", "'ready'"]],
  },
  {
    name: "keeps an action whose result was stepped",
    file: "actions/run.ts",
    edits: [['writes: [{ kind: "dropAction", action: row.id }]', "writes: []"]],
  },
  {
    name: "counts time-outs from the commit",
    file: "turn/effects.ts",
    edits: [['from === "accepted" && turn.lastMessage >= 0', "turn.lastMessage < -1"]],
    by: "tests",
  },
  {
    name: "moves a conversation wherever it stands",
    file: "turn/machines.ts",
    edits: [[/const moved = moveSnapshot\([^;]*;/, "const moved = snapshot;"]],
  },
  {
    name: "forgets the machines that conversations stand on",
    file: "stores/sqlite/store.ts",
    edits: [[/"DELETE FROM machine WHERE hash <> \? AND [^"]*"/, '"DELETE FROM machine WHERE hash <> ?"']],
    by: "tests",
  },
  {
    name: "answers 200 where the store fails",
    file: "webhook/handler.ts",
    edits: [[/(a webhook could not be taken"\);\s*return )busy\(\)/, "$1answer(200)"]],
    by: "tests",
  },
  {
    name: "takes what nobody signed",
    file: "webhook/handler.ts",
    edits: [["if (!(await webhook.verify(", "if (body.length < 0 && !(await webhook.verify("]],
    by: "tests",
  },
  {
    name: "does not wait for the disk",
    file: "stores/sqlite/connection.ts",
    edits: [["synchronous = FULL", "synchronous = NORMAL"]],
    by: "loops",
  },
];

const SEEDS = 6;
/** One after another: two would take the cores from each other's time-outs. */
const SUITES = {
  simulation: (kind) => [
    "--conditions=@parley/source",
    "packages/runtime/test/simulation/soak.ts",
    "1",
    String(SEEDS),
    kind,
    "120",
  ],
  tests: () => [
    "node_modules/vitest/vitest.mjs",
    "run",
    "packages/runtime/test",
    "--bail=1",
    "--exclude=**/crash/**",
    "--exclude=**/simulation/**",
    "--exclude=**/postgres*",
    "--exclude=**/*docs*",
  ],
  loops: () => ["node_modules/vitest/vitest.mjs", "run", "packages/runtime/test/crash/loops.test.ts", "--bail=1"],
};
/** A suite that takes so many times as long as without a mutant never ends. */
const PATIENCE = 6;
const LEAST_MS = 60_000;
/** The loops are not tried without a mutant. */
const LOOPS_MS = 300_000;

/** The workspace's sources beside links to what is installed. */
function copyWorkspace() {
  const copy = mkdtempSync(join(tmpdir(), "parley-mutants-"));
  for (const name of ["package.json", "vitest.config.ts", "tsconfig.base.json"]) cpSync(name, join(copy, name));
  for (const name of ["examples", "docs"]) cpSync(name, join(copy, name), { recursive: true });
  mkdirSync(join(copy, "node_modules/@parley"), { recursive: true });
  for (const name of readdirSync("node_modules"))
    if (name !== "@parley") symlinkSync(join(process.cwd(), "node_modules", name), join(copy, "node_modules", name));
  for (const name of readdirSync("packages")) {
    const skip = /\/(?:dist|node_modules\/(?!@parley))/;
    cpSync(join("packages", name), join(copy, "packages", name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !skip.test(path.slice("packages/".length)),
    });
    symlinkSync(join(copy, "packages", name), join(copy, "node_modules/@parley", name));
    linkInstalled(name, copy);
  }
  return copy;
}

function linkInstalled(name, copy) {
  const from = join("packages", name, "node_modules");
  if (!existsSync(from)) return;
  const to = join(copy, from);
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from))
    if (entry !== "@parley" && !existsSync(join(to, entry)))
      symlinkSync(join(process.cwd(), from, entry), join(to, entry));
}

function mutated(text, edits) {
  let out = text;
  for (const [from, to] of edits) {
    const next = out.replace(from, typeof from === "string" ? () => to : to);
    if (next === out) return undefined;
    out = next;
  }
  return out;
}

/** Undefined where the suite passed. */
async function failureOf(copy, args, longestMs) {
  const env = { ...process.env, PARLEY_KEEP_SEEDS: "no", PARLEY_SEED: "1", PARLEY_POWER_CUTS: "3", PARLEY_KILLS: "3" };
  const child = spawn(process.execPath, args, { cwd: copy, stdio: "ignore", env });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, longestMs);
  const code = await new Promise((resolve) => child.once("exit", resolve));
  clearTimeout(timer);
  if (late) return "never ended";
  return code === 0 ? undefined : "failed";
}

async function killer(copy, { by = "simulation", file }) {
  const order = [by, "simulation", "tests", "loops"].filter((name, index, all) => all.indexOf(name) === index);
  const kind = file?.startsWith("stores/memory") ? "memory" : "sqlite";
  for (const name of order) {
    const failure = await failureOf(copy, SUITES[name](kind), budgets[name]);
    if (failure) return `${name} ${failure}`;
  }
  return undefined;
}

const wanted = process.argv.slice(2).filter((word) => word !== "--trust");
const trusted = process.argv.includes("--trust");
const copy = copyWorkspace();
/** How long each suite may take with a mutant, ms. */
const budgets = { simulation: LEAST_MS * 3, tests: LEAST_MS * 5, loops: LOOPS_MS };
const killed = [];
const bad = [];
try {
  // A suite that fails without a mutant kills everything.
  for (const name of trusted ? [] : ["simulation", "tests"]) {
    const began = performance.now();
    const failure = await failureOf(copy, SUITES[name]("sqlite"), LEAST_MS * 10);
    if (failure) throw new Error(`without a mutant, the ${name} ${failure} already`);
    const took = performance.now() - began;
    budgets[name] = Math.max(LEAST_MS, PATIENCE * took);
    console.log(`${name} without a mutant: ${Math.round(took / 1000)} s`);
  }
  for (const mutant of MUTANTS) {
    if (wanted.length > 0 && !wanted.some((word) => mutant.name.includes(word))) continue;
    const path = join(copy, "packages/runtime/src", mutant.file);
    const original = readFileSync(path, "utf8");
    const text = mutated(original, mutant.edits);
    if (text === undefined) {
      bad.push(mutant.name);
      console.log(`GONE    ${mutant.name}: ${mutant.file} has nothing to break so`);
      continue;
    }
    writeFileSync(path, text);
    const began = performance.now();
    const by = await killer(copy, mutant);
    writeFileSync(path, original);
    (by ? killed : bad).push(mutant.name);
    console.log(
      `${by ? "killed" : "LIVES "}  ${mutant.name} (${by ?? "by nothing"}, ${Math.round((performance.now() - began) / 1000)} s)`,
    );
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${killed.length} of ${killed.length + bad.length} mutants were killed`);
for (const name of bad) console.log(`not killed: ${name}`);
process.exit(bad.length === 0 ? 0 : 1);
