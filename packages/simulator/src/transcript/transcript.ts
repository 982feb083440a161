/** A conversation as data: what the phone showed, in order, and notes between. Plain JSON. */
import type { Bubble, Emulator } from "@parley/emulator";

export type TranscriptEntry =
  | { readonly kind: "bubble"; readonly bubble: Bubble }
  /** Something that no phone shows: time that passed, an event of the business. */
  | { readonly kind: "note"; readonly at: number; readonly text: string };

export interface Transcript {
  readonly contact: string;
  readonly entries: readonly TranscriptEntry[];
}

export interface Recorder {
  readonly note: (text: string) => void;
  /** What was recorded so far, no longer changing. */
  readonly transcript: () => Transcript;
  readonly stop: () => void;
}

/** Records a contact's chat from now on. Messages that never arrived are in it too, as failed. */
export function recordTranscript(emulator: Emulator, contact: string): Recorder {
  const entries: TranscriptEntry[] = [];
  const seen = new Set<string>();
  const stop = emulator.on((event) => {
    if (event.kind !== "bubble" || event.contact.id !== contact) return;
    const { bubble } = event;
    const shown = bubble.n > 0 || bubble.status === "failed";
    if (!shown || seen.has(bubble.id)) return;
    seen.add(bubble.id);
    entries.push({ kind: "bubble", bubble });
  });
  return {
    note: (text) => entries.push({ kind: "note", at: emulator.clock.now(), text }),
    transcript: () => ({ contact, entries: structuredClone(entries) }),
    stop,
  };
}
