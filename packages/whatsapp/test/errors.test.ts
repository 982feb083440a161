import { ERRORS, errorClass, errorInfo, errorStatus, graphError, type RetryClass } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";

describe("a code has the class that decides about sending again", () => {
  test.each<[number, RetryClass]>([
    [1, "retry"],
    [2, "retry"],
    [4, "backoff"],
    [100, "permanent"],
    [190, "stop-number"],
    [200, "stop-number"],
    [299, "stop-number"],
    [368, "stop-number"],
    [80007, "backoff"],
    [130429, "backoff"],
    [131000, "retry"],
    [131009, "permanent"],
    [131016, "retry"],
    [131026, "permanent"],
    [131031, "stop-number"],
    [131047, "reroute"],
    [131048, "later"],
    [131049, "later"],
    [131050, "permanent"],
    [131051, "permanent"],
    [131056, "backoff"],
    [131057, "retry"],
    [132001, "permanent"],
    [132015, "later"],
    [133004, "retry"],
    [138009, "later"],
    [138012, "permanent"],
    [2388040, "permanent"],
  ])("%i: %s", (code, expected) => {
    expect(errorClass(code)).toBe(expected);
  });
});

describe("a code that is not known goes by the HTTP status", () => {
  test.each<[number | undefined, RetryClass]>([
    [500, "retry"],
    [503, "retry"],
    [429, "backoff"],
    [401, "stop-number"],
    [403, "stop-number"],
    [400, "permanent"],
    [undefined, "permanent"],
  ])("%s: %s", (http, expected) => {
    expect(errorInfo(999999)).toBeUndefined();
    expect(errorClass(999999, http)).toBe(expected);
  });
});

test("every code of the table has a title, a class and, unless it comes in webhooks only, a status", () => {
  const poor = Object.entries(ERRORS).filter(
    ([, info]) => info.title.length < 4 || (info.where !== "webhook" && info.http === undefined),
  );
  expect(poor).toEqual([]);
  expect(Object.keys(ERRORS).length).toBeGreaterThan(70);
});

test("an error body is shaped as the Graph API does", () => {
  expect(graphError(131009, "Button title length invalid. Min length: 1, Max length: 20", "A1")).toEqual({
    error: {
      message: "(#131009) Parameter value is not valid",
      type: "OAuthException",
      code: 131009,
      error_data: {
        messaging_product: "whatsapp",
        details: "Button title length invalid. Min length: 1, Max length: 20",
      },
      fbtrace_id: "A1",
    },
  });
  expect(errorStatus(132001)).toBe(404);
  expect(errorStatus(999999)).toBe(400);
});
