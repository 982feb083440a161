/** Asks that open a form on the phone. */
import type { OutgoingMessage } from "@parley/whatsapp";
import type { PromptDef } from "../format.ts";
import { printText, renderFrame } from "./parts.ts";
import type { Scope } from "./scope.ts";

type Prompt<K extends PromptDef["kind"]> = Extract<PromptDef, { readonly kind: K }>;

/** The version of the messages that open a form; there is one. */
const FLOW_MESSAGE_VERSION = "3";

/** The form's token is the wire id of the ask: the answer brings it back. */
export function renderForm(scope: Scope, ask: string, prompt: Prompt<"form">): OutgoingMessage {
  return {
    type: "interactive",
    interactive: {
      type: "flow",
      ...renderFrame(scope, prompt),
      action: {
        name: "flow",
        parameters: {
          flow_message_version: FLOW_MESSAGE_VERSION,
          flow_id: scope.optionId({ e: prompt.form }),
          flow_cta: printText(scope, prompt.open, "line"),
          flow_token: scope.token(ask),
        },
      },
    },
  };
}

export function renderAddress(scope: Scope, prompt: Prompt<"address">): OutgoingMessage {
  return {
    type: "interactive",
    interactive: {
      type: "address_message",
      ...renderFrame(scope, prompt),
      action: { name: "address_message", parameters: { country: prompt.country } },
    },
  };
}
