/** One case of the fuzzer: a number makes a spoiled project, and the same number the same one. */
import { compile } from "@parley/compiler";
import { corpus, type Files, inputOf, payloadsOf } from "./corpus.ts";
import { type Dice, diceOf } from "./dice.ts";
import { judge, traceOf, type Wrong, wrongImport, wrongStatus } from "./holds.ts";
import { mangled, mangledJson } from "./mangle.ts";

export interface Result {
  readonly wrong: Wrong;
  readonly files: Files;
  readonly compiled: boolean;
}

export interface Fuzzer {
  readonly run: (seed: number) => Promise<Result>;
  /** The project of a case, without trying it. */
  readonly files: (seed: number) => Files;
}

export function createFuzzer(): Fuzzer {
  const projects = corpus();
  const texts = projects.flatMap((files) => Object.values(files));
  const messages = projects.slice(0, 40).flatMap((files) => {
    const { output } = compile(inputOf(files));
    return output ? payloadsOf(output.files).map((text) => JSON.parse(text) as unknown) : [];
  });
  const files = (seed: number): Files => projectOf(diceOf(seed), projects, texts);
  return {
    files,
    run: async (seed) => {
      const dice = diceOf(seed + 0x5eed);
      const project = files(seed);
      try {
        const { wrong, compiled } = await judge(project, dice, 15);
        const more = [
          ...wrongImport(mangledJson(some(messages, dice), dice, dice.of([2, 10])), true),
          // The command line does much more work than the compiler.
          ...(dice.chance(10) ? await wrongStatus(project, dice) : []),
        ];
        return { wrong: [...wrong, ...more], files: project, compiled };
      } catch (error) {
        return { wrong: [traceOf(error)], files: project, compiled: false };
      }
    },
  };
}

function some<T>(list: readonly T[], dice: Dice): readonly T[] {
  return Array.from({ length: 1 + dice.below(3) }, () => dice.of(list));
}

/** Most often one project with one file spoiled, else parts of several. */
function projectOf(dice: Dice, projects: readonly Files[], texts: readonly string[]): Files {
  const base = dice.of(projects);
  const other = dice.of(projects);
  const mixed: Files = dice.chance(8) ? { ...other, ...base } : base;
  const paths = Object.keys(mixed);
  const chosen = dice.chance(70) ? [dice.of(paths)] : paths;
  const from = (): string => dice.of(dice.chance(50) ? Object.values(mixed) : texts);
  const files = Object.fromEntries(
    Object.entries(mixed).map(([path, text]) => [path, chosen.includes(path) ? mangled(text, dice, from()) : text]),
  );
  return files;
}
