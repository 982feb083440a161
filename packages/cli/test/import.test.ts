import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { foldersOfThisFile } from "./folders.ts";
import { ensureBuilt, parley } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
// Each test starts processes, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });
const files = foldersOfThisFile();

const BUTTONS = {
  messaging_product: "whatsapp",
  to: "15550001111",
  type: "interactive",
  interactive: {
    type: "button",
    body: { text: 'What size? {not} a "hole"' },
    action: {
      buttons: [
        { type: "reply", reply: { id: "order.size:small#q3k7zp.1", title: "Small" } },
        { type: "reply", reply: { id: "7-large", title: "Large" } },
      ],
    },
  },
};

describe("import", () => {
  test("a request becomes a flow, which checks and is in the one layout", () => {
    const { status, stdout, stderr } = parley(["import"], { input: JSON.stringify(BUTTONS) });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain('ask buttons "What size? \\{not\\} a \\"hole\\"" {');
    expect(stdout).toContain('option small "Small"\n');
    expect(stdout).toContain('option {"7-large"} "Large"\n');
    const folder = files({ "a.flow": stdout });
    expect(parley(["check", join(folder, "a.flow")]).status).toBe(0);
    expect(parley(["fmt", "--check", join(folder, "a.flow")]).status).toBe(0);
  });

  test("what has no form in the language is left out, said, and the status says so", () => {
    const list = [{ type: "text", text: { body: "Hi" } }, { type: "image", image: { id: "123" } }, { type: "poll" }];
    const folder = files({ "list.json": JSON.stringify(list) });
    const out = join(folder, "out.flow");
    const { status, stderr } = parley(["import", join(folder, "list.json"), "-o", out]);
    expect(status).toBe(1);
    expect(stderr).toBe(
      "message 2 is left out: its file is an uploaded one: give a link\n" +
        "message 3 is left out: the language has no message of the kind `poll`\n",
    );
    expect(readFileSync(out, "utf8")).toContain('say "Hi"');
  });

  test("text that is no JSON is a mistake in the call", () => {
    const { status, stderr } = parley(["import", "-"], { input: "{" });
    expect(status).toBe(2);
    expect(stderr).toContain("standard input is not JSON");
  });
});
