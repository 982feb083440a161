import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { foldersOfThisFile } from "./folders.ts";
import { ensureBuilt, parley } from "./parley.ts";

beforeAll(ensureBuilt, 60_000);
vi.setConfig({ testTimeout: 60_000 });
const files = foldersOfThisFile();

const FLOW = `flow bot {
  on message -> hello

  state hello {
    say hi: "Hello!"
    ask "Which one?" {
      option yes "Yes"
      option no "No"
    }
    handoff "people"
  }
}

test "in Spanish" in bot {
  locale es
  user says "hola"
  expect text containing "¡Hola!"
  expect buttons with option "Sí"
}
`;
const PROJECT = "name: bot\nlocales: { default: en, others: [es] }\n";
const ES = `bot.hello.hi:
  body: ¡Hola!
bot.hello:
  body: ¿Cuál?
  option.yes: Sí
  option.no: "No"
`;

function bot(es?: string, flow = FLOW): string {
  return files({
    "parley.yaml": PROJECT,
    "bot.flow": flow,
    ...(es === undefined ? {} : { "locales/es.yaml": es }),
  });
}

const found = (dir: string, ...more: readonly string[]): readonly string[] => {
  const { stdout } = parley(["check", "--format", "concise", ...more], { cwd: dir });
  return stdout.split("\n").filter((line) => /P[0-9]{4}/.test(line));
};

describe("check", () => {
  test("reads the locale files", () => {
    expect(found(bot(ES))).toEqual([]);
    expect(found(bot(ES.replace("  option.yes: Sí\n", "")))).toHaveLength(1);
  });

  test("a locale file that is not there is one finding, where the project file names the language", () => {
    const lines = found(bot());
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^parley\.yaml:2:34: .*P7001.*there is no locale file `locales\/es\.yaml`/);
  });

  test("--fix repairs locale files, too", () => {
    const dir = bot(`${ES}bot.bye: { body: x }\n`);
    expect(parley(["check", "--fix", "--unsafe-fixes"], { cwd: dir }).status).toBe(0);
    expect(readFileSync(join(dir, "locales/es.yaml"), "utf8")).toBe(ES);
  });

  test("the tests of a bot run in its languages", () => {
    expect(parley(["test"], { cwd: bot(ES) })).toMatchObject({ status: 0 });
  });
});

describe("i18n extract", () => {
  test("writes a file that is to be filled in, and leaves alone what is complete", () => {
    const dir = bot();
    const first = parley(["i18n", "extract"], { cwd: dir });
    expect(first).toEqual({ status: 0, stdout: "locales/es.yaml: 0 of 4 texts translated, 4 added\n", stderr: "" });
    const text = readFileSync(join(dir, "locales/es.yaml"), "utf8");
    expect(text).toContain('bot.hello.hi:\n  #= "Hello!"\n  body:\n');
    expect(parley(["i18n", "extract"], { cwd: dir }).stdout).toBe(
      "locales/es.yaml: 0 of 4 texts translated, nothing to write\n",
    );
    expect(readFileSync(join(dir, "locales/es.yaml"), "utf8")).toBe(text);
  });

  test("--check writes nothing and ends with 1 where something would be written", () => {
    const dir = bot();
    expect(parley(["i18n", "extract", "--check"], { cwd: dir })).toMatchObject({ status: 1 });
    expect(existsSync(join(dir, "locales"))).toBe(false);
    parley(["i18n", "extract"], { cwd: dir });
    expect(parley(["i18n", "extract", "--check"], { cwd: dir })).toMatchObject({ status: 0 });
  });

  test("marks what has changed since it was translated", () => {
    const dir = bot(ES);
    parley(["i18n", "extract"], { cwd: dir });
    writeFileSync(join(dir, "bot.flow"), FLOW.replace('"Hello!"', '"Good morning!"'));
    expect(parley(["i18n", "extract"], { cwd: dir }).stdout).toBe(
      "locales/es.yaml: 4 of 4 texts translated, 1 out of date\n",
    );
    expect(readFileSync(join(dir, "locales/es.yaml"), "utf8")).toContain(
      'bot.hello.hi:\n  #= "Hello!"\n  #! "Good morning!"\n  body: ¡Hola!\n',
    );
  });

  test("a file that is no YAML is left alone, and told", () => {
    const dir = bot("a: [");
    expect(parley(["i18n", "extract"], { cwd: dir }).stdout).toBe("locales/es.yaml: is no YAML, left as it is\n");
    expect(readFileSync(join(dir, "locales/es.yaml"), "utf8")).toBe("a: [");
  });
});

describe("i18n check", () => {
  test("is clean where everything is translated", () => {
    expect(parley(["i18n", "check"], { cwd: bot(ES) })).toMatchObject({ status: 0 });
  });

  test("counts a missing translation as a failure, unless warnings are allowed", () => {
    const dir = bot(ES.replace("  option.yes: Sí\n", ""));
    expect(parley(["i18n", "check"], { cwd: dir })).toMatchObject({ status: 1 });
    expect(parley(["i18n", "check", "--max-warnings", "1"], { cwd: dir })).toMatchObject({ status: 0 });
    expect(parley(["check"], { cwd: dir })).toMatchObject({ status: 0 });
  });

  test("says nothing of what is wrong in the flows", () => {
    const dir = bot(ES, FLOW.replace('handoff "people"', "-> nowhere"));
    expect(parley(["i18n", "check", "--format", "concise"], { cwd: dir }).stdout).not.toContain("P2001");
  });
});

test.each([
  [["i18n"], 2],
  [["i18n", "translate"], 2],
  [["i18n", "check", "--check"], 2],
  [["i18n", "check", "a", "b"], 2],
] as const)("parley %j is refused", (args, status) => {
  expect(parley([...args], { cwd: bot(ES) }).status).toBe(status);
});

test("a bot of one language has nothing to translate", () => {
  const dir = files({ "parley.yaml": "name: bot\n", "bot.flow": FLOW.slice(0, FLOW.indexOf("test ")) });
  expect(parley(["i18n", "check"], { cwd: dir })).toMatchObject({
    status: 2,
    stderr: "error: . has one language; others are named in `locales` of parley.yaml\n",
  });
});
