import { existsSync } from "node:fs";
import { doingLines, runTests, suggestTests, explore as walk, whyNot } from "@parley/simulator";
import { EXIT, UsageError } from "../exit.ts";
import { EXPLORE_FORMATS } from "../explore/formats.ts";
import type { ExploreReport } from "../explore/report.ts";
import { inLayout } from "../record/write.ts";
import { writeText } from "../report/write.ts";
import { builtBot } from "../serve/built.ts";
import { testEnv } from "../serve/config.ts";
import type { Run } from "./command.ts";
import { count, outputsOf } from "./options.ts";

const HEAD = "// Written by `parley explore --write`: what no other test goes through.\n";
/** Enough for every example; some seconds. */
const STEPS = 60_000;

export const explore: Run = async ([path], options) => {
  const outputs = outputsOf(options.format ?? ["human"], EXPLORE_FORMATS);
  const steps = count(options.steps, "--steps", STEPS);
  const { write } = options;
  if (write !== undefined && existsSync(write)) throw new UsageError(`${write} is there already`);
  const built = await builtBot(path);
  if (!built) return EXIT.findings;
  const { machine, tests, project } = built;
  const env = testEnv(project.settings.env, process.env);
  const exploration = walk({ machine, env, steps });
  const tested = tests.length > 0 ? (await runTests({ machine, tests, env })).coverage : undefined;
  const suggestions = await suggestTests({ machine, env }, exploration, tested);
  const { items } = exploration.coverage;
  const reached = new Set(items.filter((item) => item.count > 0).map((item) => `${item.kind} ${item.id}`));
  const report: ExploreReport = {
    ...{ name: machine.name, exploration, suggestions },
    unreached: items
      .filter((item) => item.count === 0)
      .map((item) => ({ item, why: whyNot(machine, item, (one) => reached.has(one)) })),
    ...(tested ? { tested } : {}),
    ...(write === undefined ? {} : { written: write }),
    problems: exploration.problems.map(({ kind, message, path: way }) => ({
      ...{ kind, message },
      steps: way.flatMap((input) => (input.kind === "turnsPage" ? [] : doingLines(machine, input))),
    })),
  };
  for (const { format, file } of outputs) {
    const text = (await format())(report);
    if (file === undefined) process.stdout.write(text);
    else writeText(file, text);
  }
  if (write !== undefined && suggestions.tests.length > 0)
    writeText(write, inLayout(write, [HEAD, ...suggestions.tests.map(({ text }) => text)].join("\n")));
  return exploration.problems.length > 0 ? EXIT.findings : EXIT.clean;
};
