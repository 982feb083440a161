import { type Machine, renderAsk, renderMessage, shownOptions, symbolicScope } from "@parley/machine";
import { validateRequest } from "@parley/whatsapp";
import { expect, test } from "vitest";
import { orderMachine, pizzas } from "./fixtures/order.ts";
import { oneAsk } from "./fixtures/small.ts";
import { type AskSource, get, machineOf, onMessage, TEXT } from "./lib/assemble.ts";
import { drive } from "./lib/drive.ts";

function symbolic(machine: Machine, ask: string, locale = "en", page = 1): unknown {
  const scope = symbolicScope(machine, locale);
  const def = machine.asks[ask];
  return def && renderAsk(scope, def, shownOptions(scope, def), page);
}

test("build shows sources: a for as one row, ids as the options' own, a more row where there can be more", () => {
  expect(symbolic(orderMachine(), "order.choose")).toEqual({
    type: "interactive",
    interactive: {
      type: "list",
      header: { type: "text", text: "Today" },
      body: { text: "Which pizza?" },
      action: {
        button: "See pizzas",
        sections: [
          { title: "Pizzas", rows: [{ id: "{p.id}", title: "{p.name}", description: "{p.note}" }] },
          {
            title: "Else",
            rows: [
              { id: "back", title: "Back" },
              { id: "+2", title: "More pizzas" },
            ],
          },
        ],
      },
    },
  });
  expect(symbolic(orderMachine(), "order.confirm")).toMatchObject({
    interactive: { body: { text: "{count} × {pizza.name}, {size}?" } },
  });
  expect(symbolic(orderMachine(), "order.ready")).toEqual({
    type: "template",
    template: {
      name: "order_ready",
      language: { code: "en" },
      components: [
        {
          type: "body",
          parameters: [
            { type: "text", parameter_name: "name", text: "{customer}" },
            { type: "text", parameter_name: "number", text: "{ticket}" },
          ],
        },
        { type: "button", sub_type: "quick_reply", index: "0", parameters: [{ type: "payload", payload: "where" }] },
      ],
    },
  });
});

test("keys stand in the order of WhatsApp's documents", () => {
  const machine = oneAsk({ layout: "list", header: "H", footer: "F", open: "O" });
  expect(JSON.stringify(symbolic(machine, "main.first"))).toBe(
    '{"type":"interactive","interactive":{"type":"list","header":{"type":"text","text":"H"},"body":{"text":"Yes or no?"},"footer":{"text":"F"},' +
      '"action":{"button":"O","sections":[{"rows":[{"id":"yes","title":"Yes"},{"id":"no","title":"No"}]}]}}}',
  );
});

test("the built-in words, and each text by itself, fall back to the default locale", () => {
  expect(symbolic(oneAsk({ layout: "list" }), "main.first", "es_MX")).toMatchObject({
    interactive: {
      body: { text: "¿Sí o no?" },
      action: { button: "Elegir", sections: [{ rows: [{ title: "Sí" }, { title: "No" }] }] },
    },
  });
});

test("header and footer stand only while their when holds, sections without rows are left out", () => {
  const bot = drive(
    oneAsk({
      layout: "list",
      header: "H",
      headerWhen: ["==", get("contact.name"), "Bo"],
      footer: "F",
      footerWhen: ["==", get("contact.name"), "Ana"],
      sections: [
        { title: "One", when: false, rows: [{ id: "a", title: "A" }] },
        { title: "Two", rows: [{ id: "b", title: "B", when: ["isNone", get("contact.phone")] }] },
        { title: "Three", rows: [{ id: "c", title: "C" }] },
      ],
    }),
  );
  const [sent] = bot.says("hi");
  expect(sent?.message).toMatchObject({
    interactive: { action: { sections: [{ title: "Three", rows: [{ title: "C" }] }] } },
  });
  expect(JSON.stringify(sent?.message)).not.toContain('"header"');
  expect(JSON.stringify(sent?.message)).toContain('"footer":{"text":"F"}');
});

const LONG = "A label that is longer than a row";

test("short stands where the label does not fit; in a list the label becomes the description", () => {
  const option = { id: "a", title: LONG, short: "Short", to: "yes" };
  const titled = (layout: NonNullable<AskSource["layout"]>, description?: string): unknown =>
    symbolic(
      oneAsk({ layout, options: [description === undefined ? option : { ...option, description }] }),
      "main.first",
    );
  expect(titled("buttons")).toMatchObject({ interactive: { action: { buttons: [{ reply: { title: "Short" } }] } } });
  expect(titled("list")).toMatchObject({
    interactive: { action: { sections: [{ rows: [{ title: "Short", description: LONG }] }] } },
  });
  expect(titled("list", "D")).toMatchObject({
    interactive: { action: { sections: [{ rows: [{ title: "Short", description: "D" }] }] } },
  });
});

test("a row whose id repeats is left out and reported; of buttons also one whose title repeats", () => {
  const bot = drive(orderMachine());
  bot.says("pizza");
  const [list] = bot.result({ ok: true, value: [...pizzas(2), ...pizzas(1)] });
  expect(Object.keys(list?.options ?? {})).toEqual(["Pizza 1", "Pizza 2", "Back"]);
  expect(bot.trace).toContainEqual({ kind: "row-dropped", ask: "order.choose", id: "p1" });
  const buttons = drive(
    oneAsk({
      options: [
        { id: "a", title: "Same" },
        { id: "b", title: "Same" },
      ],
    }),
  );
  buttons.says("hi");
  expect(buttons.trace).toContainEqual({ kind: "row-dropped", ask: "main.first", id: "b" });
});

test("white space runs inside a value are one space in titles, descriptions, headers, footers and template parameters", () => {
  const machine = machineOf({
    templates: {
      t: {
        name: "t",
        category: "marketing",
        locales: ["en"],
        params: { x: TEXT },
        header: ["x"],
        body: [],
        options: [],
      },
    },
    flows: {
      main: {
        vars: { x: { type: TEXT, init: "a \n\t b" } },
        triggers: [onMessage("first")],
        states: {
          first: [
            { send: { kind: "template", template: "t", args: [get("x")] }, name: "t" },
            { ask: { body: "{x}", header: "{x}", footer: "{x}", options: [{ id: "o", title: "{x}" }] } },
            { op: "end" },
          ],
        },
      },
    },
  });
  const sent = drive(machine).says("hi");
  expect(sent[0]?.message).toMatchObject({
    template: { components: [{ type: "header", parameters: [{ text: "a b" }] }] },
  });
  expect(sent[1]?.message).toMatchObject({
    interactive: {
      header: { text: "a b" },
      body: { text: "a \n\t b" },
      footer: { text: "a b" },
      action: { buttons: [{ reply: { title: "a b" } }] },
    },
  });
});

test("templates go out without a window, in their category, in a language that they have", () => {
  const bot = drive(orderMachine());
  bot.event("order_ready", "Ana", "17");
  expect(bot.effects[0]).toMatchObject({ kind: "send", window: false, category: "utility", ask: "order.ready" });
  const id = bot.snapshot?.conversation?.id;
  expect(bot.effects[0]).toMatchObject({
    message: {
      template: {
        language: { code: "en" },
        components: [{}, { parameters: [{ payload: `order.ready:where#${id}.1` }] }],
      },
    },
  });
  expect(bot.gets({ type: "button", button: { payload: `order.ready:where#${id}.1`, text: "Where?" } })[0]?.text).toBe(
    "On the counter, Ana.",
  );
});

test("every kind of content is a request that WhatsApp takes", () => {
  const texts = { k: { en: ["T"] } };
  const machine: Machine = { ...orderMachine(), texts };
  const scope = symbolicScope(machine, "en");
  const link = "https://x.example/a.jpg";
  const contents = [
    { kind: "text", body: "k", preview: true },
    {
      kind: "link",
      body: "k",
      title: "k",
      url: ["https://x.example/"],
      header: { kind: "image", value: link },
      footer: "k",
    },
    ...(["image", "video", "audio", "document", "sticker"] as const).map((media) => ({
      kind: "media" as const,
      media,
      value: link,
      caption: "k",
      name: "k",
    })),
    { kind: "location", latitude: 45.4, longitude: 9.2, name: "k", address: "k" },
    { kind: "contact", value: ["get", "friend"] },
  ] as const;
  const refused = contents.flatMap((content) => {
    const message = renderMessage(scope, { id: "m", content });
    const result = validateRequest({ messaging_product: "whatsapp", to: "393331234567", ...message });
    return result.ok ? [] : [[content.kind, result]];
  });
  expect(refused).toEqual([]);
});

test("values in a link are percent-encoded, but for one that begins it", () => {
  const hole = (name: string) => ({ e: get(name), as: "text" as const, source: `{${name}}` });
  const machine = machineOf({
    flows: {
      main: {
        vars: { q: { type: TEXT, init: "a b&c" }, u: { type: { t: "url" }, init: "https://x.example" } },
        triggers: [onMessage("first")],
        states: {
          first: [
            { say: "", name: "text" },
            {
              send: {
                kind: "link",
                body: "main.first.text",
                title: "main.first.text",
                url: [hole("u"), "/?q=", hole("q")],
              },
              name: "link",
            },
            { op: "end" },
          ],
        },
      },
    },
  });
  expect(drive(machine).says("hi")[1]?.message).toMatchObject({
    interactive: { action: { parameters: { url: "https://x.example/?q=a%20b%26c" } } },
  });
});

test("media values are sent by id or by link, with their name", () => {
  const machine = machineOf({
    flows: {
      main: {
        triggers: [onMessage("first")],
        states: {
          first: [
            { send: { kind: "media", media: "document", value: ["field", ["root", "reply"], "media"] }, name: "back" },
            { op: "end" },
          ],
        },
      },
    },
  });
  const bot = drive(machine);
  const [sent] = bot.gets({
    type: "document",
    document: { id: "77", filename: "a.pdf", mime_type: "application/pdf" },
  });
  expect(sent?.message).toEqual({ type: "document", document: { id: "77", filename: "a.pdf" } });
  expect(() => bot.says("no file")).toThrow("a media message without a file (at main, )");
});
