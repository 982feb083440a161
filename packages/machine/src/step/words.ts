import type { OutgoingMessage } from "@parley/whatsapp";
import type { TextKey } from "../format.ts";
import { printText } from "../render/parts.ts";
import { liveScope } from "./live-scope.ts";
import type { Turn } from "./turn.ts";

/** A plain text message. */
export function renderWords(turn: Turn, key: TextKey): OutgoingMessage {
  return { type: "text", text: { body: printText(liveScope(turn, turn.locale), key) } };
}
