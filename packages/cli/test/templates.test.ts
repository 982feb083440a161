import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type TemplateRequest, validateTemplate } from "@parley/whatsapp";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { foldersOfThisFile } from "./folders.ts";
import { ensureBuilt, parley } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
// Each test starts processes, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });
const files = foldersOfThisFile();

const BOT = `template order_ready(name: text(60) = "Ana", number: text(20) = "17") {
  category utility
  locales en
  body "Hi {name}, your order {number} is ready."
  option where "Where is it?"
}
template how_was_it(name: text(60) = "Ana") {
  category utility
  locales en
  body "Hi {name}, how was your pizza yesterday?"
}
flow f {
  on message -> s
  state s { send template order_ready("A", "1") send template how_was_it("A") handoff "people" }
}
`;

function bot(): string {
  return join(files({ "main.flow": BOT }), "main.flow");
}

function requests(): readonly TemplateRequest[] {
  return JSON.parse(parley(["templates", bot(), "--format", "json"]).stdout) as readonly TemplateRequest[];
}

describe("templates", () => {
  test("shows people what there is to hand in", () => {
    const { status, stdout, stderr } = parley(["templates", bot()]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("order_ready  en  utility\n  body    Hi {{name}}, your order {{number}} is ready.\n");
  });

  test("gives the requests as WhatsApp takes them, in one list or a file each", () => {
    const list = requests();
    expect(list.map((one) => [one.name, one.language])).toEqual([
      ["order_ready", "en"],
      ["how_was_it", "en"],
    ]);
    expect(list.flatMap(validateTemplate)).toEqual([]);
    const folder = files({});
    expect(parley(["templates", bot(), "-o", join(folder, "out")]).status).toBe(0);
    const names = readdirSync(join(folder, "out")).sort();
    expect(names).toEqual(["how_was_it.en.json", "order_ready.en.json"]);
    expect(JSON.parse(readFileSync(join(folder, "out/order_ready.en.json"), "utf8"))).toEqual(list[0]);
  });

  test("checked against what is approved, tells what is not, and fails", () => {
    const approved = requests().map((one) => ({ ...one, status: "APPROVED" }));
    const folder = files({
      "same.json": JSON.stringify({ data: approved }),
      "other.json": JSON.stringify({ data: approved.slice(1) }),
    });
    const same = parley(["templates", bot(), "--check", join(folder, "same.json")]);
    expect({ status: same.status, stderr: same.stderr }).toEqual({ status: 0, stderr: "" });
    const other = parley(["templates", bot(), "--check", join(folder, "other.json")]);
    expect(other.status).toBe(1);
    expect(other.stderr).toContain("error[P6001]: the template `order_ready` cannot be sent:");
    expect(parley(["templates", bot(), "--check", join(folder, "none.json")]).status).toBe(2);
  });

  test("a parameter without a sample is an error here, and only here", () => {
    const folder = files({
      "main.flow": `template t(n: text(9)) { category utility locales en body "Hello {n}, your bread is ready." }
flow f { on event e() -> s on message -> s state s { send template t("A") handoff "people" } }\n`,
    });
    const file = join(folder, "main.flow");
    expect(parley(["check", file]).status).toBe(0);
    const { status, stderr } = parley(["templates", file]);
    expect(status).toBe(1);
    expect(stderr).toContain("error[P6004]: the parameter `n` has no sample");
  });

  test("the file that parley.yaml names is read, and what is wrong with it told at its line", () => {
    const folder = files({
      "parley.yaml": "name: shop\ntemplates: approved.yaml\n",
      "approved.yaml": "- name: hello\n  language: en\n  category: UTILITY\n  components: []\n- name: other\n",
      "main.flow": `flow f { on event e() -> s on message -> s state s { send template hello() handoff "people" } }\n`,
    });
    const { status, stdout } = parley(["check", folder]);
    expect(status).toBe(1);
    expect(stdout).toContain("approved.yaml:5:");
    expect(stdout).toContain("`[1].language` is missing");
  });

  test("a file of templates that is not there is a mistake in the call", () => {
    const folder = files({ "parley.yaml": "templates: none.yaml\n", "main.flow": "flow f {}\n" });
    const { status, stderr } = parley(["check", folder]);
    expect(status).toBe(2);
    expect(stderr).toContain("none.yaml is not there, and `templates` names it");
  });
});
