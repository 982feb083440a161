/**
 * Builds generated projects in a process of its own, as the command line does: in vitest's module runner every use of an
 * import costs a getter. Prints, as JSON, the time of each build by size; sizes take turns, so that they share the noise.
 */
import { buildFiles, compile, DEFAULT_SETTINGS } from "../../packages/compiler/src/index.ts";
import { type GeneratedFile, generateProject } from "./generate-flow.ts";

export interface BuildTimes {
  readonly lines: number;
  /** In ms, of builds in order; the first ones warm up. */
  readonly ms: readonly number[];
}

const ROUNDS = 8;
const SIZES = [1000, 10_000, 100_000];

function build(files: readonly GeneratedFile[]): number {
  // Each time other objects, as after an edit: nothing can be remembered by identity.
  const sources = files.map(({ path, text }) => ({ path, text }));
  const start = performance.now();
  const { output, diagnostics } = compile({ settings: DEFAULT_SETTINGS, files: sources });
  if (!output) throw new Error(`nothing was built: ${diagnostics[0]?.code}`);
  const built = buildFiles(output);
  // A text made of pieces is put together when it is first read, as writing it does.
  for (const text of built.values()) Buffer.byteLength(text);
  const ms = performance.now() - start;
  if (built.size < 7) throw new Error("files are missing");
  return ms;
}

const projects = SIZES.map((size) => ({ files: generateProject(size, 1), ms: [] as number[] }));
for (let round = 0; round < ROUNDS; round++) {
  for (const { files, ms } of projects) ms.push(build(files));
}
const times: readonly BuildTimes[] = projects.map(({ files, ms }) => ({
  lines: files.reduce((sum, file) => sum + file.text.split("\n").length, 0),
  ms,
}));
process.stdout.write(JSON.stringify(times));
