/** Every `.flow` file of the project that the compiler reads without a complaint about its syntax. */
import { globSync, readFileSync } from "node:fs";
import { parse } from "../../../packages/compiler/src/syntax/parse.ts";

const FOLDERS = ["examples/*/**", "packages/*/test/**", "packages/cli/templates/**"];

/** It asks for what is no kind of ask, which a later phase reports. */
const NO_SENTENCES = "every-construct.flow";

export function flowFiles(): readonly string[] {
  const root = new URL("../../../", import.meta.url).pathname;
  const all = FOLDERS.flatMap((folder) => globSync(`${root}${folder}/*.flow`)).filter(
    (path) => !path.endsWith(NO_SENTENCES),
  );
  return [...new Set(all)].sort().filter((path) => {
    const { diagnostics } = parse({ path, text: readFileSync(path, "utf8") });
    return diagnostics.every(({ severity }) => severity !== "error");
  });
}
