/** Hands and eyes for VS Code in a page: by keys as people use them, by what is shown as they see it. */
import { until } from "./steps.mjs";

export function createWorkbench(page) {
  page.setDefaultTimeout(8_000);
  const keys = page.keyboard;
  const texts = (selector) =>
    page.locator(selector).evaluateAll((all) => all.map((one) => one.textContent.replaceAll("\u00a0", " ")));
  const shown = (selector, limit) =>
    page
      .locator(selector)
      .first()
      .waitFor({ state: "visible", timeout: limit ?? 8_000 });
  const press = async (...all) => {
    for (const one of all) await keys.press(one);
  };
  /** By the palette; `title` as it stands there. */
  const command = async (title) => {
    await press("Escape", "F1");
    await shown(".quick-input-widget");
    await keys.insertText(title);
    await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
    await page
      .locator(".quick-input-widget")
      .waitFor({ state: "hidden" })
      .catch(() => undefined);
  };
  const open = async (name) => {
    const row = page.locator(`.quick-input-list .monaco-list-row[aria-label^="${name}"]`).first();
    // Nobody searches files yet while the page begins.
    await until(
      `${name} among the files`,
      async () => {
        await press("Escape", "Control+p");
        await shown(".quick-input-widget");
        await keys.insertText(name);
        return row.waitFor({ timeout: 4_000 }).then(
          () => true,
          () => false,
        );
      },
      30_000,
    );
    // Rows still change places while files are found.
    await page.waitForTimeout(400);
    await row.click();
    await shown(`.tab.active[data-resource-name="${name}"]`);
    await shown(".editor-group-container.active .view-line");
  };
  /** The cursor after line and column, from 1. */
  const goTo = async (line, column) => {
    await press("Control+g");
    await shown(".quick-input-widget");
    await keys.insertText(`${line}:${column}`);
    await press("Enter");
    await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  };
  const save = async () => {
    await press("Control+s");
    await until("a saved file", async () => (await page.locator(".tab.active.dirty").count()) === 0);
  };
  const lines = () => texts(".editor-group-container.active .view-line");
  return {
    page,
    texts,
    shown,
    press,
    command,
    open,
    goTo,
    save,
    lines,
    type: (text) => keys.type(text, { delay: 15 }),
    insert: (text) => keys.insertText(text),
  };
}
