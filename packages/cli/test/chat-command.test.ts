import { expect, test } from "vitest";
import { understand } from "../src/chat/command.ts";

test.each([
  ["/order soap", { kind: "order", items: [{ sku: "soap", quantity: 1 }] }],
  [
    "/order soap 2, towel-xl 12",
    {
      kind: "order",
      items: [
        { sku: "soap", quantity: 2 },
        { sku: "towel-xl", quantity: 12 },
      ],
    },
  ],
  ['/form {"name": "Ana", "guests": 4}', { kind: "form", response: { name: "Ana", guests: 4 } }],
])("%s", (line, said) => {
  expect(understand(line, [])).toEqual(said);
});

test.each([
  "/order",
  "/order soap two",
  "/order soap 0",
  "/order soap,,towel",
  "/form",
  "/form Ana",
  "/form [1]",
  "/form 4",
])("%s is told how to write it", (line) => {
  expect(understand(line, [])).toMatchObject({
    kind: "wrong",
    problem: expect.stringMatching(/^\/(order|form) needs/),
  });
});
