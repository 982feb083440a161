/** The one question of `parley init`, asked where there is somebody to answer. */
import { createInterface } from "node:readline/promises";
import { TEMPLATES } from "./templates.ts";

/** Gives the name of a template; `undefined` where the question was broken off. */
export async function askTemplate(): Promise<string | undefined> {
  const broken = new AbortController();
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  reader.on("SIGINT", () => broken.abort());
  reader.on("close", () => broken.abort());
  const list = TEMPLATES.map(({ name, description }, i) => `  ${i + 1}  ${name.padEnd(8)} ${description}\n`);
  process.stderr.write(`Which template?\n${list.join("")}`);
  try {
    for (;;) {
      const answer = (await reader.question("Number or name [1]: ", { signal: broken.signal })).trim();
      const chosen =
        answer === "" ? TEMPLATES[0] : (TEMPLATES[Number(answer) - 1] ?? TEMPLATES.find((t) => t.name === answer));
      if (chosen) return chosen.name;
    }
  } catch (error) {
    if (!broken.signal.aborted) throw error;
    process.stderr.write("\n");
    return undefined;
  } finally {
    reader.close();
  }
}
