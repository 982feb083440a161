/** A project of 1,000 files, one of them of 10,000 lines, and edits of that one, as somebody types. The same seed gives the same. */
import { type GeneratedFile, generateProject } from "./generate-flow.ts";

/** The file that is edited. */
export const LARGE = "large.flow";

/** In one line, from one character to another one. */
export interface LineEdit {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export function editingProject(files: number, lines: number): readonly GeneratedFile[] {
  const [large] = generateProject(lines, 1);
  const parts = Array.from({ length: files - 1 }, (_, i) => ({ path: `parts/small-${i}.flow`, text: smallFlow(i) }));
  return [{ path: LARGE, text: large?.text ?? "" }, ...parts];
}

function smallFlow(i: number): string {
  return `flow small_${i} {\n  on text "small ${i}" -> s\n  state s {\n    say "Hello ${i}"\n    -> end\n  }\n}\n`;
}

/** Each is of the text that the ones before it left. */
export function* typing(text: string, count: number, random: () => number): Generator<LineEdit> {
  const lines = text.split("\n");
  const apply = (edit: LineEdit): LineEdit => {
    const before = lines[edit.line] ?? "";
    const after = before.slice(0, edit.from) + edit.text + before.slice(edit.to);
    lines.splice(edit.line, 1, ...after.split("\n"));
    return edit;
  };
  let broken: LineEdit | undefined;
  for (let i = 0; i < count; i++) {
    if (broken) {
      yield apply(broken);
      broken = undefined;
      continue;
    }
    const kind = random();
    if (kind < 0.6) yield apply(letter(lines, random));
    else if (kind < 0.8) yield apply(deletion(lines, random));
    else if (kind < 0.9) {
      const line = anyLine(lines, random, / \{$/);
      const end = lines[line]?.length ?? 0;
      yield apply({ line, from: end - 1, to: end, text: "" });
      broken = { line, from: end - 1, to: end - 1, text: "{" };
    } else if (kind < 0.95) yield apply({ line: anyLine(lines, random, /^ {2}state /), from: 0, to: 0, text: "\n" });
    else {
      const state = `  state new_${i} {\n    say "New"\n    -> end\n  }\n`;
      yield apply({ line: anyLine(lines, random, /^ {2}state /), from: 0, to: 0, text: state });
    }
  }
}

const BODY = /Hello \{name\}/;

function letter(lines: readonly string[], random: () => number): LineEdit {
  const line = anyLine(lines, random, BODY);
  const at = (lines[line] ?? "").lastIndexOf('"');
  return { line, from: at, to: at, text: String.fromCharCode(97 + Math.floor(random() * 26)) };
}

function deletion(lines: readonly string[], random: () => number): LineEdit {
  const line = anyLine(lines, random, BODY);
  const at = (lines[line] ?? "").lastIndexOf('"');
  return { line, from: at - 1, to: at, text: "" };
}

/** The first line behind any place that is as wanted. */
function anyLine(lines: readonly string[], random: () => number, wanted: RegExp): number {
  const start = Math.floor(random() * lines.length);
  for (let i = 0; i < lines.length; i++) {
    const at = (start + i) % lines.length;
    if (wanted.test(lines[at] ?? "")) return at;
  }
  throw new Error(`no line is like ${wanted}`);
}
