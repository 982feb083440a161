/** Calls of users: they ring at the webhook; nothing is heard. */
import type { JsonObject } from "@parley/whatsapp";
import { type Answer, refuse } from "../api/answer.ts";
import type { Call, ContactState, Context } from "../context.ts";
import { PhoneError } from "../types.ts";
import { deliverChange } from "../webhooks/deliver.ts";
import { enqueue } from "../webhooks/queue.ts";
import { accountValue, sender, wireContact, wireTime } from "../webhooks/values.ts";
import { bubbleOf } from "./history.ts";

const RINGS_MS = 60_000;

function told(ctx: Context, call: Call, facts: JsonObject): void {
  const value = {
    messaging_product: "whatsapp",
    metadata: { ...accountValue(ctx).metadata },
    contacts: [{ ...wireContact(call.contact) }],
    calls: [
      {
        id: call.id,
        ...sender(call.contact),
        to: ctx.settings.displayPhoneNumber,
        direction: "USER_INITIATED",
        timestamp: wireTime(ctx.clock.now()),
        ...facts,
      },
    ],
  };
  deliverChange(ctx, `call:${call.contact.id}`, ctx.clock.now(), { field: "calls", value });
}

function end(ctx: Context, call: Call): void {
  if (call.state === "over") return;
  const now = ctx.clock.now();
  const talked = call.state === "talking";
  call.state = "over";
  const times = {
    start_time: wireTime(call.since),
    end_time: wireTime(now),
    duration: Math.round((now - call.since) / 1000),
  };
  told(ctx, call, { event: "terminate", status: talked ? "COMPLETED" : "FAILED", ...(talked ? times : {}) });
}

/** What a call by the button of a message tells the business. Throws where the button does not work any more. */
function payloadOf(ctx: Context, contact: ContactState, of: string): JsonObject {
  const { callButton, at } = bubbleOf(contact, of);
  if (!callButton) throw new PhoneError(`the message ${of} has no button that calls`);
  if (ctx.clock.now() - at > callButton.ttlMinutes * 60_000) throw new PhoneError("the button does not work any more");
  return callButton.payload === undefined ? {} : { cta_payload: callButton.payload };
}

/** A call opens the window as a message does. `of`: the message whose button is tapped. */
export function rings(ctx: Context, contact: ContactState, of: string | undefined): string {
  if (contact.blocked) throw new PhoneError("the business blocks this user");
  const tapped = of === undefined ? {} : payloadOf(ctx, contact, of);
  const now = ctx.clock.now();
  const call: Call = { id: `wacid.${ctx.random.hex(32)}`, contact, state: "ringing", since: now };
  ctx.calls.set(call.id, call);
  contact.lastWroteAt = now;
  told(ctx, call, { event: "connect", session: { sdp_type: "offer", sdp: "v=0\r\n" }, ...tapped });
  const stop = (): void => {
    if (call.state === "ringing") end(ctx, call);
  };
  enqueue(ctx.queue, ctx.clock, { due: now + RINGS_MS, lane: call.id, run: () => Promise.resolve(stop()) });
  return call.id;
}

export function hangsUp(ctx: Context, contact: ContactState, id: string): void {
  const call = ctx.calls.get(id);
  if (call?.contact !== contact || call.state === "over") throw new PhoneError(`there is no call ${id}`);
  end(ctx, call);
}

/** `POST /<phone number id>/calls`: what the business does with a call. It makes none itself. */
export function answerCall(ctx: Context, body: unknown): Answer {
  const { call_id: id, action } = (body ?? {}) as { readonly call_id?: unknown; readonly action?: unknown };
  if (action === "connect") return refuse(ctx, 138_006, "The emulator's users gave no permission to be called");
  const call = typeof id === "string" ? ctx.calls.get(id) : undefined;
  if (!call || call.state === "over") return refuse(ctx, 100, `There is no call ${String(id)}`);
  switch (action) {
    case "pre_accept":
      break;
    case "accept":
      call.state = "talking";
      call.since = ctx.clock.now();
      // Who talked may be asked for permission to call again.
      call.contact.callRequests.length = 0;
      break;
    case "reject":
    case "terminate":
      end(ctx, call);
      break;
    default:
      return refuse(ctx, 100, "Param action must be one of {connect, pre_accept, accept, reject, terminate}.");
  }
  return { status: 200, body: { messaging_product: "whatsapp", success: true } };
}
