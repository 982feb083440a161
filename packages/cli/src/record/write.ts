/** Writes conversations as tests: each is held once more, on a clock that only moves when told, and expects what came. */
import { existsSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { format } from "@parley/compiler/format";
import type { Machine } from "@parley/machine";
import { holdConversation, type Recorded } from "@parley/simulator";
import { kindOf, PROJECT_FILE, reasonOf } from "../project/files.ts";
import type { Project } from "../project/load.ts";

export interface Recorder {
  readonly project: Pick<Project, "dir">;
  readonly machine: Machine;
  readonly env: Readonly<Record<string, string>>;
}

/** Why tests cannot be written there; undefined where they can. */
export function noTestFile(file: string): string | undefined {
  if (!file.endsWith(".flow")) return `a test stands in a .flow file: ${file}.test.flow`;
  return existsSync(file) ? `${file} is there already` : undefined;
}

/** One test for each phone. Gives what to say about it. */
export async function writeTests(file: string, recorded: readonly Recorded[], recorder: Recorder): Promise<string> {
  const wrong = noTestFile(file);
  if (wrong !== undefined) return wrong;
  if (recorded.length === 0) return "nothing was said yet";
  const { texts, notes } = await heldAgain(titleOf(file), recorded, recorder);
  if (texts.length === 0) return `a test cannot say this: ${notes.join("; ")}`;
  try {
    writeFileSync(file, inLayout(file, texts.join("\n")), { flag: "wx" });
  } catch (error) {
    return `${file} cannot be written: ${reasonOf(error)}`;
  }
  const next = isAlone(recorder.project)
    ? "put it into the flow's own file, or a parley.yaml beside both"
    : `parley test runs ${texts.length === 1 ? "it" : "them"}`;
  const what = texts.length === 1 ? "" : `, ${texts.length} tests`;
  return [`written to ${file}${what}: ${next}`, ...notes].join("\n");
}

async function heldAgain(
  name: string,
  recorded: readonly Recorded[],
  { machine, env }: Recorder,
): Promise<{ readonly texts: readonly string[]; readonly notes: readonly string[] }> {
  const titles = new Set<string>();
  const texts: string[] = [];
  const notes: string[] = [];
  for (const { contact, doings, unsaid } of recorded) {
    const title = unique(recorded.length === 1 ? name : `${name}: ${contact.name}`, titles);
    const held = await holdConversation({ machine, title, doings, env });
    if (held.text !== "") texts.push(held.text);
    const user = unsaid === undefined ? undefined : `${contact.name} ${unsaid}, which no test says`;
    const why = held.unsaid ?? user;
    if (why !== undefined) notes.push(`the test "${title}" ends before the conversation does: ${why}`);
  }
  return { texts, notes };
}

function titleOf(file: string): string {
  return basename(file).replace(/(?:\.test)?\.flow$/, "");
}

function unique(title: string, taken: Set<string>): string {
  let one = title;
  for (let n = 2; taken.has(one); n++) one = `${title} ${n}`;
  taken.add(one);
  return one;
}

/** As `parley fmt` writes it. */
export function inLayout(path: string, text: string): string {
  const formatted = format({ path, text });
  return formatted.kind === "formatted" ? formatted.text : text;
}

/** Without a project file a `.flow` file is a bot of its own, and a test in another file is not about it. */
function isAlone({ dir }: Pick<Project, "dir">): boolean {
  return kindOf(join(dir, PROJECT_FILE)) !== "file";
}
