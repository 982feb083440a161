import { expect, test } from "vitest";
import { found } from "../programs.ts";

const send = (latitude: string, longitude: string): string =>
  `flow f { on message -> s state s { send location ${latitude}, ${longitude} -> end } }`;

test.each([
  ["90", "-180", []],
  ["412.9", "12.5", [["P2003", "412.9"]]],
  [
    "-90.5",
    "180.1",
    [
      ["P2003", "-90.5"],
      ["P2003", "180.1"],
    ],
  ],
  ["45 * 3", "12.5", []],
])("a place that is written lies on the earth: %s, %s", (latitude, longitude, findings) => {
  expect(found(send(latitude, longitude)).filter(([code]) => code === "P2003")).toEqual(findings);
});
