/** What of a message can be tapped, and how it looks in a terminal. */
import type { Bubble } from "@parley/emulator";
import { type RenderOptions, renderBubble } from "@parley/simulator";
import type { Paint } from "../report/colours.ts";

/** Something that a number taps. */
export interface Tappable {
  /** What goes back to the bot; "" for `location`. */
  readonly id: string;
  readonly title: string;
  readonly kind: "tap" | "location";
}

/** What can be tapped in a bubble, in the order of its numbers. */
export function tappables(bubble: Bubble): readonly Tappable[] {
  const buttons = (bubble.buttons ?? []).flatMap((b): readonly Tappable[] => {
    if (b.kind === "reply" || b.kind === "quickReply") return [{ id: b.id, title: b.title, kind: "tap" }];
    return b.kind === "sendLocation" ? [{ id: "", title: b.title, kind: "location" }] : [];
  });
  const rows = (bubble.sections ?? []).flatMap((s) =>
    s.rows.map((r) => ({ id: r.id, title: r.title, kind: "tap" as const })),
  );
  return [...buttons, ...rows];
}

/** The bubble with the number that taps before each title. */
function numbered(bubble: Bubble): Bubble {
  if (bubble.from === "user") return bubble;
  let n = 0;
  const next = (title: string): string => `${++n}  ${title}`;
  const { buttons, sections } = bubble;
  return {
    ...bubble,
    ...(buttons && {
      buttons: buttons.map((b) =>
        b.kind === "reply" || b.kind === "quickReply" || b.kind === "sendLocation" ? { ...b, title: next(b.title) } : b,
      ),
    }),
    ...(sections && {
      sections: sections.map((s) => ({ ...s, rows: s.rows.map((r) => ({ ...r, title: next(r.title) })) })),
    }),
  };
}

export interface BubbleView {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** Shows the numbers that tap. */
  readonly numbers: boolean;
}

export function renderOptions({ paint, width }: BubbleView): RenderOptions {
  return {
    width: Math.min(width, 72),
    time: (ms) => new Date(ms).toTimeString().slice(0, 5),
    style: {
      title: (t) => paint("bold", t),
      footer: (t) => paint("dim", t),
      button: (t) => paint("cyan", t),
      row: (t) => paint("cyan", t),
      description: (t) => paint("dim", t),
      label: (t) => paint("magenta", t),
      quote: (t) => paint("dim", t),
      frame: (t) => paint("dim", t),
      note: (t) => paint("yellow", t),
      error: (t) => paint("red", t),
    },
  };
}

export function bubbleText(bubble: Bubble, view: BubbleView): string {
  return renderBubble(view.numbers ? numbered(bubble) : bubble, renderOptions(view));
}
