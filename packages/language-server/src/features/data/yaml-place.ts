/** Where in a YAML file a place lies: read from its lines, since a file that is being written is often none yet. */

export interface YamlPlace {
  /** Keys from the outermost to what the place is in: the map whose key, or the key whose value, is being written. */
  readonly path: readonly string[];
  readonly what: "key" | "value";
  /** An item of a list. */
  readonly inList: boolean;
  /** Where the word begins that is being written, without its quote. */
  readonly start: number;
  readonly quote: "" | '"' | "'";
  /** The map is written with braces. */
  readonly inFlow: boolean;
  /** Other keys of the same map, where it is written line by line. */
  readonly siblings: ReadonlySet<string>;
}

/** Undefined in a comment. */
export function yamlPlace(text: string, offset: number): YamlPlace | undefined {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(from, offset);
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  const within = readLine(line, from);
  if (!within) return undefined;
  const isBlank = line.trim() === "";
  const outer = parentsOf(text.slice(0, from), isBlank ? line.length : indent, line.trimStart().startsWith("- "));
  const path = [...outer, ...within.path];
  const siblings =
    within.inFlow || within.path.length > 0
      ? new Set<string>()
      : siblingsOf(text, from, isBlank ? line.length : indent);
  return { ...within, path, siblings };
}

/** The inside of a line: after its indentation, `- `, keys, and what its braces hold. */
function readLine(line: string, from: number): Omit<YamlPlace, "siblings"> | undefined {
  const path: string[] = [];
  const open: { readonly isMap: boolean; readonly depth: number }[] = [];
  let start = 0;
  let what: YamlPlace["what"] = "key";
  let inList = false;
  let quote: YamlPlace["quote"] = "";
  for (let i = 0; i < line.length; i++) {
    const c = line.charAt(i);
    if (quote !== "") {
      if (c === "\\" && quote === '"') i++;
      else if (c === quote) quote = "";
      continue;
    }
    if (c === '"' || c === "'") {
      quote = c;
      start = i + 1;
    } else if (c === "#" && (i === 0 || line.charAt(i - 1) === " ")) return undefined;
    else if (c === "-" && line.charAt(i + 1) === " " && line.slice(0, i).trim() === "") {
      inList = true;
      what = "value";
      start = i + 2;
    } else if (c === ":" && (line.charAt(i + 1) === " " || i + 1 === line.length)) {
      path.push(unquoted(line.slice(start, i)));
      what = "value";
      start = i + 1;
    } else if (c === "{" || c === "[") {
      open.push({ isMap: c === "{", depth: path.length });
      what = c === "{" ? "key" : "value";
      inList = c === "[";
      start = i + 1;
    } else if (c === "," || c === "}" || c === "]") {
      const at = open.at(-1);
      if (!at) continue;
      path.length = at.depth;
      if (c !== ",") open.pop();
      what = at.isMap && c === "," ? "key" : "value";
      inList = !at.isMap && c === ",";
      start = i + 1;
    }
  }
  if (quote === "") while (line.charAt(start) === " ") start++;
  return { path, what, inList, start: from + Math.min(start, line.length), quote, inFlow: open.length > 0 };
}

function unquoted(key: string): string {
  return key
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2")
    .replace(/["']$/, "");
}

const KEY = /^( *)(?:- )?("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"'][^:#]*?):(?:\s|$)/;

/** Keys of the lines above that this indentation lies below. Items of a list may stand as far out as their key. */
function parentsOf(above: string, indent: number, isItem: boolean): readonly string[] {
  const path: string[] = [];
  let inside = isItem ? indent + 1 : indent;
  for (const line of above.split("\n").slice(0, -1).reverse()) {
    const [, before = "", key] = KEY.exec(line) ?? [];
    if (key === undefined || before.length >= inside) continue;
    path.unshift(unquoted(key));
    inside = before.length;
    if (inside === 0) break;
  }
  return path;
}

function siblingsOf(text: string, from: number, indent: number): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (line: string): boolean => {
    const [, before = "", key] = KEY.exec(line) ?? [];
    if (key === undefined) return true;
    if (before.length === indent) found.add(unquoted(key));
    return before.length >= indent;
  };
  for (const line of text.slice(0, from).split("\n").slice(0, -1).reverse()) if (!add(line)) break;
  for (const line of text.slice(from).split("\n").slice(1)) if (!add(line)) break;
  return found;
}
