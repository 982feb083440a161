/** A transcript as bubbles for a terminal: the business on the left, the user on the right. */
import type { Bubble } from "@parley/emulator";
import { bubbleLines, type Line, type Role } from "./lines.ts";
import type { Transcript } from "./transcript.ts";
import { displayWidth, pad, printable } from "./width.ts";

export interface RenderOptions {
  /** Columns; default 72. */
  readonly width?: number;
  /** Dresses pieces of text, with colour codes for instance; default: plain. */
  readonly style?: Partial<Readonly<Record<Role, (text: string) => string>>>;
  /** Default: hours and minutes, UTC. */
  readonly time?: (ms: number) => string;
  /** The first words of the message with this id, for answers to a message that is not the one above. */
  readonly quote?: (id: string) => string | undefined;
  /** The message with this id has a heavy frame. */
  readonly marked?: string | undefined;
}

interface Frame {
  readonly role: "frame" | "marked";
  readonly top: readonly [left: string, right: string];
  readonly bottom: readonly [left: string, right: string];
  readonly rule: readonly [left: string, right: string];
  readonly side: string;
  readonly line: string;
}

const LIGHT: Frame = {
  ...{ role: "frame", side: "│", line: "─" },
  ...{ top: ["╭", "╮"], bottom: ["╰", "╯"], rule: ["├", "┤"] },
};
const HEAVY: Frame = {
  ...{ role: "marked", side: "┃", line: "━" },
  ...{ top: ["┏", "┓"], bottom: ["┗", "┛"], rule: ["┣", "┫"] },
};

function frameOf({ id }: Bubble, { marked }: RenderOptions): Frame {
  return id === marked ? HEAVY : LIGHT;
}

const WIDEST = 46;
const NARROWEST = 12;

function utcTime(ms: number): string {
  return new Date(ms).toISOString().slice(11, 16);
}

function dress(options: RenderOptions, role: Role, text: string): string {
  return options.style?.[role]?.(text) ?? text;
}

/** What stands in the lower edge of the frame: reactions, time, ticks. */
function edge(bubble: Bubble, options: RenderOptions): string {
  const time = (options.time ?? utcTime)(bubble.at);
  const reactions = [bubble.reactions?.business, bubble.reactions?.user].filter((emoji) => emoji !== undefined);
  const ticks = bubble.from === "user" ? [bubble.status === "read" ? "✓✓" : "✓"] : [];
  return ` ${[...reactions, time, ...ticks].join(" ")} `;
}

function row(
  line: Line,
  inner: number,
  { role, side: edges, rule, line: dash }: Frame,
  options: RenderOptions,
): string {
  const side = dress(options, role, edges);
  if (line.kind === "rule") return dress(options, role, `${rule[0]}${dash.repeat(inner + 2)}${rule[1]}`);
  return `${side} ${dress(options, line.role, pad(line.text, inner, line.align))} ${side}`;
}

/** One bubble, without the space beside it, as lines. */
function frame(bubble: Bubble, lines: readonly Line[], options: RenderOptions): readonly string[] {
  const below = edge(bubble, options);
  const widths = lines.map((line) => (line.kind === "rule" ? 0 : displayWidth(line.text)));
  const inner = Math.max(NARROWEST, displayWidth(below), ...widths);
  const rest = inner + 2 - displayWidth(below) - 1;
  const shape = frameOf(bubble, options);
  const { role, top, bottom, line: dash } = shape;
  return [
    dress(options, role, `${top[0]}${dash.repeat(inner + 2)}${top[1]}`),
    ...lines.map((line) => row(line, inner, shape, options)),
    dress(options, role, `${bottom[0]}${dash.repeat(rest)}${below}${dash}${bottom[1]}`),
  ];
}

function plainWidth(bubble: Bubble, lines: readonly Line[], options: RenderOptions): number {
  return displayWidth(frame(bubble, lines, { ...options, style: {} })[0] ?? "");
}

/** A bubble where it stands in a chat of `width` columns. */
export function renderBubble(bubble: Bubble, options: RenderOptions = {}): string {
  const width = options.width ?? 72;
  const most = Math.max(NARROWEST, Math.min(WIDEST, width - 8) - 4);
  const quoted = bubble.quote === undefined ? undefined : options.quote?.(bubble.quote);
  const lines = bubbleLines(bubble, most, quoted);
  const indent = bubble.from === "user" ? Math.max(0, width - plainWidth(bubble, lines, options)) : 0;
  return frame(bubble, lines, options)
    .map((line) => " ".repeat(indent) + line)
    .join("\n");
}

export function renderNote(text: string, options: RenderOptions = {}): string {
  const width = options.width ?? 72;
  const line = `── ${printable(text).replaceAll("\n", " ")} ──`;
  const indent = " ".repeat(Math.max(0, Math.floor((width - displayWidth(line)) / 2)));
  return indent + dress(options, "note", line);
}

function firstWords(bubble: Bubble): string {
  return (bubble.text ?? bubble.headerText ?? bubble.kind).split("\n")[0] ?? "";
}

/** Quotes are drawn where the answered message is not the newest of the other side. */
function quoteFor(transcript: Transcript, at: number): (id: string) => string | undefined {
  const before = transcript.entries.slice(0, at).flatMap((entry) => (entry.kind === "bubble" ? [entry.bubble] : []));
  const newest = before.findLast((bubble) => bubble.from === "business");
  return (id) => {
    const quoted = before.find((bubble) => bubble.id === id);
    return quoted && quoted !== newest ? firstWords(quoted) : undefined;
  };
}

/** Ends without a line break. */
export function renderTranscript(transcript: Transcript, options: RenderOptions = {}): string {
  return transcript.entries
    .map((entry, at) =>
      entry.kind === "note"
        ? renderNote(entry.text, options)
        : renderBubble(entry.bubble, { quote: quoteFor(transcript, at), ...options }),
    )
    .join("\n");
}
