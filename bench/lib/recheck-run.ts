/** Edits one file after the other of a project of 1,000 files, in a process of its own. Prints the times as JSON, in ms. */
import { createWorkspace, DEFAULT_SETTINGS } from "../../packages/compiler/src/index.ts";
import { generateProject } from "./generate-flow.ts";

export interface RecheckTimes {
  readonly files: number;
  readonly first: number;
  /** Of edits that change a text. */
  readonly text: readonly number[];
  /** Of edits that add a statement. */
  readonly statement: readonly number[];
}

const WARM = 20;
const files = generateProject(100_000, 1, { statesPerFlow: 5, flowsPerFile: 1 });
const workspace = createWorkspace(DEFAULT_SETTINGS);
for (const { path, text } of files) workspace.update(path, text);

function check(): number {
  const start = performance.now();
  if (workspace.compilation().diagnostics.length > 0) throw new Error("the generated project has findings");
  return performance.now() - start;
}

function edits(count: number, edit: (text: string, i: number) => string): readonly number[] {
  const times: number[] = [];
  for (let i = 0; i < count + WARM; i++) {
    const file = files[(i * 37) % files.length];
    if (!file) continue;
    workspace.update(file.path, edit(file.text, i));
    times.push(check());
  }
  return times.slice(WARM);
}

const times: RecheckTimes = {
  files: files.length,
  first: check(),
  text: edits(200, (text, i) => text.replace("Hello", `Hello ${i}`)),
  statement: edits(20, (text, i) => text.replace("    ask ", `    say "Edit ${i}"\n    ask `)),
};
process.stdout.write(JSON.stringify(times));
