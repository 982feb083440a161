import type { Context } from "../context.ts";
import type { WebhookTarget } from "../types.ts";

/** Asks `target` to echo a challenge, as Meta does when a webhook is set up. */
export async function verifies(ctx: Context, target: WebhookTarget): Promise<boolean> {
  const challenge = ctx.random.digits(10);
  const url = new URL(target.url);
  url.searchParams.set("hub.mode", "subscribe");
  url.searchParams.set("hub.verify_token", target.verifyToken);
  url.searchParams.set("hub.challenge", challenge);
  try {
    const response = await ctx.post(new Request(url));
    return response.status === 200 && (await response.text()) === challenge;
  } catch {
    return false;
  }
}
