/**
 * Edits one file after the other of a project, in a process of its own (with `--expose-gc`). Takes the name of the project,
 * prints the times as JSON, in ms.
 */
import { createWorkspace, DEFAULT_SETTINGS } from "../../packages/compiler/src/index.ts";
import { type GeneratedFile, generateProject } from "./generate-flow.ts";

export interface RecheckTimes {
  readonly files: number;
  readonly lines: number;
  readonly first: number;
  /** By what was changed. */
  readonly edits: Readonly<Record<string, readonly number[]>>;
  /** At the end, after garbage collection, in bytes. */
  readonly heap: number;
  readonly rss: number;
}

/** A file that the edits of actions are about, beside what is generated. */
const ORDERS: GeneratedFile = {
  path: "orders.flow",
  text: [
    "action book(count: number) -> text(20)",
    '  POST "https://example.org/orders"',
    "  body { count: count }",
    "flow orders {",
    '  on text "orders" -> start',
    "  state start {",
    "    let number = book(1) else -> end",
    '    say "It is {number}"',
    "    -> end",
    "  }",
    "}",
  ].join("\n"),
};

const PROJECTS: Readonly<Record<string, () => readonly GeneratedFile[]>> = {
  /** About 1,000 files of 86 lines. */
  usual: () => generateProject(100_000, 1, { statesPerFlow: 5, flowsPerFile: 1 }),
  /** 1,000 files of about ten lines. */
  small: () => Array.from({ length: 1000 }, (_, i) => ({ path: `small/part-${i}.flow`, text: smallFlow(i) })),
  /** One of the files has 10,000 lines, and it is the one that is edited. */
  large: () => [
    ...generateProject(10_000, 1).map(({ text }) => ({ path: "large.flow", text: text.replaceAll("part_", "long_") })),
    ...generateProject(90_000, 2, { statesPerFlow: 5, flowsPerFile: 1 }).map(({ path, text }) => ({
      path,
      // Two flows cannot both answer the same words.
      text: text
        .replace("  on message -> s0\n", "")
        .replace('"menu", "start again"', '"more"')
        .replace('"stop"', '"halt"'),
    })),
  ],
};

function smallFlow(i: number): string {
  const next = i + 1 < 1000 ? `part_${i + 1}()` : "end";
  const lines = [`flow part_${i} {`, ...(i === 0 ? ["  on message -> s"] : []), "  state s {"];
  lines.push(`    say "Hello ${i}"`, '    ask "Go on?" {', `      option yes "Yes" -> ${next}`);
  return [...lines, '      option no "No" -> end', "      after 20h -> end", "    }", "  }", "}", ""].join("\n");
}

const WARM = 20;
const name = process.argv[2] ?? "usual";
const generated = PROJECTS[name]?.() ?? [];
const files = [...generated, ORDERS];
const workspace = createWorkspace({ ...DEFAULT_SETTINGS, lone: true });
for (const { path, text } of files) workspace.update(path, text);

function check(): number {
  const start = performance.now();
  const [found] = workspace.compilation().diagnostics;
  const time = performance.now() - start;
  if (found) throw new Error(`the project has findings: ${JSON.stringify(found.args)} in ${found.span.source.path}`);
  return time;
}

function edits(count: number, edit: (i: number) => void): readonly number[] {
  const times: number[] = [];
  for (let i = 0; i < count + WARM; i++) {
    edit(i);
    times.push(check());
  }
  return times.slice(WARM);
}

/** Another file each time; in the project of a large one always that. */
function inFlow(change: (text: string, i: number) => string): (i: number) => void {
  return (i) => {
    const file = name === "large" ? generated[0] : generated[(i * 37) % generated.length];
    if (file) workspace.update(file.path, change(file.text, i));
  };
}

/** In sections there is room for one more. */
const FIRST_OPTION = name === "small" ? /^( *option )/m : /^( {8,}option )/m;
const beforeAsk = (i: number): string => `    say "Edit ${i}"\n    ask `;
const first = check();
const times: Readonly<Record<string, readonly number[]>> = {
  text: edits(
    200,
    inFlow((text, i) => text.replace("Hello", `Hello ${i}`)),
  ),
  statement: edits(
    200,
    inFlow((text, i) => text.replace("    ask ", beforeAsk(i))),
  ),
  option: edits(
    100,
    inFlow((text, i) => text.replace(FIRST_OPTION, `      option more "More ${i % 10}" -> end\n$1`)),
  ),
  action: edits(50, (i) => workspace.update(ORDERS.path, ORDERS.text.replaceAll("book(", `book_${i}(`))),
  file: edits(50, (i) =>
    workspace.update(
      `new/part-${i}.flow`,
      smallFlow(0).replace("part_0 ", `new_${i} `).replace("on message", `on text "new ${i}"`),
    ),
  ),
};
(globalThis as { gc?: () => void }).gc?.();
const { heapUsed, rss } = process.memoryUsage();
const lines = files.reduce((sum, { text }) => sum + text.split("\n").length, 0);
const printed: RecheckTimes = { files: files.length, lines, first, edits: times, heap: heapUsed, rss };
process.stdout.write(JSON.stringify(printed));
