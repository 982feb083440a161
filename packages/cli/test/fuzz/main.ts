/**
 * `npm run fuzz -- --minutes 10 --seed 1`: spoils projects and tries what must hold of any. Each case is a number; `--case N` runs one
 * again and shows its files. Ends with 1 if something was wrong.
 */
import { fork } from "node:child_process";
import { parseArgs } from "node:util";
import { createFuzzer, type Result } from "./cases.ts";

/** One case takes some milliseconds; one that takes this long does not end. */
const HANGS_AFTER_MS = 30_000;

type Told = { readonly seed: number } & Pick<Result, "wrong" | "compiled">;

/** A process of its own: it can be ended where a case does not end, and the command line works in a folder. */
function work(): void {
  const fuzzer = createFuzzer();
  const tell = (told: Told): void => void process.send?.(told);
  process.on("message", (seed: number) => {
    void fuzzer.run(seed).then(({ wrong, compiled }) => tell({ seed, wrong, compiled }));
  });
  process.on("disconnect", () => process.exit());
  tell({ seed: -1, wrong: [], compiled: false });
}

function showCase(seed: number): void {
  const fuzzer = createFuzzer();
  for (const [path, text] of Object.entries(fuzzer.files(seed))) process.stdout.write(`=== ${path}\n${text}\n`);
  void fuzzer.run(seed).then(({ wrong, compiled }) => {
    process.stdout.write(`=== ${compiled ? "compiles" : "does not compile"}\n${wrong.join("\n---\n")}\n`);
    process.exitCode = wrong.length > 0 ? 1 : 0;
  });
}

function search(minutes: number, first: number): void {
  const ends = Date.now() + minutes * 60_000;
  const count = { cases: 0, compiled: 0, wrong: 0 };
  let next = first;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const report = (seed: number, wrong: readonly string[]): void => {
    count.wrong++;
    process.stdout.write(`case ${seed}: ${wrong.join("\n---\n")}\n\n`);
  };
  const begin = (): void => {
    const worker = fork(import.meta.filename, ["--worker"], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let last = "";
    worker.stderr?.on("data", (data: Buffer) => {
      last = (last + data.toString()).slice(-3_000);
    });
    const again = (what: string): void => {
      clearTimeout(timer);
      report(next - 1, [what]);
      worker.removeAllListeners();
      worker.kill("SIGKILL");
      begin();
    };
    const turn = (): void => {
      clearTimeout(timer);
      if (Date.now() >= ends) {
        worker.removeAllListeners();
        worker.kill();
        process.stdout.write(
          `${count.cases} cases from ${first} on, ${count.compiled} compiled, ${count.wrong} wrong\n`,
        );
        process.exitCode = count.wrong > 0 ? 1 : 0;
        return;
      }
      timer = setTimeout(() => again("it does not end"), HANGS_AFTER_MS);
      worker.send(next++);
    };
    worker.on("message", ({ seed, compiled, wrong }: Told) => {
      if (seed >= 0) {
        count.cases++;
        if (compiled) count.compiled++;
        if (wrong.length > 0) report(seed, wrong);
      }
      turn();
    });
    worker.on("exit", () => again(`the process ends: ${last}`));
  };
  begin();
}

const { values } = parseArgs({
  options: {
    minutes: { type: "string" },
    seed: { type: "string" },
    case: { type: "string" },
    worker: { type: "boolean" },
  },
});
if (values.worker) work();
else if (values.case !== undefined) showCase(Number(values.case));
else search(Number(values.minutes ?? 1), Number(values.seed ?? 1));
