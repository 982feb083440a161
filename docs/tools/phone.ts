/** A conversation as a picture of a phone: SVG with its own style, as an image in Markdown needs. */
import type { Transcript } from "@parley/simulator";

type Entry = Transcript["entries"][number];
type Bubble = Extract<Entry, { kind: "bubble" }>["bubble"];

const WIDTH = 360;
const EDGE = 14;
const BUBBLE = 262;
const PADDING = 10;
const LINE = 19;
const GAP = 8;

/** A line of text in a bubble. */
interface Line {
  readonly text: string;
  readonly style: "t" | "h" | "f" | "d" | "m";
  readonly indent?: number;
}

/** What is drawn, and how high it is. */
interface Block {
  readonly svg: (y: number) => string;
  readonly height: number;
}

export function drawPhone(transcript: Transcript, label: string): string {
  const blocks = transcript.entries.flatMap(blocksOf);
  let y = EDGE;
  const drawn: string[] = [];
  for (const block of blocks) {
    drawn.push(block.svg(y));
    y += block.height + GAP;
  }
  const height = y - GAP + EDGE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">`,
    `<title>${escaped(label)}</title>`,
    STYLE,
    `<rect width="${WIDTH}" height="${height}" rx="12" fill="#efeae2"/>`,
    ...drawn,
    "</svg>\n",
  ].join("\n");
}

const STYLE = `<style>
text { font: 14px system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; fill: #1c2328 }
.h { font-weight: 600 }
.f, .d { fill: #667781; font-size: 12.5px }
.m { fill: #667781; font-style: italic }
.b { fill: #0a7cc4; text-anchor: middle }
.n { fill: #54656f; font-size: 12.5px; text-anchor: middle }
</style>`;

function blocksOf(entry: Entry): readonly Block[] {
  if (entry.kind === "note") return [note(entry.text)];
  const { bubble } = entry;
  const rows = bubble.sections ? [rowsBlock(bubble.sections)] : [];
  const cards = (bubble.cards ?? []).map((card) =>
    box(bubble, [...mediaLines(card.media), ...wrapped(card.body ?? "", "t")], titles(card.buttons)),
  );
  const open = bubble.open === undefined ? [] : [`☰ ${bubble.open}`];
  return [box(bubble, linesOf(bubble), [...titles(bubble.buttons ?? []), ...open]), ...rows, ...cards];
}

function titles(buttons: readonly { readonly title: string }[]): readonly string[] {
  return buttons.map((button) => button.title);
}

function linesOf(bubble: Bubble): readonly Line[] {
  const { location, contacts, order, products, reactions } = bubble;
  const lines = [
    ...mediaLines(bubble.media),
    ...wrapped(bubble.headerText ?? "", "h"),
    ...(location ? wrapped(`📍 ${location.name ?? `${location.latitude}, ${location.longitude}`}`, "t") : []),
    ...(contacts ?? []).flatMap((card) => wrapped(`👤 ${card.name.formatted_name}`, "t")),
    ...(order?.items ?? []).flatMap((item) => wrapped(`🛒 ${item.quantity} × ${item.product_retailer_id}`, "t")),
    ...(products ?? []).flatMap((product) => wrapped(`🏷 ${product}`, "t")),
    ...wrapped(bubble.text ?? "", "t"),
    ...wrapped(bubble.footer ?? "", "f"),
    ...[reactions?.business, reactions?.user].flatMap((emoji) => wrapped(emoji ?? "", "t")),
  ];
  return lines.length > 0 ? lines : [{ text: bubble.kind, style: "m" }];
}

function mediaLines(media: Bubble["media"]): readonly Line[] {
  if (!media) return [];
  const name = media.filename ?? media.link?.split("/").at(-1) ?? "";
  return wrapped(`${media.kind === "document" ? "📄" : "🖼"} ${name === "" ? media.kind : name}`, "m");
}

/** A bubble with the buttons that hang under it. */
function box(bubble: Bubble, lines: readonly Line[], buttons: readonly string[]): Block {
  const ours = bubble.from === "business";
  const longest = Math.max(60, ...lines.map((line) => textWidth(line.text)), ...buttons.map((b) => textWidth(b) + 20));
  const width = Math.min(BUBBLE, longest + 2 * PADDING);
  const x = ours ? EDGE : WIDTH - EDGE - width;
  const body = lines.length * LINE + 2 * PADDING - 4;
  const height = body + buttons.length * 36;
  return {
    height,
    svg: (y) =>
      [
        `<rect x="${x}" y="${y}" width="${width}" height="${body}" rx="8" fill="${ours ? "#fff" : "#d9fdd3"}"/>`,
        ...lines.map((line, i) => text(x + PADDING + (line.indent ?? 0), y + PADDING + 12 + i * LINE, line)),
        ...buttons.flatMap((title, i) => {
          const top = y + body + 4 + i * 36;
          return [
            `<rect x="${x}" y="${top}" width="${width}" height="32" rx="8" fill="#fff"/>`,
            `<text class="b" x="${x + width / 2}" y="${top + 21}">${escaped(title)}</text>`,
          ];
        }),
      ].join("\n"),
  };
}

/** The rows of a list, as the sheet that opens shows them. */
function rowsBlock(sections: NonNullable<Bubble["sections"]>): Block {
  const lines = sections.flatMap((section): readonly Line[] => [
    ...wrapped(section.title ?? "", "h"),
    ...section.rows.flatMap((row) => [
      ...wrapped(`○ ${row.title}`, "t"),
      ...wrapped(row.description ?? "", "d").map((line) => ({ ...line, indent: 18 })),
    ]),
  ]);
  const height = lines.length * LINE + 2 * PADDING - 4;
  return {
    height,
    svg: (y) =>
      [
        `<rect x="${EDGE}" y="${y}" width="${WIDTH - 2 * EDGE}" height="${height}" rx="8" fill="#fff" stroke="#d1d7db"/>`,
        ...lines.map((line, i) => text(EDGE + PADDING + (line.indent ?? 0), y + PADDING + 12 + i * LINE, line)),
      ].join("\n"),
  };
}

function note(words: string): Block {
  const width = textWidth(words) + 24;
  const x = (WIDTH - width) / 2;
  return {
    height: 26,
    svg: (y) =>
      [
        `<rect x="${x}" y="${y}" width="${width}" height="26" rx="8" fill="#fdf3cf"/>`,
        `<text class="n" x="${WIDTH / 2}" y="${y + 17}">${escaped(words)}</text>`,
      ].join("\n"),
  };
}

/** Right-to-left lines begin at the other end; which end that is, the text itself decides. */
function text(x: number, y: number, { text: words, style }: Line): string {
  const rtl = /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(words);
  const at = rtl ? x + BUBBLE - 2 * PADDING : x;
  return `<text class="${style}" x="${at}" y="${y}"${rtl ? ' direction="rtl"' : ""}>${escaped(words)}</text>`;
}

function wrapped(words: string, style: Line["style"]): readonly Line[] {
  if (words === "") return [];
  const room = BUBBLE - 2 * PADDING;
  return words.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.split(" ")) {
      const last = lines.at(-1);
      const joined = last === undefined ? word : `${last} ${word}`;
      if (last !== undefined && textWidth(joined) <= room) lines[lines.length - 1] = joined;
      else lines.push(word);
    }
    return lines.map((line) => ({ text: line, style }));
  });
}

/** About, in pixels of a wide sans-serif at 14: no font is at hand where pictures are made. */
function textWidth(words: string): number {
  let width = 0;
  for (const char of words) {
    if (/[\p{Extended_Pictographic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(char)) width += 19;
    else if (/[iljtfrI.,:;'|!()[\] ]/.test(char)) width += 5.4;
    else if (/[mwMW@%]/.test(char)) width += 13;
    else if (/\p{Lu}/u.test(char)) width += 10.4;
    else width += 8.8;
  }
  return width;
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
