/** What is known of a send after its request. */
export type SendResult =
  | { readonly kind: "accepted"; readonly wamid: string | null }
  /** WhatsApp refused it. `retryAfterMs` as the answer asks for. */
  | {
      readonly kind: "error";
      readonly code: number | null;
      readonly http: number;
      readonly details: string;
      readonly retryAfterMs?: number;
    }
  /** There was no connection. */
  | { readonly kind: "unsent" }
  /** The request may have arrived. */
  | { readonly kind: "doubt" };

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function wamidOf(body: Readonly<Record<string, unknown>>): string | null {
  const messages = body["messages"];
  const first: unknown = Array.isArray(messages) ? messages[0] : undefined;
  return isObject(first) && typeof first["id"] === "string" ? first["id"] : null;
}

/** Id that an upload was given. */
export function idOfUpload(text: string): string | undefined {
  const { id } = parsed(text);
  return typeof id === "string" && id !== "" ? id : undefined;
}

function retryAfter(headers: Headers): { readonly retryAfterMs?: number } {
  const seconds = Number(headers.get("retry-after") ?? "");
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1000 } : {};
}

/**
 * Reads an answer. A 5xx without the Graph API's own error comes from something before it, which may have passed the
 * request on: doubt. So does a success that says neither a message's id nor `success`.
 */
export function readAnswer(http: number, headers: Headers, text: string): SendResult {
  const body = parsed(text);
  const error = body["error"];
  if (isObject(error) && typeof error["code"] === "number") {
    const data = error["error_data"];
    const details = isObject(data) && typeof data["details"] === "string" ? data["details"] : "";
    return { kind: "error", code: error["code"], http, details, ...retryAfter(headers) };
  }
  if (http >= 200 && http < 300) {
    const wamid = wamidOf(body);
    return wamid !== null || body["success"] === true ? { kind: "accepted", wamid } : { kind: "doubt" };
  }
  if (http >= 500) return { kind: "doubt" };
  return { kind: "error", code: null, http, details: "", ...retryAfter(headers) };
}
