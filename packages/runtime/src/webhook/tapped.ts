/** Which ask of ours an inbound message names by itself. */
import { decodeWireId, type WireId } from "@parley/machine";
import { flowResponse, type InboundMessage } from "@parley/whatsapp";

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
  return id === undefined ? undefined : decodeWireId(id);
}
