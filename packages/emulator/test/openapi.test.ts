import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { FAULT_KINDS } from "../src/faults/fault.ts";
import { ANA, BUTTONS, harness } from "./harness.ts";

interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly schema: object } } };
  readonly responses: {
    readonly "200": { readonly content: { readonly "application/json": { readonly schema: object } } };
  };
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<
      Record<
        string,
        { readonly oneOf?: readonly { readonly properties: Readonly<Record<string, { readonly const?: string }>> }[] }
      >
    >;
  };
}

async function description(world: ReturnType<typeof harness>): Promise<Description> {
  return (await world.control("GET", "/openapi.json")).body as unknown as Description;
}

describe("the description of the control API", () => {
  test("is OpenAPI 3.1", async () => {
    const result = await new Validator().validate((await description(harness())) as unknown as Record<string, unknown>);
    expect([result.valid, result.errors ?? []]).toEqual([true, []]);
  });

  test("names every operation once, and every kind of fault", async () => {
    const { paths, components } = await description(harness());
    const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(20);
    const kinds = components.schemas["Fault"]?.oneOf?.map(({ properties }) => properties["kind"]?.const);
    expect(kinds).toEqual(FAULT_KINDS);
  });

  test("holds for what is answered", async () => {
    const world = harness({ templates: [{ name: "t", language: "en", category: "UTILITY", components: [] }] });
    const document = await description(world);
    const ajv = new Ajv2020({ strict: false });
    ajv.addSchema(document, "doc");
    world.ana.says("hi");
    await world.api(BUTTONS);
    await world.emulator.settle();
    const contact = `/contacts/${ANA}`;
    const calls: readonly (readonly [method: string, path: string, body?: object])[] = [
      ["GET", ""],
      ["GET", "/contacts"],
      ["POST", "/contacts", { username: "cy" }],
      ["GET", contact],
      ["PATCH", contact, { online: true, devices: [{ kind: "ios" }] }],
      ["POST", `${contact}/messages`, { type: "tap", option: "Large" }],
      ["POST", `${contact}/messages`, { type: "image", base64: "eA==" }],
      ["POST", `${contact}/echoes`, { text: "hello" }],
      ["POST", `${contact}/calls`],
      ["GET", `${contact}/history?after=0&wait=0`],
      ["PUT", `${contact}/number`, { phone: "+39 333 7654321" }],
      ["GET", "/clock"],
      ["GET", "/behaviour"],
      ["PATCH", "/behaviour", { rates: false, batching: { most: 10, waitMs: 100 }, delays: { read: null } }],
      ["PATCH", "/behaviour", { batching: null }],
      ["POST", "/clock", { advance: "1m" }],
      ["PUT", "/webhook", { url: "https://bot.example/x", appSecret: "s", verifyToken: "verify-me" }],
      ["GET", "/templates"],
      ["PATCH", "/templates/t/en", { status: "PAUSED" }],
      ["POST", "/faults", { kind: "late", ms: "1h", rate: 0.1 }],
      ["GET", "/faults"],
      ["DELETE", "/faults"],
      ["GET", "/log?after=0"],
    ];
    for (const [method, path, body] of calls) {
      const answer = await world.control(method, path, body);
      const key = `/_emulator${path.split("?")[0]}`.replace(ANA, "{contact}").replace("/t/en", "/{name}/{language}");
      const pointer = `${key.replaceAll("/", "~1").replaceAll("{", "%7B").replaceAll("}", "%7D")}/${method.toLowerCase()}`;
      const at = `doc#/paths/${pointer}/responses/200/content/application~1json/schema`;
      const valid = ajv.validate({ $ref: at }, answer.body);
      expect([method, path, answer.status, valid, ajv.errors]).toEqual([method, path, 200, true, null]);
    }
  });

  test("behaviour is changed in part, and not to what is not possible", async () => {
    const { control, emulator } = harness({ delays: { sent: 5 } });
    await control("PATCH", "/behaviour", { delays: { read: null }, coexistence: true });
    expect(emulator.behaviour()).toMatchObject({ delays: { sent: 5, read: null }, coexistence: true, rates: true });
    const bad = await control("PATCH", "/behaviour", { batching: { most: 5000, waitMs: 1 } });
    expect([bad.status, bad.body.error.message]).toEqual([409, "a batch holds 2 to 1000 updates"]);
  });

  test("what it does not name is refused", async () => {
    const { control } = harness();
    const answer = await control("POST", "/contacts", { phone: "4917012345", colour: "red" });
    expect([answer.status, answer.body.error.message]).toEqual([400, 'there is no "colour" here']);
    const nested = await control("PATCH", `/contacts/${ANA}`, { devices: [{ kind: "fridge" }] });
    expect(nested.body.error.message).toBe('"devices[0].kind" must be one of android, ios, web');
  });
});
