import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { foldersOfThisFile } from "./folders.ts";
import { ensureBuilt, parley } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
// Each test starts processes, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });
const files = foldersOfThisFile();

/** A conversation begins with a template, which asks. Nothing here repeats. */
const FLOW = `template ready(name: text(60) = "Ana") {
  category utility
  body "Hi {name}, your order is ready."
  option where "Where are you?"
}

flow order {
  on event ready(name: text(60)) -> ready

  state ready {
    ask template ready(name) {
      option where { say "At the station." }
      else -> end
      after 24h -> end
    }
    -> end
  }
}
`;
/** Made up: no price of WhatsApp is known here. */
const RATES = "currency: EUR\nrates: { utility: 0.02, marketing: 0.06 }\nmarkets:\n  IN: { utility: 0.001 }\n";

function cost(flow: string, ...args: readonly string[]): ReturnType<typeof parley> {
  return parley(["cost", "a.flow", ...args], { cwd: files({ "a.flow": flow, "rates.yaml": RATES }) });
}

describe("cost", () => {
  test("prints least and most of a conversation and of a turn, and what that costs", () => {
    expect(cost(FLOW, "--rates", "rates.yaml")).toEqual({
      status: 0,
      stderr: "",
      stdout: `flow order
             a conversation     a turn of the user
  service    0 to 1             0 to 1
  utility    1                  0
  messages   1 to 2             0 to 1
  EUR        0.0000 to 0.0200   0.0000
`,
    });
  });

  test("names what has no bound, with its place", () => {
    const { status, stdout } = cost(`flow f {
  on message -> s

  state s {
    ask buttons "Q" {
      option a "A" -> s
      else "Please tap."
    }
  }
}
`);
    expect(status).toBe(0);
    expect(stdout).toContain("1 or more, no bound");
    expect(stdout).toContain("\n  no bound: f.s (a.flow:4), answers can go round for ever\n");
    expect(stdout).toContain("\n  no bound: f.s (a.flow:5), wrong answers are taken for ever");
  });

  test("json says the same, with null where there is no bound", () => {
    const { stdout } = cost(
      FLOW.replace("else -> end", 'else "Please tap."'),
      "--format",
      "json",
      "--rates",
      "rates.yaml",
    );
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      currency: "EUR",
      flows: [
        {
          flow: "order",
          conversation: { categories: { utility: { least: 1, most: null } }, price: { least: 0, most: null } },
        },
      ],
    });
  });

  test.each([
    ["currency: EUR\n", "`rates` must have a price for each category"],
    ["currency: euro\nrates: {}\n", "`currency` must be a code of three capital letters such as `EUR`"],
    [
      "currency: EUR\nrates: { servise: 1 }\n",
      "`rates` has no category `servise`, there are service, utility, marketing, authentication",
    ],
    ["currency: EUR\nrates: { utility: -1 }\n", "`rates.utility` must be a price per message, such as 0.05"],
    ["currency: EUR\nrates: {}\nmarkets: { India: {} }\n", "`India` is no country code of two capital letters"],
    ["currency: EUR\nrates: {}\nmarket: {}\n", "there is no key `market`"],
    ["- a\n", "it must hold `currency` and `rates`"],
  ])("rates that are not: %j", (rates, why) => {
    const dir = files({ "a.flow": FLOW });
    writeFileSync(join(dir, "rates.yaml"), rates);
    expect(parley(["cost", "a.flow", "--rates", "rates.yaml"], { cwd: dir })).toMatchObject({
      status: 2,
      stderr: `error: rates.yaml: ${why}\n`,
    });
  });

  test("rates in JSON, and of the project's markets only", () => {
    const dir = files({
      "parley.yaml": "name: shop\nmarkets: [IN]\nlint: { P9001: off }\n",
      "a.flow": FLOW.replace("ask template", "send template marketing() ask template").concat(
        'template marketing() { category marketing body "B" option stop "Stop" }',
      ),
      "rates.json": '{"currency":"INR","rates":{"marketing":5},"markets":{"IN":{"marketing":1}}}',
    });
    const { stdout, stderr } = parley(["cost", "--format", "json", "--rates", "rates.json"], { cwd: dir });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({ flows: [{ conversation: { price: { least: 1, most: 1 } } }] });
  });
});
