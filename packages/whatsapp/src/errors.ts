/** Error codes of the Cloud API, what they mean and whether sending again helps. */

/**
 * What to do with a message after an error: `retry` soon, `backoff` because a rate was exceeded, `later` (hours, or after
 * something changed at Meta), `reroute` (send a template: the service window is closed), `permanent` (this message will
 * never go), `stop-number` (no message of this number will go until a person acted: token, permission, block, payment).
 */
export type RetryClass = "retry" | "backoff" | "later" | "reroute" | "permanent" | "stop-number";

export interface ErrorInfo {
  /** HTTP status of the response; absent where the code comes in webhooks only. */
  readonly http?: number;
  readonly title: string;
  readonly retry: RetryClass;
  /** In the response of a request, in webhooks (`statuses[].errors`, `messages[].errors`, `value.errors`), or in both. */
  readonly where: "response" | "webhook" | "both";
}

// Source: Meta docs, error-codes (19 Nov 2025), and the throttle and retry lists of gateways and SDKs (August 2026).
export const ERRORS: Readonly<Record<number, ErrorInfo>> = {
  0: { http: 401, title: "Authentication failed", retry: "stop-number", where: "response" },
  1: { http: 400, title: "API unknown", retry: "retry", where: "response" },
  2: { http: 503, title: "API service", retry: "retry", where: "response" },
  3: { http: 500, title: "API method: capability or permission", retry: "stop-number", where: "response" },
  4: { http: 400, title: "API too many calls", retry: "backoff", where: "response" },
  10: { http: 403, title: "Permission denied", retry: "stop-number", where: "response" },
  33: {
    http: 400,
    title: "Parameter value is not valid: the number was deleted",
    retry: "stop-number",
    where: "response",
  },
  100: { http: 400, title: "Invalid parameter", retry: "permanent", where: "response" },
  190: { http: 401, title: "Access token has expired", retry: "stop-number", where: "response" },
  368: { http: 403, title: "Temporarily blocked for policies violations", retry: "stop-number", where: "response" },
  613: { http: 400, title: "Call rate limit", retry: "backoff", where: "response" },
  1026: { title: "Receiver incapable", retry: "permanent", where: "webhook" },
  2046: { title: "Order status transition not allowed", retry: "permanent", where: "webhook" },
  2047: { title: "Order cannot be canceled after it was paid", retry: "permanent", where: "webhook" },
  80007: { http: 400, title: "Rate limit issues of the business account", retry: "backoff", where: "response" },
  130403: { http: 400, title: "The business has blocked the user", retry: "permanent", where: "both" },
  130429: { http: 400, title: "Rate limit hit", retry: "backoff", where: "both" },
  130472: { http: 400, title: "User's number is part of an experiment", retry: "permanent", where: "webhook" },
  130497: {
    http: 403,
    title: "Business account is restricted from messaging users in this country",
    retry: "permanent",
    where: "both",
  },
  131000: { http: 500, title: "Something went wrong", retry: "retry", where: "both" },
  131005: { http: 403, title: "Access denied", retry: "stop-number", where: "both" },
  131008: { http: 400, title: "Required parameter is missing", retry: "permanent", where: "both" },
  131009: { http: 400, title: "Parameter value is not valid", retry: "permanent", where: "both" },
  131016: { http: 500, title: "Service unavailable", retry: "retry", where: "both" },
  131020: { http: 400, title: "Group unknown or not usable", retry: "permanent", where: "both" },
  131021: { http: 400, title: "Recipient cannot be sender", retry: "permanent", where: "both" },
  131026: { http: 400, title: "Message undeliverable", retry: "permanent", where: "webhook" },
  131030: { http: 400, title: "Recipient phone number not in allowed list", retry: "permanent", where: "response" },
  131031: { http: 403, title: "Business account locked", retry: "stop-number", where: "both" },
  131037: { http: 400, title: "Display name needs to be approved", retry: "stop-number", where: "both" },
  131041: { http: 400, title: "Group message cannot be sent", retry: "permanent", where: "both" },
  131042: { http: 400, title: "Business eligibility payment issue", retry: "stop-number", where: "both" },
  131044: { http: 400, title: "Business eligibility payment issue (calling)", retry: "permanent", where: "both" },
  131045: {
    http: 500,
    title: "Phone number is not registered: incorrect certificate",
    retry: "stop-number",
    where: "both",
  },
  131047: {
    http: 400,
    title: "Re-engagement message: more than 24 hours have passed since the user last wrote",
    retry: "reroute",
    where: "both",
  },
  131048: { http: 400, title: "Spam rate limit hit", retry: "later", where: "both" },
  131049: {
    http: 400,
    title: "Not delivered to maintain healthy ecosystem engagement",
    retry: "later",
    where: "webhook",
  },
  131050: {
    http: 400,
    title: "User stopped marketing messages from this business",
    retry: "permanent",
    where: "webhook",
  },
  131051: { http: 400, title: "Unsupported message type", retry: "permanent", where: "both" },
  131052: { http: 400, title: "Media download error", retry: "permanent", where: "webhook" },
  131053: { http: 400, title: "Media upload error", retry: "permanent", where: "both" },
  131055: { http: 400, title: "Method not allowed", retry: "permanent", where: "response" },
  131056: { http: 400, title: "Pair rate limit hit", retry: "backoff", where: "both" },
  131057: { http: 500, title: "Business account is in maintenance mode", retry: "retry", where: "both" },
  131059: { http: 400, title: "Group message cannot be sent", retry: "permanent", where: "both" },
  131060: { title: "Message is currently not available", retry: "permanent", where: "webhook" },
  131062: {
    http: 400,
    title: "Business-scoped user id is not allowed for this message",
    retry: "permanent",
    where: "both",
  },
  131063: { http: 400, title: "Marketing templates are off for this account", retry: "permanent", where: "both" },
  131064: {
    http: 400,
    title: "Messaging limit cut after template classification violations",
    retry: "permanent",
    where: "both",
  },
  132000: { http: 400, title: "Number of parameters does not match the template", retry: "permanent", where: "both" },
  132001: { http: 404, title: "Template name does not exist in the translation", retry: "permanent", where: "both" },
  132005: { http: 400, title: "Translated text too long", retry: "permanent", where: "both" },
  132007: { http: 400, title: "Template content policy violated", retry: "permanent", where: "both" },
  132008: { http: 400, title: "Template parameter value is not valid", retry: "permanent", where: "both" },
  132012: { http: 400, title: "Parameter format does not match the template", retry: "permanent", where: "both" },
  132015: { http: 400, title: "Template is paused", retry: "later", where: "both" },
  132016: { http: 400, title: "Template is disabled", retry: "permanent", where: "both" },
  132018: {
    http: 400,
    title: "Template parameter has characters that are not allowed",
    retry: "permanent",
    where: "both",
  },
  132068: { http: 400, title: "Flow is blocked", retry: "permanent", where: "both" },
  132069: { http: 400, title: "Flow is throttled", retry: "later", where: "both" },
  133000: { http: 500, title: "Incomplete deregistration", retry: "permanent", where: "response" },
  133004: { http: 503, title: "Server temporarily unavailable", retry: "retry", where: "response" },
  133005: { http: 400, title: "Two-step verification PIN mismatch", retry: "permanent", where: "response" },
  133006: { http: 400, title: "Phone number needs verification", retry: "permanent", where: "response" },
  133008: { http: 400, title: "Too many two-step verification guesses", retry: "later", where: "response" },
  133009: { http: 400, title: "Two-step verification guessed too fast", retry: "later", where: "response" },
  133010: { http: 400, title: "Phone number is not registered", retry: "stop-number", where: "response" },
  133015: { http: 400, title: "Phone number was just deleted", retry: "later", where: "response" },
  133016: { http: 400, title: "Too many registrations of the number", retry: "later", where: "response" },
  134011: { http: 400, title: "Payments terms are not accepted", retry: "permanent", where: "both" },
  134100: { http: 400, title: "Not a marketing template", retry: "permanent", where: "both" },
  134101: { http: 400, title: "Template is being synchronised", retry: "later", where: "both" },
  134102: { http: 400, title: "Template is not available for this call", retry: "permanent", where: "both" },
  134103: { http: 500, title: "Marketing message could not be sent", retry: "permanent", where: "both" },
  135000: { http: 400, title: "Generic user error", retry: "permanent", where: "both" },
  137000: { http: 400, title: "Identity key hash does not match", retry: "permanent", where: "both" },
  138000: { http: 400, title: "Calling is not enabled", retry: "permanent", where: "both" },
  138006: { http: 400, title: "No call permission", retry: "permanent", where: "both" },
  138009: { http: 400, title: "Too many call permission requests", retry: "later", where: "both" },
  139200: { http: 400, title: "Direct send is blocked", retry: "permanent", where: "both" },
  2388040: { http: 400, title: "Template text is too long", retry: "permanent", where: "response" },
  2388047: { http: 400, title: "Template header format is not valid", retry: "permanent", where: "response" },
  2388072: { http: 400, title: "Template body format is not valid", retry: "permanent", where: "response" },
  2388073: { http: 400, title: "Template footer format is not valid", retry: "permanent", where: "response" },
  2388293: {
    http: 400,
    title: "Template has too many variables for its length",
    retry: "permanent",
    where: "response",
  },
  2388299: { http: 400, title: "Template variable at the start or end", retry: "permanent", where: "response" },
  2388019: { http: 400, title: "Too many templates", retry: "permanent", where: "response" },
};

interface ErrorRange extends ErrorInfo {
  readonly from: number;
  readonly to: number;
}

const RANGES: readonly ErrorRange[] = [
  { from: 200, to: 299, http: 403, title: "Permission missing", retry: "stop-number", where: "response" },
  { from: 131200, to: 131299, http: 400, title: "Groups error", retry: "permanent", where: "both" },
  { from: 138000, to: 138018, http: 400, title: "Calling error", retry: "permanent", where: "both" },
  { from: 139000, to: 139004, http: 400, title: "Flow management error", retry: "permanent", where: "response" },
  { from: 139100, to: 139103, http: 400, title: "Block list error", retry: "permanent", where: "response" },
  { from: 147001, to: 147005, http: 400, title: "Username error", retry: "permanent", where: "response" },
  { from: 2388000, to: 2388999, http: 400, title: "Template creation error", retry: "permanent", where: "response" },
];

/** What is known of `code`; undefined for codes that Meta added since. */
export function errorInfo(code: number): ErrorInfo | undefined {
  return Object.hasOwn(ERRORS, code) ? ERRORS[code] : RANGES.find((range) => code >= range.from && code <= range.to);
}

function classOfStatus(http: number | undefined): RetryClass {
  if (http === undefined) return "permanent";
  if (http === 429) return "backoff";
  if (http === 401 || http === 403) return "stop-number";
  return http >= 500 ? "retry" : "permanent";
}

/** What to do after `code`. A code that is not known goes by the HTTP status, and without one counts as permanent. */
export function errorClass(code: number, http?: number): RetryClass {
  return errorInfo(code)?.retry ?? classOfStatus(http);
}

/** HTTP status that a response with `code` has. */
export function errorStatus(code: number): number {
  return errorInfo(code)?.http ?? 400;
}

/** Body of a failed Graph API call. */
export interface GraphErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly code: number;
    readonly error_data?: { readonly messaging_product: "whatsapp"; readonly details: string };
    readonly error_subcode?: number;
    readonly fbtrace_id?: string;
  };
}

/** The body that the Cloud API answers with for `code`. `traceId` is the caller's, nothing here is random. */
export function graphError(code: number, details: string, traceId?: string): GraphErrorBody {
  return {
    error: {
      message: `(#${code}) ${errorInfo(code)?.title ?? "Unknown error"}`,
      type: "OAuthException",
      code,
      error_data: { messaging_product: "whatsapp", details },
      ...(traceId === undefined ? {} : { fbtrace_id: traceId }),
    },
  };
}
