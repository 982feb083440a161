/** Orders that users pay in the chat: what may become of them, and what is told of payments. */
import type { MessageRequest, OrderDetailsParameters } from "@parley/whatsapp";
import type { MutableBubble } from "../bubble.ts";
import { type ContactState, type Context, type Order, type OrderStatus, type Transaction, touch } from "../context.ts";
import { PhoneError } from "../types.ts";
import { deliverChange } from "../webhooks/deliver.ts";
import { accountValue, recipient, wireTime } from "../webhooks/values.ts";
import { type Answer, broken, unknownObject } from "./answer.ts";
import type { Failure } from "./progress.ts";

function detailsIn(request: MessageRequest): OrderDetailsParameters | undefined {
  if (request.type !== "interactive" || request.interactive.type !== "order_details") return undefined;
  return request.interactive.action.parameters;
}

/** Each order is told apart by its reference. */
export function orderRefusal(ctx: Context, request: MessageRequest): Answer | undefined {
  const reference = detailsIn(request)?.reference_id;
  if (reference === undefined || !ctx.orders.has(reference)) return undefined;
  return broken(ctx, "order-reference-is-new", `There is an order ${reference} already`);
}

function isPaid({ transactions }: Order): boolean {
  return transactions.some(({ status }) => status === "success");
}

interface Update {
  readonly order: Order;
  readonly status: OrderStatus;
}

/** Of orders that were not sent here nothing is known. */
function updateIn(ctx: Context, request: MessageRequest): Update | undefined {
  if (request.type !== "interactive" || request.interactive.type !== "order_status") return undefined;
  const { reference_id: reference, order } = request.interactive.action.parameters;
  const found = ctx.orders.get(reference);
  return found && { order: found, status: order.status };
}

export function orderFailure(ctx: Context, request: MessageRequest): Failure | undefined {
  const update = updateIn(ctx, request);
  if (!update) return undefined;
  const { order, status } = update;
  if (order.status === "canceled" || order.status === "completed")
    return { rule: "order-is-not-over", details: "New order status was not correctly transitioned." };
  if (status === "canceled" && isPaid(order))
    return { rule: "paid-order-is-not-canceled", details: "Could not change order status to 'canceled'" };
  return undefined;
}

/** Remembers an order that goes out, and what is told of one. */
export function keepOrder(
  ctx: Context,
  contact: ContactState,
  request: MessageRequest,
  bubble: MutableBubble | undefined,
): void {
  const details = detailsIn(request);
  if (details && bubble) {
    const { reference_id: reference, currency, total_amount: amount, order } = details;
    const expires = order.expiration && { expiresAt: Number(order.expiration.timestamp) * 1000 };
    const made: Order = {
      reference,
      contact,
      bubble,
      currency,
      amount: { value: amount.value, offset: amount.offset },
      status: "pending",
      transactions: [],
      ...expires,
    };
    ctx.orders.set(reference, made);
  }
  const update = updateIn(ctx, request);
  if (!update) return;
  update.order.status = update.status;
  show(ctx, update.order);
}

/** The order's own page shows its newest status. */
function show(ctx: Context, order: Order): void {
  const { reference, status, bubble, contact } = order;
  bubble.payment = { reference, status, paid: isPaid(order) };
  touch(ctx, contact, bubble);
}

/** Throws `PhoneError` where the order cannot be paid (any more). */
export function pays(ctx: Context, bubble: MutableBubble, fails: boolean): void {
  const order = ctx.orders.get(bubble.payment?.reference ?? "");
  const now = ctx.clock.now();
  if (!order || order.bubble !== bubble) throw new PhoneError("this message asks for no payment");
  if (isPaid(order)) throw new PhoneError("the order is paid");
  if (order.status === "canceled") throw new PhoneError("the order is canceled");
  if (now > (order.expiresAt ?? Infinity)) throw new PhoneError("the time to pay the order is over");
  const { currency, amount } = order;
  const at = Math.floor(now / 1000);
  const transaction: Transaction = {
    id: `order_${ctx.random.hex(14)}`,
    pg_transaction_id: `pay_${ctx.random.hex(14)}`,
    type: "razorpay",
    status: fails ? "failed" : "success",
    created_timestamp: at,
    updated_timestamp: at,
    amount,
    currency,
    method: { type: "upi" },
    ...(fails ? { error: { code: "BAD_REQUEST_ERROR", reason: "incorrect_pin" } } : {}),
  };
  order.transactions.push(transaction);
  show(ctx, order);
  tell(ctx, order, transaction);
}

/** A payment that failed leaves the order pending. */
function tell(ctx: Context, order: Order, transaction: Transaction): void {
  const { reference, contact, amount, currency, bubble } = order;
  const status = {
    id: bubble.id,
    ...recipient(contact),
    type: "payment",
    status: isPaid(order) ? "captured" : "pending",
    payment: { reference_id: reference, amount, transaction, currency },
    timestamp: wireTime(ctx.clock.now()),
  };
  const { metadata } = accountValue(ctx);
  const value = { messaging_product: "whatsapp", metadata: { ...metadata }, statuses: [status] };
  deliverChange(ctx, `status:${contact.id}`, ctx.clock.now(), { field: "messages", value });
}

/** `GET /<phone number id>/payments/<configuration>/<reference>`. */
export function lookupPayment(ctx: Context, reference: string): Answer {
  const order = ctx.orders.get(reference);
  if (!order) return unknownObject(ctx, reference);
  const { currency, amount, transactions } = order;
  const status = isPaid(order) ? "captured" : "pending";
  const attempts = transactions.length > 0 ? { transactions } : {};
  return { status: 200, body: { payments: [{ reference_id: reference, status, currency, amount, ...attempts }] } };
}
