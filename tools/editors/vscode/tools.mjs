/** What an editor does around text: tests, graph, talk, tasks, the project file, files of others, help. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { must, until } from "../lib/steps.mjs";
import { placeOf, showsHeading } from "./editing.mjs";

export async function tryTools({ claim, bench, read, project, picture }) {
  const { page, press, type, insert, texts, goTo, shown, open, command } = bench;
  const fresh = async () => {
    await press("Escape");
    const dirty = async () => (await page.locator(".tab.active.dirty").count()) > 0;
    if (await dirty()) await command("File: Revert File");
    await command("View: Close All Editors");
  };
  await fresh();

  await claim("the test explorer runs all tests, and marks what passed and what failed", async () => {
    const text = read("order.test.flow");
    writeFileSync(
      join(project, "order.test.flow"),
      `${text}\ntest "this one fails" in order {\n  user says "hi"\n  expect text containing "Goodbye"\n}\n`,
    );
    await open("order.flow");
    await command("Testing: Focus on Test Explorer View");
    await until("tests", async () => (await texts(".test-explorer .monaco-list-row")).length > 0, 20_000);
    await page.locator(".test-explorer .monaco-list-row", { hasText: "order.test.flow" }).first().click();
    await press("ArrowRight");
    await until("the test that was just written", async () =>
      (await texts(".test-explorer .monaco-list-row")).some((row) => row.includes("this one fails")),
    );
    await command("Test: Run All Tests");
    const marks = (what) => page.locator(`.test-explorer .codicon-testing-${what}-icon`).count();
    await until("a failed mark", async () => (await marks("failed")) > 0, 40_000);
    await until("a passed mark", async () => (await marks("passed")) > 0);
  });
  await claim("a failed test says what was expected where it stands", async () => {
    await page.locator(".test-explorer .monaco-list-row", { hasText: "this one fails" }).first().dblclick();
    await until("the message", async () =>
      (await texts(".test-message-inline-content, .peekview-widget, .test-output-peek-message-container")).some(
        (row) => row.length > 5,
      ),
    );
  });
  await claim("coverage stands in the gutter", async () => {
    await press("Escape");
    await command("Test: Run All Tests with Coverage");
    await open("order.flow");
    await until("coverage", async () => (await page.locator(".coverage-deco-gutter").count()) > 0, 40_000);
  });
  await claim("the graph is drawn in a panel", async () => {
    await fresh();
    await open("order.flow");
    await command("Parley: Show Graph");
    await until(
      "the picture",
      async () => {
        for (const frame of page.frames())
          if (
            (await frame
              .locator("svg text")
              .count()
              .catch(() => 0)) > 5
          )
            return true;
        return false;
      },
      20_000,
    );
  });
  await claim("talking to the bot in a terminal", async () => {
    await fresh();
    await open("order.flow");
    await goTo(1, 1);
    await command("Parley: Talk from Here");
    await shown(".terminal-wrapper.active .xterm-screen");
    const says = (pattern) => async () =>
      (await texts(".terminal-wrapper.active .xterm-rows > div")).some((row) => pattern.test(row));
    await until("the prompt", says(/^> /));
    await type("hi");
    await press("Enter");
    await until("the bot's answer", says(/Welcome to Parley Pizza/));
  });
  await claim("talking from a state begins there", async () => {
    await fresh();
    await open("order.flow");
    await goTo(...placeOf(read("order.flow"), "What size shall it be", 8));
    await command("Parley: Talk from Here");
    await shown(".terminal-wrapper.active .xterm-screen");
    await until("the question of that state", async () =>
      (await texts(".terminal-wrapper.active .xterm-rows > div")).some((row) => /What size shall it be/.test(row)),
    );
  });
  await claim("a task finds problems", async () => {
    await fresh();
    const text = read("order.flow");
    await open("order.flow");
    await goTo(...placeOf(text, '"Opening hours"', 1));
    await insert("A label that is far too long ");
    await press("Control+s");
    await command("Tasks: Run Task");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "parley" }).first().click();
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "check" }).first().click();
    const said = async () =>
      (await texts(".terminal-wrapper.active .xterm-rows > div")).some((row) => /error\[P3004\]/.test(row));
    await until("the task's finding", said);
    await command("Problems: Focus on Problems View");
    const rows = async () => (await texts(".markers-panel .monaco-list-row")).filter((row) => /P3004/.test(row));
    await until("one problem, not two", async () => (await rows()).length === 1);
    await picture("task-problems");
    writeFileSync(join(project, "order.flow"), text);
  });
  await claim("parley.yaml is completed", async () => {
    await fresh();
    await open("parley.yaml");
    await press("Control+End");
    await press("Enter");
    await type("lo");
    await press("Control+Space");
    await until("locales", async () =>
      (await texts(".suggest-widget .monaco-list-row")).some((row) => row.startsWith("locale")),
    );
  });
  for (const [name, language] of [
    ["survey.flow", "JSON"],
    ["robot.flow", "XML"],
    ["types.js.flow", "JavaScript"],
  ]) {
    await claim(`${name} of another tool is ${language}`, async () => {
      await fresh();
      await open(name);
      await until(language, async () => (await texts("#status\\.editor\\.mode")).some((row) => row.includes(language)));
      await page.waitForTimeout(800);
      must((await page.locator(".squiggly-error").count()) === 0, "it is underlined");
    });
  }
  await claim("the status says the version of the server", async () => {
    await fresh();
    await open("order.flow");
    await page.locator("#status\\.languageStatus").hover();
    await until("the status", async () => (await texts(".hover-language-status")).some((row) => /Parley \d/.test(row)));
  });
  await claim("the page of a code is shown", async () => {
    await command("Parley: Explain a Diagnostic");
    await page.locator('.quick-input-widget input[placeholder="P3001"]').fill("P3001");
    await press("Enter");
    await until("the page", () => showsHeading(page, "P3001"));
  });
  await claim("the walkthrough leads from nothing to a bot", async () => {
    await fresh();
    await command("Welcome: Open Walkthrough");
    await page.locator(".quick-input-list .monaco-list-row", { hasText: "WhatsApp" }).first().click();
    await shown(".getting-started-step, .gettingStartedContainer .step-list-container");
  });
}
