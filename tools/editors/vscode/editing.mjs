/** What an editor does with text: colours, findings, repairs, completion, cards, counts, names, formatting. */
import { must, until } from "../lib/steps.mjs";

const FILE = "order.flow";

/** Line and column, from 1, of the beginning of a text in a file. */
export function placeOf(text, wanted, after = 0) {
  const at = text.indexOf(wanted);
  must(at >= 0, `there is no ${wanted}`);
  const before = text.slice(0, at + after).split("\n");
  return [before.length, before.at(-1).length + 1];
}

/** The middle of the first element that can be seen and says so. */
function placeOnPage(elements, text) {
  return elements.evaluateAll((all, wanted) => {
    for (const one of all) {
      const { x, y, width, height } = one.getBoundingClientRect();
      const middle = { x: x + width / 2, y: y + height / 2 };
      const there = one.textContent.includes(wanted) && document.elementFromPoint(middle.x, middle.y);
      if (there && one.contains(there)) return middle;
    }
    return undefined;
  }, text);
}

/** Whether a page of the documentation is shown somewhere. */
export async function showsHeading(page, text) {
  for (const frame of page.frames()) {
    const title = frame.locator("h1").filter({ hasText: text });
    if ((await title.count().catch(() => 0)) > 0) return true;
  }
  return false;
}

export async function tryEditing({ claim, bench, read, picture }) {
  const { page, press, type, insert, texts, goTo, shown, save, open, command } = bench;
  const at = (wanted, after) => goTo(...placeOf(read(FILE), wanted, after));

  await claim("a flow opens with colours and the language server", async () => {
    await open(FILE);
    const colours = async () =>
      page
        .locator(".view-line span[class*=mtk]")
        .evaluateAll((all) => [...new Set(all.map((one) => getComputedStyle(one).color))]);
    await until("colours", async () => (await colours()).length >= 4, 30_000);
    await until("counts", async () => (await bench.lines()).some((line) => /\d+\/\d+/.test(line)), 30_000);
  });

  await claim("counts stand beside limited texts", async () => {
    await until("13/24", async () => (await bench.lines()).some((line) => /13\/24/.test(line)));
  });

  await claim("a label that is too long is underlined, with its code in the problems", async () => {
    await at('"Order a pizza"', 1 + "Order a pizza".length);
    await type(" and much more");
    await shown(".squiggly-error");
    await command("Problems: Focus on Problems View");
    await until("a problem", async () =>
      (await texts(".markers-panel .monaco-list-row")).some((row) => /P\d{4}/.test(row)),
    );
  });

  await claim("the code of a finding opens its page", async () => {
    await page.locator(".markers-panel a", { hasText: "P3004" }).first().click();
    await until("the page", () => showsHeading(page, "P3004"));
    await command("View: Close All Editors in Group");
    await open(FILE);
  });

  await claim("the light bulb offers a repair, and it repairs", async () => {
    await at('"Order a pizza"', 5);
    await press("Control+.");
    await shown(".action-widget .monaco-list-row");
    const offered = await texts(".action-widget .monaco-list-row");
    console.log(`        offered: ${offered.join(" | ")}`);
    await picture("offered-repairs");
    await press("Enter");
    await until("no error", async () => (await page.locator(".squiggly-error").count()) === 0);
  });

  await claim("undo brings the first text back", async () => {
    await command("File: Revert File");
    await until("no error", async () => (await page.locator(".squiggly-error").count()) === 0);
  });

  await claim("completion offers the states after an arrow", async () => {
    await at('"Opening hours" -> hours', '"Opening hours" -> hours'.length);
    await press("Control+Backspace");
    await press("Control+Space");
    await shown(".suggest-widget .monaco-list-row");
    const offered = await texts(".suggest-widget .monaco-list-row");
    console.log(`        offered: ${offered.join(" | ")}`);
    must(
      offered.some((row) => row.startsWith("hours")),
      offered,
    );
    await picture("offered-states");
    await type("goodb");
    await until("goodbye", async () => (await texts(".suggest-widget .monaco-list-row"))[0]?.startsWith("goodbye"));
    await press("Enter");
    await until("the line", async () => (await bench.lines()).some((line) => /"Opening hours".*-> goodbye/.test(line)));
    await command("File: Revert File");
  });

  await claim("hovering over an ask shows the message as a card", async () => {
    await at('ask list "Which', 2);
    await press("Control+k", "Control+i");
    await shown(".monaco-hover:not(.hidden) .hover-contents");
    const [card] = await texts(".monaco-hover:not(.hidden) .monaco-hover-content");
    must(/Which pizza/.test(card) && /\d+\/\d+/.test(card), card);
  });

  await claim("a lens shows who comes to a state", async () => {
    await press("Escape");
    // Lenses come and go while lines scroll: what is there now is pressed where it stands.
    const lens = await until("a lens", () => placeOnPage(page.locator(".codelens-decoration a"), "incoming"));
    await page.mouse.click(lens.x, lens.y);
    await shown(".reference-zone-widget .monaco-list-row");
    await press("Escape");
  });

  await claim("a state gets another name everywhere", async () => {
    await press("Escape");
    await at("state how_big", 8);
    await press("F2");
    await shown(".rename-box input");
    await page.locator(".rename-box input").fill("which_size");
    await picture("another-name");
    await press("Enter");
    await page.locator(".rename-box.preview").waitFor({ state: "hidden" });
    await until("the new name", async () => (await bench.lines()).some((line) => /state which_size/.test(line)));
    await command("File: Save All");
    await until("the saved name", async () => /-> which_size/.test(read(FILE)) && !/-> how_big/.test(read(FILE)));
  });

  await claim("the outline shows flow, variables and states", async () => {
    await command("Explorer: Focus on Outline View");
    await until("the outline", async () =>
      (await texts(".outline-tree .monaco-list-row")).some((row) => row.includes("order")),
    );
    const rows = await texts(".outline-tree .monaco-list-row");
    must(
      rows.some((row) => row.startsWith("size")),
      rows,
    );
  });

  await claim("saving formats", async () => {
    await open(FILE);
    await at("state hours", 0);
    await insert("        ");
    await press("End");
    await save();
    await until("the formatted text", async () => /\n {2}state hours/.test(read(FILE)));
  });

  await claim("a pasted request of the Cloud API becomes statements", async () => {
    const request = {
      messaging_product: "whatsapp",
      to: "1",
      type: "interactive",
      interactive: {
        type: "button",
        body: { text: "Do you want a drink?" },
        action: { buttons: [{ type: "reply", reply: { id: "cola", title: "A cola" } }] },
      },
    };
    await at("-> end\n  }\n\n  state choose", 0);
    await page.evaluate((text) => navigator.clipboard.writeText(text), JSON.stringify(request, undefined, 2));
    await press("Control+v");
    await until("statements", async () => (await bench.lines()).some((line) => /Do you want a drink/.test(line)));
    const lines = await bench.lines();
    must(!lines.some((line) => /messaging_product/.test(line)), "it was pasted as JSON");
    must(
      lines.some((line) => /option cola "A cola"/.test(line)),
      lines.filter((line) => /cola|drink/.test(line)),
    );
  });
}
