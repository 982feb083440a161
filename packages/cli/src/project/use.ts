/** A bot for a command that works only on one without errors. */
import { human } from "../formats/human.ts";
import { paintFor } from "../report/colours.ts";
import { bugIn, type Compiled, compileProject, reportOn } from "./compile.ts";
import { loadProject } from "./load.ts";

/** Where there are errors they go to standard error, and there is nothing. */
export async function compileForUse(path: string | undefined): Promise<Compiled | undefined> {
  const compiled = compileProject(await loadProject(path, process.cwd()));
  const bug = bugIn([compiled]);
  if (!bug && !compiled.diagnostics.some((d) => d.severity === "error")) return compiled;
  const { stderr } = process;
  stderr.write(
    await human.write(reportOn([compiled]), { paint: paintFor(stderr), width: stderr.columns ?? 100, max: 20 }),
  );
  if (bug) throw bug;
  return undefined;
}
