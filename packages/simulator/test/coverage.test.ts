import { compile, DEFAULT_SETTINGS } from "@parley/compiler";
import { expect, test } from "vitest";
import { explore, runTests } from "../src/index.ts";

const MENU = `type Dish = { id: text(10), name: text(24) }
action dishes() -> Dish[..3] infallible
action drinks() -> Dish[..3] infallible
flow menu {
  on message -> choose
  var which: Dish
  state choose {
    let all = dishes()
    let wet = drinks()
    ask list "What shall it be?" {
      section "To eat" { for d in all { option {d.id} "{d.name}" { set which = d } } }
      section "To drink" { for d in wet { option {d.id} "{d.name}" { set which = d } } }
      section "Else" { option none_of_it "Nothing" }
    }
    -> end
  }
}
`;

function choosing(...chosen: readonly string[]): string {
  const tests = chosen.map(
    (option) => `test "${option}" in menu {
  mock dishes = [{ id: "soup", name: "Soup" }, { id: "pie", name: "Pie" }]
  mock drinks = [{ id: "tea", name: "Tea" }]
  user says "hi"
  expect list
  user taps "${option}"
  expect end
}
`,
  );
  return [MENU, ...tests].join("\n");
}

async function counted(...chosen: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const { output } = compile({
    settings: DEFAULT_SETTINGS,
    files: [{ path: "menu.flow", text: choosing(...chosen) }],
  });
  if (!output) throw new Error("the menu does not compile");
  const { coverage, failed } = await runTests({ machine: output.machine, tests: output.tests });
  expect(failed).toBe(0);
  const options = coverage.items.filter(({ kind }) => kind === "option");
  return Object.fromEntries(options.map(({ id, count }) => [id.slice(id.indexOf(":") + 1), count]));
}

test("the rows of each `for` of an ask are counted by themselves", async () => {
  const [eaten, drunk] = Object.keys(await counted()).filter((id) => id.startsWith("{"));
  expect(eaten).not.toBe(drunk);
  expect(await counted("soup", "Pie")).toMatchObject({ [eaten ?? ""]: 2, [drunk ?? ""]: 0, none_of_it: 0 });
  expect(await counted("tea")).toMatchObject({ [eaten ?? ""]: 0, [drunk ?? ""]: 1 });
  expect(await counted("tea", "none_of_it")).toMatchObject({ [eaten ?? ""]: 0, [drunk ?? ""]: 1, none_of_it: 1 });
});

test("and explored by themselves", () => {
  const { output } = compile({ settings: DEFAULT_SETTINGS, files: [{ path: "menu.flow", text: MENU }] });
  if (!output) throw new Error("the menu does not compile");
  const { coverage } = explore({ machine: output.machine });
  expect(coverage.items.filter(({ count }) => count === 0)).toEqual([]);
});
