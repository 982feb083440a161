import { describe, expect, test } from "vitest";
import type { EmulatorTemplate } from "../src/index.ts";
import { ANA, harness } from "./harness.ts";

const READY: EmulatorTemplate = {
  name: "order_ready",
  language: "en",
  category: "UTILITY",
  components: [
    { type: "HEADER", format: "TEXT", text: "Order {{1}}" },
    { type: "BODY", text: "Hi {{1}}, your order {{2}} is ready." },
    { type: "FOOTER", text: "Thank you" },
    {
      type: "BUTTONS",
      buttons: [
        { type: "QUICK_REPLY", text: "Where is it?" },
        { type: "URL", text: "Track", url: "https://pizza.example/t/{{1}}" },
      ],
    },
  ],
};

const NAMED: EmulatorTemplate = {
  name: "named",
  language: "en",
  category: "MARKETING",
  components: [{ type: "BODY", text: "Hi {{name}}!" }],
};

function param(text: string, name?: string): object {
  return { type: "text", text, ...(name === undefined ? {} : { parameter_name: name }) };
}

const FULL: readonly object[] = [
  { type: "header", parameters: [param("17")] },
  { type: "body", parameters: [param("Ana"), param("17")] },
  { type: "button", sub_type: "quick_reply", index: "0", parameters: [{ type: "payload", payload: "where" }] },
  { type: "button", sub_type: "url", index: "1", parameters: [{ type: "text", text: "17" }] },
];

function template(name: string, components: readonly object[], code = "en"): object {
  return {
    messaging_product: "whatsapp",
    to: ANA,
    type: "template",
    template: { name, language: { code }, components },
  };
}

describe("templates", () => {
  test("arrive outside the window, filled, and cost", async () => {
    const { api, emulator, ana, statuses } = harness({ templates: [READY] });
    const { status, body } = await api(template("order_ready", FULL));
    expect(status).toBe(200);
    expect(body.messages[0].message_status).toBe("accepted");
    await emulator.settle();
    expect(ana.history).toMatchObject([
      {
        kind: "template",
        headerText: "Order 17",
        text: "Hi Ana, your order 17 is ready.",
        footer: "Thank you",
        buttons: [
          { kind: "quickReply", id: "where", title: "Where is it?" },
          { kind: "url", title: "Track", url: "https://pizza.example/t/17" },
        ],
        template: { name: "order_ready", language: "en" },
      },
    ]);
    expect(statuses()[1]?.pricing).toMatchObject({ billable: true, category: "utility", type: "regular" });
  });

  test("a tapped quick reply comes as `button` with its payload", async () => {
    const { api, emulator, ana, messages } = harness({ templates: [READY] });
    const { body } = await api(template("order_ready", FULL));
    await emulator.settle();
    expect(() => ana.taps("Track")).toThrow("has an option");
    ana.taps("Where is it?");
    await emulator.settle();
    expect(messages()).toMatchObject([
      {
        message: { type: "button", button: { payload: "where", text: "Where is it?" } },
        context: { id: body.messages[0].id },
      },
    ]);
  });

  test.each([
    ["an unknown name", template("nothing", []), 132001, 404],
    ["another language", template("order_ready", FULL, "es"), 132001, 404],
    [
      "a parameter too few",
      template("order_ready", [FULL[0] ?? {}, { type: "body", parameters: [param("Ana")] }]),
      132000,
      400,
    ],
    ["no parameters", template("order_ready", []), 132000, 400],
    ["names for positions", template("named", [{ type: "body", parameters: [param("Ana")] }]), 132012, 400],
    ["a wrong name", template("named", [{ type: "body", parameters: [param("Ana", "nom")] }]), 132012, 400],
    ["the url's parameter missing", template("order_ready", FULL.slice(0, 3)), 132000, 400],
    [
      "a button that is not there",
      template("named", [
        { type: "body", parameters: [param("A", "name")] },
        { ...FULL[2], index: "4" },
      ]),
      132012,
      400,
    ],
    ["a line break", template("named", [{ type: "body", parameters: [param("A\nB", "name")] }]), 132018, 400],
    [
      "a filled text that is too long",
      template("named", [{ type: "body", parameters: [param("A".repeat(1021), "name")] }]),
      132005,
      400,
    ],
  ])("%s is refused", async (_, request, code, status) => {
    const { api, emulator, ana } = harness({ templates: [READY, NAMED] });
    const answer = await api(request);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    await emulator.settle();
    expect(ana.history).toEqual([]);
  });

  test.each([
    ["PENDING", 132001],
    ["REJECTED", 132001],
    ["PAUSED", 132015],
    ["DISABLED", 132016],
  ] as const)("a %s one is refused", async (status, code) => {
    const { api } = harness({ templates: [{ ...NAMED, status }] });
    const { body } = await api(template("named", [{ type: "body", parameters: [param("Ana", "name")] }]));
    expect(body.error.code).toBe(code);
  });

  test("a utility template inside the window is free", async () => {
    const { api, emulator, ana, statuses } = harness({ templates: [READY] });
    ana.says("hi");
    await api(template("order_ready", FULL));
    await emulator.settle();
    expect(statuses()[0]?.pricing).toMatchObject({
      billable: false,
      type: "free_customer_service",
      category: "utility",
    });
  });

  test("are listed as the Graph API lists them", async () => {
    const { emulator } = harness({ templates: [NAMED] });
    const response = await emulator.fetch(
      new Request("https://graph.facebook.com/v23.0/102290129340398/message_templates", {
        headers: { authorization: "Bearer token" },
      }),
    );
    expect(await response.json()).toMatchObject({ data: [{ ...NAMED, status: "APPROVED" }] });
  });
});
