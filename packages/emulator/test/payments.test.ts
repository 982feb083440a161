import { describe, expect, test } from "vitest";
import { REQUESTS } from "../../whatsapp/test/fixtures/requests.ts";
import { PhoneError } from "../src/index.ts";
import { harness, interactive } from "./harness.ts";

const RAVI = "919811112222";
const ORDER = { ...REQUESTS["interactive.order_details"], to: RAVI };
const REFERENCE = "order_7.1-A";

const orderIs = (status: string): object =>
  interactive(
    {
      type: "order_status",
      body: { text: "Your order" },
      action: { name: "review_order", parameters: { reference_id: REFERENCE, order: { status } } },
    },
    { to: RAVI },
  );

async function ordered() {
  const world = harness({
    displayPhoneNumber: "919876543210",
    rates: false,
    contacts: [{ phone: RAVI, name: "Ravi" }],
  });
  const ravi = world.emulator.phone(RAVI);
  ravi.says("hi");
  expect((await world.api(ORDER)).status).toBe(200);
  await world.emulator.settle();
  const lookup = async (reference = REFERENCE): Promise<unknown> => {
    const path = `/v23.0/${world.emulator.phoneNumberId}/payments/my-config/${reference}`;
    const headers = { authorization: "Bearer token" };
    return (await world.emulator.fetch(new Request(`https://graph.facebook.com${path}`, { headers }))).json();
  };
  /** What the webhook said of payments, as it came. */
  const told = (): readonly unknown[] =>
    world.posted.flatMap(({ text }) => (text.includes('"type":"payment"') ? [JSON.parse(text)] : []));
  return { ...world, ravi, lookup, told };
}

describe("an order to pay", () => {
  test("is paid on the phone, and the webhook and the lookup say so", async () => {
    const { ravi, emulator, lookup, told } = await ordered();
    expect(await lookup()).toEqual({
      payments: [
        { reference_id: REFERENCE, status: "pending", currency: "INR", amount: { value: 21000, offset: 100 } },
      ],
    });
    expect(ravi.history.at(-1)).toMatchObject({ kind: "payment", payment: { status: "pending", paid: false } });
    ravi.pays();
    await emulator.settle();
    const payment = {
      reference_id: REFERENCE,
      amount: { value: 21000, offset: 100 },
      currency: "INR",
      transaction: { status: "success", method: { type: "upi" } },
    };
    expect(told()).toMatchObject([
      {
        entry: [
          {
            changes: [
              {
                field: "messages",
                value: { statuses: [{ type: "payment", status: "captured", recipient_id: RAVI, payment }] },
              },
            ],
          },
        ],
      },
    ]);
    expect(await lookup()).toMatchObject({ payments: [{ status: "captured", transactions: [{ status: "success" }] }] });
    expect(ravi.history.at(-1)?.payment?.paid).toBe(true);
    expect(() => ravi.pays()).toThrow(new PhoneError("the order is paid"));
    expect(await lookup("other")).toMatchObject({ error: { code: 100 } });
  });

  test("can be paid after a payment that failed", async () => {
    const { ravi, emulator, lookup, told } = await ordered();
    ravi.pays({ fails: true });
    await emulator.settle();
    expect(told()).toHaveLength(1);
    expect(await lookup()).toMatchObject({ payments: [{ status: "pending", transactions: [{ status: "failed" }] }] });
    ravi.pays();
    await emulator.settle();
    expect(await lookup()).toMatchObject({
      payments: [{ status: "captured", transactions: [{ status: "failed" }, { status: "success" }] }],
    });
  });

  test("goes from one status to the next until it is completed, and shows the newest", async () => {
    const { ravi, api, emulator, statuses } = await ordered();
    for (const status of ["processing", "shipped", "partially_shipped", "completed"]) await api(orderIs(status));
    await emulator.settle();
    const failed = () => statuses().flatMap(({ status, errors }) => (status === "failed" ? [errors[0]?.code] : []));
    expect(failed()).toEqual([]);
    expect(ravi.history.find(({ payment }) => payment)?.payment?.status).toBe("completed");
    for (const status of ["shipped", "canceled", "completed"]) await api(orderIs(status));
    await emulator.settle();
    expect(failed()).toEqual([2046, 2046, 2046]);
    expect(ravi.history.find(({ payment }) => payment)?.payment?.status).toBe("completed");
  });

  test("that is canceled, or whose time is over, cannot be paid", async () => {
    const { ravi, api, emulator } = await ordered();
    await api(orderIs("canceled"));
    await emulator.settle();
    expect(() => ravi.pays()).toThrow(new PhoneError("the order is canceled"));
    const other = await ordered();
    await other.emulator.advance(5 * 365 * 86_400_000);
    expect(() => other.ravi.pays()).toThrow(new PhoneError("the time to pay the order is over"));
  });

  test("is paid through the control API", async () => {
    const { control } = await ordered();
    const pay = (body: object) => control("POST", `/contacts/${RAVI}/messages`, { type: "pay", ...body });
    expect(await pay({ fails: true })).toMatchObject({ status: 200, body: { payment: { paid: false } } });
    expect(await pay({})).toMatchObject({ status: 200, body: { payment: { paid: true } } });
    expect((await pay({})).status).toBe(400);
  });
});
