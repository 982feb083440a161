/** Ids on the wire: `<ask>:<option>#<conversation>.<turn>`, the turn in base 36. */
import { flowResponse, type InboundMessage } from "@parley/whatsapp";

export interface WireId {
  readonly conversation: string;
  readonly turn: number;
}

/** The id that names an ask of a conversation, as its own messages carry it. */
export function wireId(ask: { readonly ask: string; readonly conversation: string; readonly turn: number }): string {
  return ask.ask.includes("#") ? ask.ask : `${ask.ask}#${ask.conversation}.${ask.turn.toString(36)}`;
}

export function parseWireId(id: string): WireId | undefined {
  const match = /#([0-9a-z]{6})\.([0-9a-z]{1,8})$/.exec(id);
  const [, conversation, turn] = match ?? [];
  return conversation === undefined || turn === undefined
    ? undefined
    : { conversation, turn: Number.parseInt(turn, 36) };
}

function tappedId(message: InboundMessage): string | undefined {
  if (message.type === "button") return message.button.payload;
  if (message.type !== "interactive") return undefined;
  const { interactive } = message;
  switch (interactive.type) {
    case "button_reply":
      return interactive.button_reply.id;
    case "list_reply":
      return interactive.list_reply.id;
    case "nfm_reply": {
      const token = flowResponse(interactive.nfm_reply)?.["flow_token"];
      return typeof token === "string" ? token : undefined;
    }
    case "call_permission_reply":
      return undefined;
    default:
      return interactive satisfies never;
  }
}

/** Which ask of ours a tap or a form's answer names; undefined where the message says nothing of that. */
export function tappedWireId(message: InboundMessage): WireId | undefined {
  const id = tappedId(message);
  return id === undefined ? undefined : parseWireId(id);
}
