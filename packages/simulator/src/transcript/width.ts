/** How many columns of a terminal a text takes, and breaking it into lines. */
const graphemes: Intl.Segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

const NO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F|\p{Regional_Indicator}{2}/u;
/** Blocks that terminals draw two columns wide: Hangul, CJK, kana, full-width forms. */
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;

function clusterWidth(cluster: string): number {
  if (NO_WIDTH.test(cluster)) return 0;
  return EMOJI.test(cluster) || WIDE.test(cluster) ? 2 : 1;
}

const ASCII = /^[\x20-\x7e]*$/;

/** Columns that `text`, without line breaks, takes. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += clusterWidth(segment);
  return width;
}

/** Characters that would move or colour the terminal become visible or go. Line breaks stay. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
  return text.replaceAll("\t", " ").replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "\uFFFD");
}

/** A word that is wider than a line, in pieces that are not. */
function pieces(word: string, width: number): string[] {
  const out: string[] = [];
  let piece = "";
  let used = 0;
  for (const { segment } of graphemes.segment(word)) {
    const more = clusterWidth(segment);
    if (used + more > width && piece !== "") {
      out.push(piece);
      piece = "";
      used = 0;
    }
    piece += segment;
    used += more;
  }
  out.push(piece);
  return out;
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ").flatMap((one) => (displayWidth(one) > width ? pieces(one, width) : [one]))) {
    const joined = current === "" ? word : `${current} ${word}`;
    if (displayWidth(joined) <= width) {
      current = joined;
      continue;
    }
    lines.push(current);
    current = word;
  }
  lines.push(current);
  return lines;
}

/** Lines of at most `width` columns, broken at spaces, in words only where one is too long. */
export function wrap(text: string, width: number): readonly string[] {
  return printable(text)
    .split("\n")
    .flatMap((line) => wrapLine(line, width));
}

/** `text` with spaces up to `width` columns. */
export function pad(text: string, width: number, align: "left" | "center" = "left"): string {
  const free = Math.max(0, width - displayWidth(text));
  const before = align === "center" ? Math.floor(free / 2) : 0;
  return " ".repeat(before) + text + " ".repeat(free - before);
}
