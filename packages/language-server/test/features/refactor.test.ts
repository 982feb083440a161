import { describe, expect, test } from "vitest";
import { pasted } from "../../src/features/refactor/paste.ts";
import { refactorings } from "../../src/features/refactor/refactor.ts";
import { applied, edited, newFindings } from "../support/applied.ts";
import { type Cursor, cursorIn } from "../support/projects.ts";

function titles({ view, file, offset }: Cursor): readonly string[] {
  return refactorings(view, file, offset, offset).map(({ title }) => title);
}

/** The files after the refactoring whose title begins so; nothing new is found in them. */
function after(cursor: Cursor, title: string, end = cursor.offset): Readonly<Record<string, string>> {
  const { view, file, offset } = cursor;
  const all = refactorings(view, file, offset, end);
  const found = all.find((one) => one.title.startsWith(title));
  if (!found) throw new Error(`${title} is not among ${all.map((one) => one.title).join(", ")}`);
  const made = applied(view, found);
  expect(newFindings(view, made)).toEqual([]);
  return Object.fromEntries([
    ...made.input.files.map(({ path, text }) => [path, text]),
    ...(made.input.locales ?? []).map(({ source }) => [source.path, source.text]),
  ]);
}

const BOT = {
  "parley.yaml": "name: bot\nlocales: { default: en, others: [de] }\n",
  "locales/de.yaml": `shop.start:
  #= "How many?"
  body: "Wie viele?"
  texts: { "Welcome!": "Willkommen!" }
`,
  "main.flow": `flow shop {
  on message -> start

  var count: 1..9 = 1

  state start {
    say "Welcome!"
    ‸ask number "How many?" as count
    say "{count} it is."
    -> end
  }
}

test "counts" in shop {
  user says "hi"
  expect text containing "Welcome"
  expect text containing "How many"
  user says "2"
  expect text containing "2 it is"
  expect end
}
`,
};

describe("extract to a state", () => {
  test("takes what follows along, with its translations", () => {
    const files = after(cursorIn(BOT), "Extract");
    expect(files["main.flow"]).toContain(`  state start {
    say "Welcome!"
    -> start_next
  }

  state start_next {
    ask number "How many?" as count
    say "{count} it is."
    -> end
  }
`);
    expect(files["locales/de.yaml"]).toBe(`shop.start:
  texts: { "Welcome!": "Willkommen!" }
shop.start_next:
  #= "How many?"
  body: "Wie viele?"
`);
  });

  test("is not offered for what stands on a value of the state", () => {
    const text = `flow a { on message -> b
  state b {
    let x = 1
    ‸say "{x}"
    -> end
  }
}`;
    expect(titles(cursorIn(text))).toEqual([]);
  });

  test("is not offered for what a condition has made sure of", () => {
    const text = `flow a { on message -> b
  var x: text(9)?
  state b {
    if x is none { -> end }
    ‸say "{x}"
    -> end
  }
}`;
    expect(titles(cursorIn(text))).toEqual([]);
  });
});

describe("inline a state", () => {
  const flow = (arm: string, there: string): string => `flow a {
  on message -> b

  state b {
    ask "Which?" {
      option yes "Yes" ${arm}
      option no "No" -> end
    }
  }

  state ‸c {
    ${there}
    -> end
  }
}
`;

  test("puts it where its only arrow was", () => {
    expect(after(cursorIn(flow("-> c", 'say "Thanks."')), "Inline")["main.flow"]).toBe(`flow a {
  on message -> b

  state b {
    ask "Which?" {
      option yes "Yes" {
        say "Thanks."
        -> end
      }
      option no "No" -> end
    }
  }
}
`);
  });

  test("is not offered where two arrows lead there, or two asks would have one name", () => {
    expect(titles(cursorIn(flow("-> c", 'ask "More?" { option y "Y" option n "N" }')))).toEqual([]);
    expect(titles(cursorIn(flow("-> c\n after 2h -> c", 'say "Thanks."')))).toEqual([]);
  });
});

describe("buttons and lists", () => {
  const ask = (kind: string, options: string, clauses = ""): Cursor =>
    cursorIn(`flow a {
  on message -> b
  state b {
    ask ${kind}"Which‸?" {
      ${clauses}
      ${options}
    }
    -> end
  }
}
`);
  const options = (count: number): string =>
    Array.from({ length: count }, (_, i) => `option o${i} "Option ${i}"`).join("\n      ");

  test("are offered for each other exactly while both fit", () => {
    expect(titles(ask("buttons ", options(3)))).toEqual(["Make it a list", "Let the layout follow from the options"]);
    expect(titles(ask("list ", options(3)))).toContain("Make them reply buttons");
    expect(titles(ask("list ", options(4)))).not.toContain("Make them reply buttons");
    expect(titles(ask("buttons ", options(4)))).toContain("Make it a list");
    expect(titles(ask("list ", 'option a "A" "With a description"'))).not.toContain("Make them reply buttons");
    expect(titles(ask("", options(2), 'header image "https://a.example/a.jpg"'))).toEqual(["Make them reply buttons"]);
  });

  test("drop what the other has no room for", () => {
    const made = after(ask("list ", options(2), 'open "See"'), "Make them")["main.flow"] ?? "";
    expect(made).toContain('ask buttons "Which?"');
    expect(made).not.toContain("open");
  });

  test("with a fourth option become a list, and the finding goes", () => {
    const cursor = ask("buttons ", options(4));
    expect(cursor.view.compilation.diagnostics.map(({ code }) => code)).toContain("P3001");
    expect(after(cursor, "Make it a list")["main.flow"]).toContain('ask list "Which?"');
  });
});

describe("rows under a heading", () => {
  const text = (rows: string): string => `flow a {
  on message -> b
  state b {
    ask list "Which‸?" {
      footer "Today"
${rows}
    }
    -> end
  }
}
`;
  const rows = '      option a "A" {\n        say "A"\n      }\n      option b "B"';

  test("go there and come back", () => {
    const there = after(cursorIn(text(rows)), "Put the options under a heading")["main.flow"] ?? "";
    expect(there).toContain(`      section "Options" {
        option a "A" {
          say "A"
        }
        option b "B"
      }
`);
    const back = after(cursorIn(there.replace("Options", "Opt‸ions")), "Take the heading away");
    expect(back["main.flow"]).toBe(text(rows).replace("‸", ""));
  });

  test("are not offered to where something else stands between them, nor away from several", () => {
    const mixed = '      option a "A"\n      after 2h -> end\n      option b "B"';
    expect(titles(cursorIn(text(mixed))).filter((one) => /heading/.test(one))).toEqual([]);
    const two = '      section "O‸ne" { option a "A" }\n      section "Two" { option b "B" }';
    const one = text(two).replace("Which‸?", "Which?");
    expect(titles(cursorIn(one)).filter((title) => /heading/.test(title))).toEqual([]);
  });
});

test("places for translations are added where the text has none", () => {
  const files = after(
    cursorIn({ ...BOT, "main.flow": BOT["main.flow"].replace("‸", "").replace('"{count} it', '"{count} ‸it') }),
    "Add 1 place to locales/de.yaml",
  );
  expect(files["locales/de.yaml"]).toContain('"{count} it is.": null');
});

describe("a request of the Cloud API", () => {
  const MESSAGE = {
    messaging_product: "whatsapp",
    to: "1",
    type: "interactive",
    interactive: {
      type: "button",
      body: { text: "Which size?" },
      action: { buttons: [{ type: "reply", reply: { id: "small", title: "Small" } }] },
    },
  };

  test("that is pasted into a state becomes a statement there", () => {
    const { view, file, offset } = cursorIn("flow a {\n  on message -> b\n  state b {\n    ‸\n    -> end\n  }\n}\n");
    const found = pasted(view, file, offset, offset, JSON.stringify(MESSAGE));
    expect(edited(file.source, found?.edits ?? [])).toContain(
      '    ask buttons "Which size?" { option small "Small" }\n    -> end',
    );
  });

  test("that is pasted between declarations becomes a flow with a name that is free", () => {
    const { view, file, offset } = cursorIn('flow imported { on text "x" -> b\n state b { -> end } }\n\n‸');
    const found = pasted(view, file, offset, offset, JSON.stringify([MESSAGE]));
    expect(edited(file.source, found?.edits ?? [])).toContain("flow imported_2 {");
  });

  test("is offered to be turned where its JSON is selected", () => {
    const json = JSON.stringify(MESSAGE, null, 2);
    const cursor = cursorIn(`‸${json}`);
    expect(after(cursor, "Turn the Cloud API", json.length)["main.flow"]).toContain("flow imported {");
  });

  test("that is none is left alone", () => {
    const { view, file } = cursorIn("‸");
    expect(pasted(view, file, 0, 0, "{ not json")).toBeUndefined();
    expect(pasted(view, file, 0, 0, '{"a": 1}')).toBeUndefined();
    expect(pasted(view, file, 0, 0, "12")).toBeUndefined();
  });
});
