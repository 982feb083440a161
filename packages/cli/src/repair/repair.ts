/** `check --fix`: applies fixes round by round until there is nothing more to apply. */
import { join } from "node:path";
import { plural } from "../formats/plural.ts";
import { askedOf, bugIn, type Compiled, compileProject } from "../project/compile.ts";
import type { Project } from "../project/load.ts";
import { applyEdits, chosen, planFixes } from "./plan.ts";
import { replaceText } from "./replace.ts";

/** One fix can make room for another one; more rounds than this come from two that undo each other. */
const MAX_ROUNDS = 10;

export interface Repaired {
  /** As the files are now. */
  readonly compiled: readonly Compiled[];
  /** What was done and what was not, for people. */
  readonly notes: readonly string[];
}

/** Reads, mends and writes files. `load` reads them anew. */
export async function repair(load: () => Promise<readonly Project[]>, unsafe: boolean): Promise<Repaired> {
  const written = new Set<string>();
  let count = 0;
  for (let round = 1; ; round++) {
    const compiled = (await load()).map(compileProject);
    const bug = bugIn(compiled);
    if (bug) throw bug;
    const repaired = round > MAX_ROUNDS ? 0 : writeRound(compiled, unsafe, written);
    count += repaired;
    if (repaired === 0) return { compiled, notes: notesOn(compiled, count, written.size, unsafe) };
  }
}

/** Gives how many findings a fix was written for. */
function writeRound(compiled: readonly Compiled[], unsafe: boolean, written: Set<string>): number {
  let count = 0;
  for (const one of compiled) {
    const plan = planFixes(askedOf(one), unsafe);
    count += plan.count;
    for (const [source, edits] of plan.edits) {
      const { dir, show } = one.project;
      const path = join(dir, source.path);
      replaceText(path, source.text, applyEdits(source, edits), show(source.path));
      written.add(path);
    }
  }
  return count;
}

function notesOn(compiled: readonly Compiled[], count: number, files: number, unsafe: boolean): readonly string[] {
  const left = compiled.flatMap(askedOf);
  const can = left.filter((d) => chosen(d.fixes, unsafe)).length;
  const could = left.filter((d) => chosen(d.fixes, true)).length - can;
  const done =
    count === 0 ? "nothing was repaired" : `repaired ${plural(count, "finding")} in ${plural(files, "file")}`;
  return [
    done,
    ...(can > 0 ? [`stopped after ${MAX_ROUNDS} rounds: fixes undo each other, mend the rest by hand`] : []),
    ...(could > 0 ? [`--unsafe-fixes repairs ${could} more, but may change what the bot does`] : []),
  ];
}
