import { compile, DEFAULT_SETTINGS, type Output } from "@parley/compiler";
import { describe, expect, test } from "vitest";
import { type Change, runTests, updateTest } from "../src/index.ts";

const FLOW = `flow order {
  on message -> start
  var count: 1..9 = 1
  state start {
    say "Hello."
    ask buttons which: "Which one?" {
      option one "One"
      option two "Two"
    }
    ask number many: "How many?" as count
    say "Bye."
    -> end
  }
}
`;

function output(steps: string): Output {
  const files = [{ path: "a.flow", text: `${FLOW}test "it" in order {\n${steps}\n}\n` }];
  const { output: made, diagnostics } = compile({ settings: DEFAULT_SETTINGS, files });
  if (!made) throw new Error(JSON.stringify(diagnostics.map(({ code, args }) => [code, args])));
  return made;
}

function words(change: Change): string {
  const at = (change.kind === "insert" ? change.after : change.at).source;
  return change.kind === "remove" ? `- ${at}` : `${at} ${change.kind === "insert" ? "+" : "=>"} ${change.line}`;
}

async function changes(...steps: readonly string[]): Promise<readonly string[]> {
  const { machine, tests } = output(steps.join("\n"));
  const [one] = tests;
  if (!one) throw new Error("no test");
  const { changes: some, failure } = await updateTest({ machine, tests }, one);
  return [...some.map(words), ...(failure ? [`! ${failure.place.source}: ${failure.message}`] : [])];
}

describe("an update", () => {
  test("leaves a test that passes as it is", async () => {
    expect(await changes('user says "hi"', 'expect text containing "Hello"', "expect buttons")).toEqual([]);
  });

  test("gives a message that no step names a line where it came", async () => {
    expect(await changes('user says "hi"', 'expect buttons containing "Which"', "expect state order.start")).toEqual([
      'user says "hi" + expect text containing "Hello."',
    ]);
    expect(await changes('user says "hi"', 'expect text containing "Hello"', "expect state order.start")).toEqual([
      'expect text containing "Hello" + expect buttons containing "Which one?" with option one',
    ]);
  });

  test("takes out what did not come", async () => {
    expect(
      await changes(
        'user says "hi"',
        'expect text containing "Hello"',
        'expect text containing "Ads"',
        "expect buttons",
      ),
    ).toEqual(['- expect text containing "Ads"']);
    expect(await changes('user says "hi"', "expect text", "expect buttons", "expect list")).toEqual(["- expect list"]);
  });

  test("keeps of an expectation what is right, and says no more than it did", async () => {
    expect(await changes('user says "hi"', 'expect text containing "Bonjour"', "expect list with option two")).toEqual([
      'expect text containing "Bonjour" => expect text containing "Hello."',
      'expect list with option two => expect buttons containing "Which one?" with option one',
    ]);
  });

  test("says where the conversation is, and what a variable holds", async () => {
    const begun = ['user says "hi"', "expect text", "expect buttons", "expect that count == 4"];
    expect(
      await changes(...begun, "user taps one", "expect text", 'user says "3"', "expect text", "expect handoff"),
    ).toEqual(["expect that count == 4 => expect that count == 1", "expect handoff => expect end"]);
  });

  test("stops where no other expectation helps", async () => {
    const [only, ...more] = await changes('user says "hi"', "expect text", "expect buttons", "expect that count > 4");
    expect([only, more]).toEqual(["! expect that count > 4: the condition does not hold", []]);
  });
});

test("in another language titles are looked up, words are not compared, and all else is", async () => {
  const { machine, tests } = output(
    ['user says "hi"', 'expect text containing "Hello"', "expect buttons", 'user says "Two"', "expect text"].join("\n"),
  );
  const inGerman = {
    ...machine,
    texts: Object.fromEntries(
      Object.entries(machine.texts).map(([key, text]) => [
        key,
        { ...text, de: GERMAN[JSON.stringify(text["en"])] ?? text["en"] ?? [] },
      ]),
    ),
    locales: { default: "en", others: ["de"] },
  };
  const { results, locales } = await runTests({ machine: inGerman, tests, locales: ["en", "de"] });
  expect(results.map((result) => [result.locale, result.failure])).toEqual([
    ["en", undefined],
    ["de", undefined],
  ]);
  const said = results[1]?.transcript.entries.map((entry) => (entry.kind === "bubble" ? entry.bubble.text : ""));
  expect(said).toEqual(["hi", "Hallo.", "Which one?", "Zwei", "How many?"]);
  expect(locales["de"]?.items.find(({ id }) => id === "order.start.which:two")?.count).toBe(1);
});

const GERMAN: Readonly<Record<string, readonly string[]>> = { '["Hello."]': ["Hallo."], '["Two"]': ["Zwei"] };
