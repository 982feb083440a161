import { replayTrace, type TraceLine, tracesIn } from "@parley/simulator";
import { EXIT, UsageError } from "../exit.ts";
import { machineAt } from "../plan/machines.ts";
import { kindOf, readText } from "../project/files.ts";
import { REPLAY_FORMATS } from "../replay/formats.ts";
import { writeText } from "../report/write.ts";
import type { Run } from "./command.ts";
import { outputsOf } from "./options.ts";

export const replay: Run = async ([file = "", place = ".", ...rest], options) => {
  if (rest.length > 0) throw new UsageError("parley replay takes a trace, and the bot that is to be compared");
  const outputs = outputsOf(options.format ?? ["human"], REPLAY_FORMATS);
  if (kindOf(file) !== "file") throw new UsageError(`${file} is no file`);
  const lines = linesOf(file);
  const machine = await machineAt(place, place);
  if (!machine) return EXIT.findings;
  const report = { name: machine.name, ...replayTrace({ machine }, lines) };
  for (const { format, file: out } of outputs) {
    const text = (await format())(report);
    if (out === undefined) process.stdout.write(text);
    else writeText(out, text);
  }
  return report.differences.length > 0 ? EXIT.findings : EXIT.clean;
};

function linesOf(file: string): readonly TraceLine[] {
  try {
    return tracesIn(readText(file, file));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}
