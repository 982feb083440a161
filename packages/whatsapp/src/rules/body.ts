import { INVALID_PARAMETER, INVALID_VALUE, UNSUPPORTED_TYPE } from "../validate/codes.ts";
import type { BodyRule } from "./rule.ts";

/** Source: Meta docs, direct-send. */
const DIRECT_SEND_KINDS: ReadonlySet<string> = new Set([
  "text",
  "interactive.button",
  "interactive.cta_url",
  "interactive.voice_call",
]);

/** Rules of the envelope together with the kind of message. */
export const BODY_RULES: readonly BodyRule[] = [
  {
    name: "reaction-quotes-nothing",
    code: INVALID_VALUE,
    check: ({ body, kind }) =>
      kind === "reaction" && body.context
        ? [{ path: "/context", details: "A reaction cannot be a contextual reply." }]
        : [],
  },
  {
    name: "group-takes-no-interactive",
    code: UNSUPPORTED_TYPE,
    check: ({ body, kind }) =>
      body.recipient_type === "group" && kind.startsWith("interactive.")
        ? [{ path: "/type", details: "Interactive messages are not supported in groups." }]
        : [],
  },
  {
    name: "direct-send-takes-some-kinds",
    code: INVALID_PARAMETER,
    check: ({ body, kind }) =>
      body.category !== undefined && !DIRECT_SEND_KINDS.has(kind)
        ? [{ path: "/category", details: 'Unexpected key "category": this kind of message has none.' }]
        : [],
  },
];
