import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildDisk, freshDisk } from "../../runtime/test/crash/rig.ts";
import { change, NUMBER, sender, text, webhook } from "../../runtime/test/support/webhooks.ts";
import { endAll, ensureBuilt, folder, start } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
const place = mkdtempSync(join(tmpdir(), "parley-disk-"));
const library = buildDisk(place);
const { dir, clean } = folder({ "hello.flow": "flow a {\n  on message -> s\n  state s {\n    -> end\n  }\n}\n" });
afterAll(() => {
  endAll();
  clean();
  rmSync(place, { recursive: true, force: true });
});

const ACCOUNT = {
  PARLEY_TOKEN: "t",
  PARLEY_APP_SECRET: "s",
  PARLEY_VERIFY_TOKEN: "v",
  PARLEY_PHONE_NUMBER_ID: NUMBER,
};

async function deliver(url: string, id: string): Promise<number> {
  const body = webhook(change({ contacts: [sender({ waId: "16505551234" })], messages: [text(id, Date.now(), "hi")] }));
  const signature = `sha256=${createHmac("sha256", "s").update(body).digest("hex")}`;
  const headers = { "x-hub-signature-256": signature };
  return fetch(url, { method: "POST", body, headers }).then(
    ({ status }) => status,
    () => 0,
  );
}

describe.skipIf(!library)("serve on a disk that fails", () => {
  test("ends with 4 and says why, does not start on it, and goes on when it is well again", async () => {
    const disk = freshDisk(library ?? "", join(place, "disk"));
    const env = { ...ACCOUNT, LD_PRELOAD: disk.library, PARLEY_DISK_FAULTS: disk.faults };
    const run = () => start(["serve", "--port", "0", "--database", join(dir, "bot.db")], { cwd: dir, env });
    const first = run();
    const [, url = ""] = await first.until(/webhook at (\S+)/);
    expect(await deliver(url, "wamid.1")).toBe(200);
    writeFileSync(join(disk.faults, "enospc"), "");
    expect(await deliver(url, "wamid.2")).not.toBe(200);
    expect(await first.ended).toBe(4);
    expect(first.output()).toMatch(/bot\.db failed: .*full\nThe bot stopped/);
    const second = run();
    expect(await second.ended).toBe(4);
    rmSync(join(disk.faults, "enospc"));
    const third = run();
    const [, again = ""] = await third.until(/webhook at (\S+)/);
    expect(await deliver(again, "wamid.2")).toBe(200);
    third.child.kill("SIGTERM");
    expect(await third.ended).toBe(0);
  }, 60_000);
});
