/** What the emulator refuses beyond the form of a message, as one table: the API, the documents and the tests go by it. */
import { errorStatus } from "@parley/whatsapp";

export interface EmulatorRule {
  /** What is refused. */
  readonly when: string;
  /** Of WhatsApp's or the Graph API's error; 0: no error, the message just does not arrive. */
  readonly code: number;
  /** In the answer, or accepted and then told by webhook. */
  readonly where: "response" | "webhook";
  /** Where it is not the code's own. */
  readonly http?: number;
  readonly source: string;
}

export type RuleName =
  | "token-is-given"
  | "token-is-right"
  | "path-is-known"
  | "object-is-known"
  | "recipient-is-a-number"
  | "recipient-is-another"
  | "recipient-is-no-group"
  | "user-id-is-known"
  | "user-id-takes-no-code"
  | "recipient-is-not-blocked"
  | "throughput-is-kept"
  | "pair-rate-is-kept"
  | "window-is-open"
  | "user-is-on-whatsapp"
  | "client-shows-the-kind"
  | "client-shows-the-address-form"
  | "user-takes-marketing"
  | "user-does-not-block"
  | "identity-is-the-same"
  | "reaction-has-a-target"
  | "read-message-is-known"
  | "template-is-known"
  | "template-is-not-paused"
  | "template-is-not-disabled"
  | "template-parameters-are-complete"
  | "template-parameters-fit"
  | "template-buttons-are-filled"
  | "template-fits-when-filled"
  | "media-is-there"
  | "media-fits-the-kind"
  | "upload-is-complete"
  | "upload-is-of-a-known-type"
  | "media-id-is-known"
  | "media-url-is-fresh"
  | "media-url-takes-a-token"
  | "address-form-is-for-india"
  | "payments-are-for-some-countries"
  | "indian-seller-is-compliant"
  | "order-reference-is-new"
  | "order-is-not-over"
  | "paid-order-is-not-canceled"
  | "call-requests-are-few"
  | "blocked-user-wrote"
  | "template-is-well-formed"
  | "template-is-new"
  | "template-variables-are-inside"
  | "template-has-words-for-its-variables"
  | "template-count-is-within-limit";

const ERRORS = "Meta docs, error-codes (19 Nov 2025)";
const MEDIA = "Meta docs, business-phone-numbers/media";
const BLOCK = "Meta docs, block-users (26 Jun 2026)";
const TEMPLATES = "Meta docs, templates/overview and error-codes";
const PAYMENTS = "Meta docs, payments-in/pg";
const REACTIONS = "Meta docs, messages/reaction-messages";

export const RULES: Readonly<Record<RuleName, EmulatorRule>> = {
  "token-is-given": { when: "no token", code: 2500, http: 401, where: "response", source: "Graph API, as answered" },
  "token-is-right": {
    when: "another token than the emulator was given",
    code: 190,
    where: "response",
    source: ERRORS,
  },
  "path-is-known": {
    when: "a path that is none of the API's",
    code: 2500,
    http: 400,
    where: "response",
    source: "Graph API, as answered",
  },
  "object-is-known": {
    when: "an id of nothing that is here",
    code: 100,
    where: "response",
    source: "Graph API, as answered (subcode 33)",
  },
  "recipient-is-a-number": {
    when: "`to` is no phone number",
    code: 131009,
    where: "response",
    source: ERRORS,
  },
  "recipient-is-another": { when: "to the business itself", code: 131021, where: "response", source: ERRORS },
  "recipient-is-no-group": { when: "to a group; there are none here", code: 131020, where: "response", source: ERRORS },
  "user-id-is-known": {
    when: "`recipient` is a user id that nobody has",
    code: 131009,
    where: "response",
    source: "Meta docs, business-scoped-user-ids (28 May 2026)",
  },
  "user-id-takes-no-code": {
    when: "an authentication template to a user id instead of a number",
    code: 131062,
    where: "response",
    source: "Meta docs, business-scoped-user-ids; pywa",
  },
  "recipient-is-not-blocked": {
    when: "to a user whom the business blocked",
    code: 130403,
    where: "response",
    source: `${BLOCK}; dualhook.com, error 130403`,
  },
  "throughput-is-kept": {
    when: "more than 80 messages a second through the number, both directions",
    code: 130429,
    where: "response",
    source: "Meta docs, throughput",
  },
  "pair-rate-is-kept": {
    when: "more than 45 messages at once to one user, then more than one in 6 seconds",
    code: 131056,
    where: "response",
    source: "Meta docs, about-the-platform",
  },
  "window-is-open": {
    when: "no template, and the user neither wrote nor called in the last 24 hours",
    code: 131047,
    where: "webhook",
    source: "Meta docs, messages/send-messages (21 May 2026)",
  },
  "user-is-on-whatsapp": {
    when: "to a number that is not on WhatsApp",
    code: 131026,
    where: "webhook",
    source: ERRORS,
  },
  "client-shows-the-kind": {
    when: "the user has only clients that are too old to show this kind; with a newer one beside it also `delivered`",
    code: 131026,
    where: "webhook",
    source: ERRORS,
  },
  "client-shows-the-address-form": {
    when: "an address message to a client that cannot show it",
    code: 1026,
    where: "webhook",
    source: "Meta docs, messages/address-messages",
  },
  "user-takes-marketing": {
    when: "a marketing template to a user who stopped them",
    code: 131050,
    where: "webhook",
    source: ERRORS,
  },
  "user-does-not-block": {
    when: "to a user who blocked the business: `sent`, and nothing more, as WhatsApp does not tell",
    code: 0,
    where: "webhook",
    source: "Meta help, message not delivered",
  },
  "identity-is-the-same": {
    when: "`recipient_identity_key_hash` is not that of the user",
    code: 137000,
    where: "webhook",
    source: "Meta docs, identity-change",
  },
  "reaction-has-a-target": {
    when: "a reaction to a message that is unknown, of another chat, deleted, a reaction itself or older than 30 days",
    code: 131009,
    where: "webhook",
    source: REACTIONS,
  },
  "read-message-is-known": {
    when: "marks a message as read that is no user's of the last 30 days",
    code: 131009,
    where: "response",
    source: "Meta docs, messages/mark-message-as-read",
  },
  "template-is-known": {
    when: "a template that is not there, not in this language, or not approved",
    code: 132001,
    where: "response",
    source: ERRORS,
  },
  "template-is-not-paused": { when: "a paused template", code: 132015, where: "response", source: ERRORS },
  "template-is-not-disabled": { when: "a disabled template", code: 132016, where: "response", source: ERRORS },
  "template-parameters-are-complete": {
    when: "a template with another number of parameters than it has variables",
    code: 132000,
    where: "response",
    source: ERRORS,
  },
  "template-parameters-fit": {
    when: "a template whose header, parameters, buttons or cards are of another form",
    code: 132012,
    where: "response",
    source: ERRORS,
  },
  "template-buttons-are-filled": {
    when: "a template without the parameter that one of its buttons needs",
    code: 131008,
    where: "response",
    source: ERRORS,
  },
  "template-fits-when-filled": {
    when: "a template whose filled text has more than 1,024 characters",
    code: 132005,
    where: "response",
    source: ERRORS,
  },
  "media-is-there": {
    when: "media that was deleted or has expired (30 days; of users 7); media that is unknown, with `unknownMedia: refuse`",
    code: 131009,
    where: "response",
    source: MEDIA,
  },
  "media-fits-the-kind": {
    when: "uploaded media of a type or size that this kind of message does not take",
    code: 131053,
    where: "webhook",
    source: `${MEDIA}; ${ERRORS}`,
  },
  "upload-is-complete": {
    when: "an upload without `messaging_product` or `file`",
    code: 100,
    where: "response",
    source: MEDIA,
  },
  "upload-is-of-a-known-type": {
    when: "an upload of a type or size that no kind of message takes",
    code: 131053,
    where: "response",
    source: MEDIA,
  },
  "media-id-is-known": {
    when: "lookup or deletion of media that is not there (any more)",
    code: 100,
    where: "response",
    source: `${MEDIA}; Graph API, as answered (subcode 33)`,
  },
  "media-url-is-fresh": {
    when: "a download more than 5 minutes after the lookup",
    code: 0,
    http: 404,
    where: "response",
    source: MEDIA,
  },
  "media-url-takes-a-token": {
    when: "a download without a token",
    code: 0,
    http: 401,
    where: "response",
    source: MEDIA,
  },
  "address-form-is-for-india": {
    when: "an address message of a business or to a user outside India",
    code: 131009,
    where: "response",
    source: "Meta docs, messages/address-messages",
  },
  "payments-are-for-some-countries": {
    when: "an order to pay to a user outside India and Brazil",
    code: 131009,
    where: "response",
    source: "Meta docs, payments-in/pg and payments-br/orders",
  },
  "indian-seller-is-compliant": {
    when: "products of an Indian business without compliance data (`compliance: false`)",
    code: 131009,
    where: "response",
    source: "Meta docs, catalogs/set-commerce-settings; the code is an assumption",
  },
  "order-reference-is-new": {
    when: "an order to pay whose `reference_id` another one has",
    code: 131009,
    where: "response",
    source: `${PAYMENTS}; the code is an assumption`,
  },
  "order-is-not-over": {
    when: "a status of an order that is completed or canceled; of orders that were not sent here nothing is checked",
    code: 2046,
    where: "webhook",
    source: PAYMENTS,
  },
  "paid-order-is-not-canceled": {
    when: "cancels an order that the user has paid",
    code: 2047,
    where: "webhook",
    source: PAYMENTS,
  },
  "call-requests-are-few": {
    when: "more than one request for permission to call in 24 hours, or two in 7 days",
    code: 138009,
    where: "response",
    source: "Meta docs, calling/user-call-permissions",
  },
  "blocked-user-wrote": {
    when: "blocks a user who did not write in the last 24 hours (131047 within the list)",
    code: 139100,
    where: "response",
    source: BLOCK,
  },
  "template-is-well-formed": {
    when: "creates a template that is not valid by its schema",
    code: 100,
    where: "response",
    source: TEMPLATES,
  },
  "template-is-new": {
    when: "creates a template whose name and language are taken",
    code: 100,
    where: "response",
    source: `${TEMPLATES} (subcode 2388024)`,
  },
  "template-variables-are-inside": {
    when: "creates a template whose body begins or ends with a variable",
    code: 100,
    where: "response",
    source: `${TEMPLATES} (subcode 2388299)`,
  },
  "template-has-words-for-its-variables": {
    when: "creates a template whose body has less than two words for each variable and one more",
    code: 100,
    where: "response",
    source: `${TEMPLATES} (subcode 2388293); the figure is observed by providers`,
  },
  "template-count-is-within-limit": {
    when: "creates a template where there are 250",
    code: 100,
    where: "response",
    source: `${TEMPLATES} (subcode 2388019)`,
  },
};

/** HTTP status of what breaks the rule: that of the answer. */
export function ruleStatus(name: RuleName): number {
  const rule = RULES[name];
  if (rule.where === "webhook") return 200;
  return rule.http ?? errorStatus(rule.code);
}
