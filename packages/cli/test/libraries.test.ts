import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe as inWords } from "@parley/compiler";
import { describe, expect, test } from "vitest";
import { compileProject, outputOf, reportOn } from "../src/project/compile.ts";
import { flowFiles } from "../src/project/flow-files.ts";
import { loadProjects, type Project } from "../src/project/load.ts";
import { repair } from "../src/repair/repair.ts";
import { foldersOfThisFile } from "./folders.ts";

const files = foldersOfThisFile();

const MAIN = 'flow a {\n  on message -> start\n  state start {\n    call greet("Ana")\n    -> end\n  }\n}\n';
/** With a type that nobody uses, and a test. */
const LIBRARY =
  'type Unused = one | two\nflow greet(name: text(60)) {\n  state start {\n    say "Hi {name}"\n    return\n  }\n}\ntest "hi" {\n  user says "hi"\n  expect text\n}\n';

async function load(dir: string): Promise<Project> {
  const [project] = await loadProjects([dir], dir);
  if (!project) throw new Error("no project");
  return project;
}

async function told(dir: string): Promise<readonly string[]> {
  const { diagnostics } = compileProject(await load(dir));
  return diagnostics
    .filter(({ code }) => code !== "P9001")
    .map((d) => `${d.span.source.path}:${d.span.start} ${d.code} ${inWords(d)}`);
}

describe("a library", () => {
  test.each([
    ["a package", "'@acme/flows'", "bot/node_modules/@acme/flows/greet.flow"],
    ["a package of a folder above", "'@acme/flows'", "node_modules/@acme/flows/lib/greet.flow"],
    ["a folder beside the project", "../shared", "shared/deep/greet.flow"],
  ])("that is %s joins the bot; nothing of it is told but errors, its tests are its own", async (_what, name, path) => {
    const dir = files({ "bot/parley.yaml": `name: x\nlibraries: [${name}]\n`, "bot/a.flow": MAIN, [path]: LIBRARY });
    const bot = join(dir, "bot");
    expect(await told(bot)).toEqual([]);
    const project = await load(bot);
    const output = outputOf(compileProject(project));
    expect(Object.keys(output?.machine.flows ?? {})).toEqual(["a", "greet"]);
    expect(output?.tests).toEqual([]);
    expect(project.sources.map((source) => [project.show(source.path), source.library === true])).toEqual([
      ["a.flow", false],
      [path.startsWith("bot/") ? path.slice(4) : `../${path}`, true],
    ]);
  });

  test("with an error is told of, and not mended", async () => {
    const broken = LIBRARY.replace('say "Hi {name}"', "say ‘Hi’");
    const dir = files({
      "bot/parley.yaml": "libraries: [../shared]\n",
      "bot/a.flow": MAIN,
      "shared/greet.flow": broken,
    });
    const bot = join(dir, "bot");
    expect((await told(bot)).map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
      expect.stringMatching(/^\.\.\/shared\/greet\.flow:\d+ P1001$/),
    ]);
    const report = reportOn([compileProject(await load(bot))]);
    expect(report.findings[0]?.place.shown).toBe("../shared/greet.flow");
    await repair(async () => [await load(bot)], true);
    expect(readFileSync(join(dir, "shared/greet.flow"), "utf8")).toBe(broken);
  });

  test("that is not there is said at its name", async () => {
    const dir = files({
      "parley.yaml": "libraries:\n  - ./lib\n  - '@acme/flows'\n  - ./empty\n",
      "a.flow": MAIN.replace(/ *call.*\n/, ' say "x"\n'),
    });
    mkdirSync(join(dir, "empty"));
    const found = (await told(dir)).slice(0, 3);
    expect(found).toEqual([
      "parley.yaml:15 P8001 the library `./lib` is not there: there is no such folder",
      "parley.yaml:25 P8001 the library `@acme/flows` is not there: there is no such package; install it, or write a folder as `./name`",
      "parley.yaml:43 P8001 the library `./empty` has no .flow file",
    ]);
  });

  test("within the project is its own, once", async () => {
    const dir = files({ "parley.yaml": "libraries: [./lib]\n", "a.flow": MAIN, "lib/greet.flow": LIBRARY });
    const { sources } = await load(dir);
    expect(sources.map(({ path, library }) => [path, library])).toEqual([
      ["a.flow", undefined],
      ["lib/greet.flow", undefined],
    ]);
  });

  test("is not formatted, and is watched", async () => {
    const dir = files({
      "bot/parley.yaml": "libraries: [pack, ../shared]\n",
      "bot/a.flow": MAIN,
      "bot/node_modules/pack/b.flow": "type B = b\n",
      "shared/c.flow": "type C = c\n",
    });
    const bot = join(dir, "bot");
    expect(flowFiles([bot], dir)).toEqual([join(bot, "a.flow")]);
    const project = await load(bot);
    expect(project.libraries).toEqual([join(bot, "node_modules/pack"), join(dir, "shared")]);
    writeFileSync(join(dir, "shared/c.flow"), "type C = d\n");
    expect(JSON.stringify(await load(bot))).not.toBe(JSON.stringify(project));
  });
});

test("a name that `env` does not declare is declared by a fix that is not safe", async () => {
  const flow = MAIN.replace(
    'call greet("Ana")',
    'say "{clip(env.SHOP, 20)} {clip(env.SHOP, 20)} {clip(env.CITY, 20)} {clip(env.OTHER, 20)}"',
  );
  const dir = files({ "parley.yaml": "name: x\nenv:\n  - OTHER\n", "a.flow": flow });
  await repair(async () => [await load(dir)], false);
  expect(readFileSync(join(dir, "parley.yaml"), "utf8")).toBe("name: x\nenv:\n  - OTHER\n");
  await repair(async () => [await load(dir)], true);
  expect(readFileSync(join(dir, "parley.yaml"), "utf8")).toBe("name: x\nenv:\n  - OTHER\n  - SHOP\n  - CITY\n");
  expect(await told(dir)).toEqual([]);
});
