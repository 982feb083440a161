/** The Cloud API request of each message, with holes as they are written. */
import {
  type AskDef,
  type Machine,
  type MessageDef,
  pageCount,
  renderAsk,
  renderMessage,
  type Scope,
  shownOptions,
  symbolicScope,
} from "@parley/machine";
import type { MessageRequest, OutgoingMessage } from "@parley/whatsapp";
import type { Program } from "../ir/program.ts";

export interface Payload {
  /** The message's id; pages of a list after the first end in `+2`, `+3`, … */
  readonly id: string;
  readonly locale: string;
  readonly request: MessageRequest;
}

/** Who gets the message is known at run time. */
const TO = "PHONE_NUMBER";
/** So is the message that `reply` quotes. */
const QUOTED = "MESSAGE_ID";

/** In the order of the machine, by locale. */
export function* payloadsOf(machine: Machine, { texts }: Pick<Program, "texts">): Generator<Payload> {
  for (const locale of [machine.locales.default, ...machine.locales.others]) {
    const scope = symbolicScope(machine, locale, texts);
    for (const message of Object.values(machine.messages)) yield* messagePayload(scope, message);
    for (const ask of Object.values(machine.asks)) yield* askPayloads(scope, ask);
    yield* elsePayloads(scope, machine);
  }
}

function* messagePayload(scope: Scope, message: MessageDef): Generator<Payload> {
  const { id, reply } = message;
  const context = reply ? { context: { message_id: QUOTED } } : {};
  const rendered = renderMessage(scope, message);
  if (rendered) yield { id, locale: scope.locale, request: request(rendered, context) };
}

function* askPayloads(scope: Scope, ask: AskDef): Generator<Payload> {
  const shown = shownOptions(scope, ask);
  const pages = shown ? pageCount(shown) : 1;
  for (let page = 1; page <= pages; page++) {
    const id = page === 1 ? ask.id : `${ask.id}+${page}`;
    yield { id, locale: scope.locale, request: request(renderAsk(scope, ask, shown, page)) };
  }
}

/** What a wrong answer is told, once where asks share it. */
function* elsePayloads(scope: Scope, machine: Machine): Generator<Payload> {
  const seen = new Set<string>();
  for (const { orElse } of Object.values(machine.asks)) {
    if (orElse?.text === undefined || seen.has(orElse.text)) continue;
    seen.add(orElse.text);
    yield* messagePayload(scope, { id: orElse.text, content: { kind: "text", body: orElse.text } });
  }
}

function request(
  message: OutgoingMessage,
  context: { readonly context?: { readonly message_id: string } } = {},
): MessageRequest {
  return { messaging_product: "whatsapp", recipient_type: "individual", to: TO, ...context, ...message };
}
