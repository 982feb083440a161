/** The one question of `parley init`, asked where there is somebody to answer. */
import { createInterface } from "node:readline";
import { TEMPLATES } from "./templates.ts";

/** Gives the name of a template; `undefined` where the question was broken off. */
export function askTemplate(): Promise<string | undefined> {
  const reader = createInterface({ input: process.stdin, output: process.stderr, prompt: "Number or name [1]: " });
  const list = TEMPLATES.map(({ name, description }, i) => `  ${i + 1}  ${name.padEnd(8)} ${description}\n`);
  process.stderr.write(`Which template?\n${list.join("")}`);
  return new Promise((resolve) => {
    let chosen: string | undefined;
    reader.on("line", (line) => {
      chosen ??= templateOf(line.trim());
      if (chosen === undefined) reader.prompt();
      else reader.close();
    });
    reader.on("SIGINT", () => reader.close());
    reader.on("close", () => {
      if (chosen === undefined) process.stderr.write("\n");
      resolve(chosen);
    });
    reader.prompt();
  });
}

function templateOf(answer: string): string | undefined {
  const byNumber = TEMPLATES[answer === "" ? 0 : Number(answer) - 1];
  return (byNumber ?? TEMPLATES.find((t) => t.name === answer))?.name;
}
