/** What `decodeWebhook` makes of a webhook: a flat list of items. */
import type { InboundContent, InboundContext, MessageStatus, Pricing, Referral, StatusConversation } from "./wire.ts";

/** The content of a message; a type that is not known here, or whose payload is not as documented, keeps its JSON. */
export type InboundMessage = InboundContent | UnknownMessage;

export interface UnknownMessage {
  readonly type: "unknown";
  /** The `type` on the wire; undefined when that was no text. */
  readonly wireType: string | undefined;
  readonly raw: unknown;
}

/** Who wrote. At least one of `waId` and `userId` is there, but for messages that name nobody. */
export interface InboundContact {
  readonly waId?: string;
  /** Business-scoped user id. */
  readonly userId?: string;
  readonly parentUserId?: string;
  readonly name?: string;
  readonly username?: string;
  readonly identityKeyHash?: string;
}

/** The business number that an item is about. */
export interface ItemNumber {
  readonly wabaId: string;
  readonly phoneNumberId: string;
  readonly displayPhoneNumber: string;
}

export interface WebhookError {
  readonly code: number;
  readonly title?: string;
  readonly message?: string;
  readonly details?: string;
  readonly href?: string;
}

export interface MessageItem extends ItemNumber {
  readonly kind: "message";
  readonly contact: InboundContact;
  readonly id: string;
  readonly timestampMs: number;
  readonly message: InboundMessage;
  readonly context?: InboundContext;
  readonly referral?: Referral;
  readonly groupId?: string;
  readonly errors: readonly WebhookError[];
}

export interface StatusItem extends ItemNumber {
  readonly kind: "status";
  /** Id of the message that we sent. */
  readonly id: string;
  readonly status: MessageStatus;
  readonly timestampMs: number;
  readonly recipientId?: string;
  readonly recipientUserId?: string;
  readonly recipientParentUserId?: string;
  readonly recipientType?: string;
  readonly participantId?: string;
  readonly identityKeyHash?: string;
  /** Our `biz_opaque_callback_data`. */
  readonly callbackData?: string;
  readonly conversation?: StatusConversation;
  readonly pricing?: Pricing;
  readonly errors: readonly WebhookError[];
}

/** A message that a person at the business sent to `contact` from the WhatsApp Business app. */
export interface EchoItem extends ItemNumber {
  readonly kind: "echo";
  readonly contact: InboundContact;
  readonly id: string;
  readonly timestampMs: number;
  readonly message: InboundMessage;
}

/** An error of the number or the account, tied to no message of ours. */
export interface ErrorItem extends ItemNumber {
  readonly kind: "error";
  readonly error: WebhookError;
}

/** A change of a field that is neither about messages nor about echoes of them. */
export interface OtherItem {
  readonly kind: "other";
  readonly wabaId: string;
  readonly field: string;
  readonly phoneNumberId?: string;
  readonly value: unknown;
}

/** Something that cannot be used: no id, no time, not the documented shape. */
export interface UnknownItem {
  readonly kind: "unknown";
  /** JSON pointer of `raw` in the body. */
  readonly path: string;
  readonly reason: string;
  readonly raw: unknown;
}

export type WebhookItem = MessageItem | EchoItem | StatusItem | ErrorItem | OtherItem | UnknownItem;
