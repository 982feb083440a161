import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { planMoves } from "@parley/runtime";
import { EXIT, UsageError } from "../exit.ts";
import { PLAN_FORMATS } from "../plan/formats.ts";
import { machineAt } from "../plan/machines.ts";
import { provePlan } from "../plan/prove.ts";
import { lostCasesOf, strands } from "../plan/report.ts";
import { countSessions } from "../plan/sessions.ts";
import { kindOf } from "../project/files.ts";
import { writeText } from "../report/write.ts";
import type { Run } from "./command.ts";
import { outputsOf } from "./options.ts";

export const plan: Run = async ([older, newer = ".", ...rest], options) => {
  if (older === undefined || rest.length > 0)
    throw new UsageError("parley plan takes what runs today, and what is to run");
  const outputs = outputsOf(options.format ?? ["human"], PLAN_FORMATS);
  const { sessions: file } = options;
  if (file !== undefined && kindOf(file) !== "file") throw new UsageError(`${file} is no file`);
  const from = await machineAt(older, newer);
  const to = from && (await machineAt(newer, newer));
  if (!from || !to) return EXIT.findings;
  const lines =
    file === undefined ? undefined : createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  const sessions = lines && (await countSessions(lines, from, to, file ?? ""));
  const moves = planMoves(from, to);
  const carried = provePlan(moves, from, to);
  const lostCases = lostCasesOf(from, to);
  const report = { name: to.name, ...moves, lostCases, carried, ...(sessions ? { sessions } : {}) };
  for (const { format, file: out } of outputs) {
    const text = (await format())(report);
    if (out === undefined) process.stdout.write(text);
    else writeText(out, text);
  }
  return strands(report) ? EXIT.findings : EXIT.clean;
};
