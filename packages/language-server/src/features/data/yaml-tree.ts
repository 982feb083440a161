/** The keys of a YAML file with their places, read from its lines: a file that is being written is often no YAML yet. */

export interface YamlPart {
  readonly start: number;
  readonly end: number;
  /** Without quotes. */
  readonly text: string;
}

export interface YamlEntry {
  readonly key: YamlPart;
  /** What stands behind the colon, in its line; empty where nothing does. */
  readonly value: YamlPart;
  /** With all that stands below it. */
  readonly start: number;
  readonly end: number;
  readonly entries: readonly YamlEntry[];
  /** Of a list of plain values, in brackets or line by line. */
  readonly items: readonly YamlPart[];
}

interface Open extends YamlEntry {
  readonly indent: number;
  readonly isBlock: boolean;
  end: number;
  readonly entries: YamlEntry[];
  readonly items: YamlPart[];
}

const LINE = /^( *)((?:- +)*)(?:("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"'[{-][^:#]*?)(:)(?=\s|$))?/;

export function yamlTree(text: string): readonly YamlEntry[] {
  const roots: YamlEntry[] = [];
  const open: Open[] = [];
  for (let from = 0; from < text.length; ) {
    const next = text.indexOf("\n", from);
    const to = next < 0 ? text.length : next;
    readLine(text.slice(from, to).trimEnd(), from, roots, open);
    from = to + 1;
  }
  return roots;
}

function readLine(line: string, from: number, roots: YamlEntry[], open: Open[]): void {
  const [whole = "", before = "", dashes = "", key] = LINE.exec(line) ?? [];
  const rest = line.slice(before.length);
  if (rest === "" || rest === "---") return;
  const isComment = rest.startsWith("#");
  const last = open.at(-1);
  const inBlock = last?.isBlock === true && before.length > last.indent;
  if (isComment && !inBlock) return;
  const isItem = dashes !== "" || rest === "-";
  if (!inBlock) {
    // Items of a list may stand as far out as their key.
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= before.length + (isItem ? 1 : 0)) open.pop();
  }
  for (const one of open) one.end = from + line.length;
  if (inBlock) return;
  const at = before.length + dashes.length;
  if (key !== undefined) add(line, from, { at, key, behind: whole.length, indent: at }, roots, open);
  else if (dashes !== "") {
    const item = valueAt(line, from, at);
    if (item.text !== "") open.at(-1)?.items.push(item);
  }
}

interface Key {
  readonly at: number;
  readonly key: string;
  readonly behind: number;
  readonly indent: number;
}

function add(line: string, from: number, { at, key, behind, indent }: Key, roots: YamlEntry[], open: Open[]): void {
  const value = valueAt(line, from, behind);
  const entry: Open = {
    key: { start: from + at, end: from + at + key.length, text: unquoted(key) },
    value,
    start: from + at,
    end: from + line.length,
    ...inBrackets(value),
    indent,
    isBlock: /^[|>]/.test(value.text),
  };
  (open.at(-1)?.entries ?? roots).push(entry);
  open.push(entry);
}

interface Inside {
  readonly entries: YamlEntry[];
  readonly items: YamlPart[];
}

/** What a value in `[ ]` or `{ }` holds, as far as its line goes. */
function inBrackets({ start, text }: YamlPart): Inside {
  const entries: YamlEntry[] = [];
  const items: YamlPart[] = [];
  const isMap = text.startsWith("{");
  if (!isMap && !text.startsWith("[")) return { entries, items };
  for (const part of parts(text, start)) {
    const pair = isMap ? /^("[^"]*"|'[^']*'|[^\s:]+):(?:\s+(.*))?$/.exec(part.text) : undefined;
    if (pair) entries.push(pairOf(part, pair[1] ?? "", pair[2] ?? ""));
    else if (!isMap) items.push({ ...part, text: unquoted(part.text) });
  }
  return { entries, items };
}

function pairOf({ start, end, text }: YamlPart, key: string, written: string): YamlEntry {
  const value = { start: start + text.length - written.length, end, text: unquoted(written) };
  return {
    key: { start, end: start + key.length, text: unquoted(key) },
    value,
    start,
    end,
    ...inBrackets(value),
  };
}

/** What stands between the commas of the outermost brackets, as it is written. */
function* parts(text: string, from: number): Generator<YamlPart> {
  let depth = 0;
  let start = 1;
  for (const { index, 0: sign } of text.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|[[\]{},]|$/g)) {
    if (sign === "[" || sign === "{") depth++;
    const isEnd = sign === "" || ((sign === "]" || sign === "}") && depth === 1);
    if (isEnd || (sign === "," && depth === 1)) {
      const part = text.slice(start, index);
      const at = from + start + part.length - part.trimStart().length;
      const bare = part.trim();
      if (bare !== "") yield { start: at, end: at + bare.length, text: bare };
      start = index + 1;
    }
    if (isEnd) return;
    if (sign === "]" || sign === "}") depth--;
  }
}

function valueAt(line: string, from: number, at: number): YamlPart {
  const behind = line.slice(at);
  const start = at + behind.length - behind.trimStart().length;
  const [found = ""] = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|(?:(?! #)[^\n])*)/.exec(line.slice(start)) ?? [];
  const written = found.startsWith("#") ? "" : found.trimEnd();
  return { start: from + start, end: from + start + written.length, text: unquoted(written) };
}

function unquoted(text: string): string {
  return /^(["']).*\1$/s.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}

/** The entries that a place lies in, the outermost first. */
export function entriesAt(entries: readonly YamlEntry[], offset: number): readonly YamlEntry[] {
  const found = entries.find(({ start, end }) => start <= offset && offset <= end);
  return found ? [found, ...entriesAt(found.entries, offset)] : [];
}

export function entryAt(entries: readonly YamlEntry[], ...path: readonly string[]): YamlEntry | undefined {
  const [name, ...rest] = path;
  const found = entries.find(({ key }) => key.text === name);
  return found && rest.length > 0 ? entryAt(found.entries, ...rest) : found;
}

/** A text in place of a part: in the quotes that it had, or in some where it needs them. */
export function writtenAs(source: string, { start }: YamlPart, text: string): string {
  const quote = source.charAt(start);
  if (quote === '"') return JSON.stringify(text);
  if (quote === "'") return `'${text.replaceAll("'", "''")}'`;
  return /^[\w./-]+$/.test(text) && !/^(?:no|on|off|yes|true|false|null|[\d.]+)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
