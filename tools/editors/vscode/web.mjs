/** What is special where there is no process: that there is none, and that nothing is offered which needs one. */
import { readdirSync, readFileSync } from "node:fs";
import { must, until } from "../lib/steps.mjs";
import { showsHeading } from "./editing.mjs";

export async function tryInPage({ claim, bench, server }) {
  const { page, press, texts, open, command } = bench;

  await claim("the extension begins in the page, with the server in a worker and no process", async () => {
    await open("order.flow");
    await page.locator("#status\\.languageStatus").hover();
    await until(
      "the status",
      async () => (await texts(".hover-language-status")).some((row) => /Parley \d/.test(row)),
      30_000,
    );
    const servers = processesBelow(server.pid).filter((words) => words.includes("lsp"));
    must(servers.length === 0, servers);
  });

  await claim("nothing is offered that needs a process", async () => {
    await until("lenses", async () => (await texts(".codelens-decoration")).length > 0, 20_000);
    const lenses = await texts(".codelens-decoration");
    must(!lenses.some((row) => /try it|show graph/.test(row)), lenses);
    await press("Escape", "F1");
    await page.keyboard.insertText("Parley:");
    await until("commands", async () =>
      (await texts(".quick-input-list .monaco-list-row")).some((row) => row.includes("Restart")),
    );
    const offered = await texts(".quick-input-list .monaco-list-row");
    must(!offered.some((row) => /Build|Talk|New Bot|Show Graph/.test(row)), offered);
    await press("Escape");
  });

  await claim("the page of a code is shown", async () => {
    await command("Parley: Explain a Diagnostic");
    await page.locator('.quick-input-widget input[placeholder="P3001"]').fill("P3001");
    await press("Enter");
    await until("the page", () => showsHeading(page, "P3001"));
    await command("View: Close All Editors");
  });
}

/** The command lines of a process' descendants, where the system tells them. */
function processesBelow(pid) {
  const parents = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // It has ended meanwhile.
    }
  }
  const isBelow = (one) => one === pid || (parents.has(one) && isBelow(parents.get(one)));
  return [...parents.keys()].filter(isBelow).map((one) => {
    try {
      return readFileSync(`/proc/${one}/cmdline`, "utf8").split("\0");
    } catch {
      return [];
    }
  });
}
