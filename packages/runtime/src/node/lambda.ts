/** AWS Lambda behind a function URL or an HTTP API (payload format 2.0). */
import type { Bot, BotTypes } from "../types.ts";
import type { PlainRequest } from "../webhook/plain.ts";

/** The parts of the event that are read. */
export interface LambdaEvent {
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly requestContext?: { readonly http?: { readonly method?: string } };
}

export interface LambdaResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface LambdaOptions {
  /**
   * Work until nothing is due before the answer is given, because the process sleeps between calls; default true. False
   * where something else calls `bot.settle()`.
   */
  readonly settle?: boolean;
}

function requestOf(event: LambdaEvent): PlainRequest {
  const query = event.rawQueryString ? `?${event.rawQueryString}` : "";
  const headers = new Map(Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method: event.requestContext?.http?.method ?? "GET",
    url: `${event.rawPath ?? "/"}${query}`,
    header: (name) => headers.get(name) ?? null,
    body: async (limit) => {
      const body = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
      return body.byteLength > limit ? undefined : body;
    },
  };
}

/** `export const handler = lambdaHandler(bot)`. Between calls nothing runs: timers need a schedule that calls `bot.settle()`. */
export function lambdaHandler<B extends BotTypes>(
  bot: Pick<Bot<B>, "handle" | "settle">,
  options: LambdaOptions = {},
): (event: LambdaEvent) => Promise<LambdaResult> {
  return async (event) => {
    const { status, headers, body } = await bot.handle(requestOf(event));
    if (status === 200 && (options.settle ?? true)) await bot.settle();
    return { statusCode: status, headers, body };
  };
}
