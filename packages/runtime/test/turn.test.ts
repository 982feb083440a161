import { expect, test } from "vitest";
import { logOf } from "./support/fake-step.ts";
import { rig } from "./support/rig.ts";

test("a message is stepped and its answer sent to the contact", async () => {
  const { says, api, inspect } = rig();
  await says("hello");
  expect(api.requests).toEqual([
    {
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "16505551234",
      type: "text",
      text: { body: "echo hello" },
      biz_opaque_callback_data: "v1.m-1.1",
    },
  ]);
  expect(logOf(await inspect())).toEqual(["wamid.in1"]);
});
