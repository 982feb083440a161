/**
 * What one changed file tells of the rules about the whole graph. Each change that is not shown to keep them silent has them
 * run again; whatever is shown, the findings are those of a compilation that knows nothing of an earlier one.
 */
import { expect, describe as group, test } from "vitest";
import { analyse } from "../../src/compile.ts";
import { compile, DEFAULT_SETTINGS, type Source } from "../../src/index.ts";

type Files = Readonly<Record<string, string>>;

const COMMON = `action look() -> text(9) timeout 20s
action slow() -> text(9) timeout 40s
action pay() once timeout 20s
template note() { category utility locales en body "Note." }
template both() { category utility locales en body "Both." }`;

/** One flow a file, called as the file. */
function sourcesOf(files: Files, before: readonly Source[] = []): readonly Source[] {
  return Object.entries({ ...files, common: files["common"] ?? COMMON }).map(([name, body]) => {
    const path = `${name}.flow`;
    const text = name === "common" || body.startsWith("flow ") ? body : `flow ${name} { ${body} }`;
    const known = before.find((source) => source.path === path);
    return known?.text === text ? known : { path, text };
  });
}

interface After {
  /** The rules about the whole graph did not run. */
  readonly shown: boolean;
  readonly codes: readonly string[];
}

const SILENT = new Set(["P5006"]);
const settings = { ...DEFAULT_SETTINGS, lone: true };

function after(files: Files, edit: Files, gone: readonly string[] = [], lone = true): After {
  const using = { ...settings, lone };
  const sources = sourcesOf(files);
  const before = analyse({ settings: using, files: sources });
  const clean = before.compilation.diagnostics.filter(({ code }) => !SILENT.has(code));
  expect(clean.map(({ code, span }) => `${code} ${span.source.path}`)).toEqual([]);
  const changed = sourcesOf({ ...files, ...edit }, sources).filter(({ path }) => !gone.includes(path));
  const { judging, compilation } = analyse({ settings: using, files: changed }, before);
  const fresh = compile({ settings: using, files: changed.map(({ path, text }) => ({ path, text })) });
  const told = compilation.diagnostics.map(({ code, span }) => `${code} ${span.source.path} ${span.start}`);
  expect(told).toEqual(fresh.diagnostics.map(({ code, span }) => `${code} ${span.source.path} ${span.start}`));
  const codes = compilation.diagnostics.map(({ code }) => code).filter((code) => !SILENT.has(code));
  return { shown: judging.value.graph === "shown", codes };
}

const ask = (arm: string, time = "20h"): string => `ask "Q" { option a "A" ${arm} after ${time} -> end }`;

/** `main` asks and goes over to `shop`, which calls `help`, and to `late`. */
const BASE: Files = {
  main: `on message -> s state s { ${ask("-> t")} } state t { do look() else -> end wait 1h say "T" -> shop() }`,
  shop: `state s { call help() wait 10h say "S" if contact.name == "A" { -> t } ${ask("-> late()")} } state t { ask text "T" -> s }`,
  help: `state s { wait 2h return }`,
  late: `state s { wait 20h do look() else -> end say "L" -> end }`,
};
const edited = (file: string, from: string, to: string, base: Files = BASE): Files => {
  const body = base[file] ?? "";
  expect(body).toContain(from);
  return { [file]: body.replace(from, to) };
};

group("a change that keeps to what the others lean on is shown to find nothing", () => {
  test.each<readonly [what: string, edit: Files]>([
    ["one more message", edited("late", 'say "L"', 'say "L" say "M"')],
    ["one state more", edited("late", "-> end }", "-> t } state t { -> end }")],
    ["a shorter wait", edited("late", "wait 20h", "wait 19h")],
    ["a wait that is as long as can be", edited("late", "wait 20h", "wait 23h50m")],
    ["an action of less time", edited("late", "do look() else -> end", "")],
    ["a called flow that returns sooner", edited("help", "wait 2h", "wait 1h")],
    [
      "one way more to the end",
      edited(
        "shop",
        'if contact.name == "A" { -> t }',
        'if contact.name == "A" { -> end } else if contact.name == "B" { -> t }',
      ),
    ],
    ["one way twice", edited("shop", "-> late()", '-> late() option b "B" -> late()')],
  ])("%s", (_, edit) => expect(after(BASE, edit)).toEqual({ shown: true, codes: [] }));
});

group("a change that asks more of others, or gives them more, is not", () => {
  test.each<readonly [what: string, edit: Files, codes: readonly string[]]>([
    // Ages.
    ["a message that comes too late", edited("late", "wait 20h", "wait 24h"), ["P4001"]],
    ["an arrow that is taken later", edited("shop", ask("-> late()"), `${ask("")} wait more: 4h -> late()`), ["P4001"]],
    [
      "an arrow that is taken later, with no finding",
      edited("shop", ask("-> late()"), `${ask("")} wait more: 1h -> late()`),
      [],
    ],
    ["a call that is made later", edited("shop", "call help()", "wait more: 1h call help()"), []],
    ["a called flow that returns later", edited("help", "wait 2h", "wait 15h"), ["P4001"]],
    ["a called flow that returns later, with no finding", edited("help", "wait 2h", "wait 3h"), []],
    ["a called flow that returns late since the user wrote", edited("help", "wait 2h", `${ask("")} wait 3h`), []],
    ["a called flow that returns after a message of the user", edited("help", "wait 2h", ask("")), []],
    ["a call more of a flow that was called", edited("shop", "call help()", "call help() call again: help()"), []],
    // Ways.
    ["a way into a flow that had none from here", edited("late", "-> end }", "-> help() }"), []],
    ["a call in place of an arrow", edited("shop", ask("-> late()"), `${ask("")} call late() -> end`), []],
    ["a way out that is gone", edited("shop", "-> late()", "-> end"), []],
    [
      "a way out that cannot be taken any more",
      edited("shop", ask("-> late()"), `-> end } state u { ${ask("-> late()")}`),
      ["P5001", "P5001"],
    ],
    ["a state that nothing leads to", edited("late", "-> end }", "-> end } state t { -> end }"), ["P5001"]],
    ["a statement that nothing leads to", edited("late", 'say "L" -> end', '-> end say "L"'), ["P5009"]],
    ["a way that runs off", edited("late", 'say "L" -> end', 'say "L"'), ["P5002"]],
    [
      "a time-out that never comes",
      edited("late", 'say "L" -> end', 'ask "Q" { option a "A" -> end after 1h -> end after 2h { say "M" } }'),
      ["P4004"],
    ],
    [
      "an ask that holds the conversation",
      edited("late", 'say "L" -> end', '-> t } state t { ask buttons "Q" { option a "A" -> t }'),
      ["P5004"],
    ],
    [
      "a wait that holds the conversation",
      edited("late", 'say "L" -> end', "-> t } state t { wait 1h -> t"),
      ["P5004"],
    ],
    [
      "a loop that never waits",
      edited("late", "-> end }", '-> t } state t { if contact.name == "A" { -> end } -> t }'),
      ["P5003"],
    ],
    ["a call that passes where it waited", edited("help", "wait 2h", 'say "H"'), []],
    // Actions.
    ["actions that take longer", edited("late", "do look()", "do slow()"), []],
    ["more actions", edited("late", 'say "L"', 'let k = look() else -> end say "{k}"'), []],
    ["actions where there were none", edited("help", "wait 2h", "wait 2h do look() else { }"), []],
    // What reaches further than one file.
    ["a trigger more", edited("late", "state s", 'on text "l" -> s state s'), []],
    ["another trigger", edited("main", "on message", 'on text "m"'), []],
    ["a trigger that interrupts", edited("main", "on message", "anytime on message"), []],
    ["an action that is done once", edited("late", 'say "L"', 'do pay() else -> end say "L"'), ["P9003"]],
    ["people, where there were none", edited("late", 'say "L" -> end', 'handoff "q"'), []],
    ["a resume", edited("late", 'say "L" -> end', "-> resume"), []],
    [
      "a schedule",
      {
        ...edited("late", 'say "L"', "schedule n() in 1h"),
        ...edited("main", "state s", "on scheduled n() -> s state s"),
      },
      [],
    ],
    [
      "another name",
      { late: (BASE["late"] ?? "").replace("state", "state").replace(/^/, "flow late2 { ").concat(" }") },
      ["P2001"],
    ],
  ])("%s", (_, edit, codes) => expect(after(BASE, edit)).toEqual({ shown: false, codes }));
});

group("round and round over several files", () => {
  const ring: Files = {
    main: `on message -> s state s { ${ask("-> shop()")} }`,
    shop: `state s { call help() if contact.name == "A" { -> end } -> back() }`,
    back: `state s { wait 1h say "B" -> again() }`,
    again: `state s { ${ask("-> shop()")} }`,
    help: "state s { wait 1h return }",
  };

  test("a pause that was one of two is shown to be spare", () => {
    expect(after(ring, edited("back", 'wait 1h say "B"', 'ask text "B" say "B"', ring)).shown).toBe(true);
  });

  test("a flow that passes to another without waiting, as it did not, is not shown", () => {
    expect(after(ring, edited("back", "wait 1h", "", ring))).toEqual({ shown: false, codes: [] });
    expect(after(ring, edited("again", ask("-> shop()"), "-> shop()", ring)).shown).toBe(false);
  });

  test("a call that passes where it waited closes a loop", () => {
    const loop: Files = {
      main: `on message -> s state s { call help() if contact.name == "A" { -> end } -> s }`,
      help: "state s { wait 1h return }",
    };
    expect(after(loop, edited("help", "wait 1h", "", loop))).toEqual({ shown: false, codes: ["P5003"] });
    expect(after(loop, edited("help", "wait 1h", "wait 30m", loop))).toEqual({ shown: true, codes: [] });
  });
});

group("interruptions", () => {
  const base: Files = {
    main: `on message -> s state s { ask "Q" { option a "A" -> end after 20h { say "Hm?" } after 21h -> end } }`,
    help: `anytime on text "help" -> s state s { call more() -> resume }`,
    more: "state s { wait 1h return }",
    other: `on text "other" -> s state s { wait 1h say "O" -> end }`,
  };

  test("what an interruption comes to is not changed by itself", () => {
    expect(after(base, edited("help", "call more()", 'call more() say "H"', base)).shown).toBe(false);
    expect(after(base, edited("more", "wait 1h", "wait 10m", base)).shown).toBe(false);
    expect(after(base, edited("more", "wait 1h", "wait 5h", base))).toEqual({ shown: false, codes: ["P4001"] });
  });

  test("what stands beside it is", () => {
    expect(after(base, edited("other", "wait 1h", "wait 22h", base))).toEqual({ shown: true, codes: [] });
    expect(after(base, edited("main", "after 20h", "after 19h", base))).toEqual({ shown: true, codes: [] });
  });

  test("an ask that is taken up late comes in time by itself alone", () => {
    const late = edited("main", 'after 20h { say "Hm?" } after 21h', 'after 23h { say "Hm?" } after 23h30m', base);
    expect(after(base, late)).toEqual({ shown: false, codes: ["P4001"] });
  });

  const events: Files = {
    main: `on message -> s state s { wait 20h say "L" -> shop() }`,
    shop: `state s { ask text "S" -> end }`,
    news: "on event news() -> s state s { send template note() -> resume }",
  };
  test("an event that resumes is not changed by itself, what it puts off is", () => {
    expect(
      after(events, edited("news", "send template note()", "send template note() send template both()", events)).shown,
    ).toBe(false);
    expect(after(events, edited("main", "wait 20h", "wait 10h", events))).toEqual({ shown: true, codes: [] });
    expect(after(events, edited("main", "wait 20h", "wait 24h", events))).toEqual({ shown: false, codes: ["P4001"] });
  });
});

group("a call that is to be done once", () => {
  const base: Files = {
    main: `on message -> s state s { ask once "Q" { option a "A" -> shop() option b "B" -> late() } }`,
    shop: "state s { do pay() else -> end -> late() }",
    late: `state s { wait 1h say "L" -> end }`,
  };
  test("makes the files that lead to it look at the whole, and no others", () => {
    expect(after(base, edited("main", "ask once", "ask", base))).toEqual({ shown: false, codes: ["P9003"] });
    expect(after(base, edited("shop", "-> late()", 'say "S" -> late()', base)).shown).toBe(false);
    expect(after(base, edited("late", "wait 1h", "wait 2h", base))).toEqual({ shown: true, codes: [] });
  });
});

group("people", () => {
  const base: Files = {
    main: `on message -> s state s { ${ask("-> desk()")} }`,
    desk: `state s { say "D" handoff "desk" }`,
  };
  test("stand where a file changes that does not bring them", () => {
    expect(after(base, edited("main", "20h", "19h", base), [], false)).toEqual({ shown: true, codes: [] });
  });
  test("stand where the file that brings them says more", () => {
    expect(after(base, edited("desk", 'say "D"', 'say "D" say "E"', base), [], false)).toEqual({
      shown: true,
      codes: [],
    });
  });
  test("are missed where the file that brings them does not any more", () => {
    expect(after(base, edited("desk", 'handoff "desk"', "-> end", base), [], false).codes).toEqual(["P9001"]);
  });
  test("may be brought by another file", () => {
    const two = { ...base, other: `on text "o" -> s state s { say "O" handoff "other" }` };
    expect(after(two, edited("desk", 'handoff "desk"', "-> end", two), [], false)).toEqual({ shown: true, codes: [] });
    expect(after(base, edited("desk", 'say "D"', "send location 1, 2", base), [], false)).toEqual({
      shown: true,
      codes: [],
    });
  });
});

group("a new file", () => {
  test.each<readonly [what: string, text: string]>([
    ["with a flow of its own", `on text "n" -> s state s { wait 1h say "N" -> end }`],
    ["that goes over to a flow as late as others did", `on text "n" -> s state s { say "N" -> late() }`],
  ])("%s is shown to find nothing", (_, text) => {
    expect(after(BASE, { extra: text })).toEqual({ shown: true, codes: [] });
  });

  test.each<readonly [what: string, text: string, codes: readonly string[]]>([
    ["that calls", `on text "n" -> s state s { call help() -> end }`, []],
    ["that interrupts", `anytime on text "n" -> s state s { say "N" -> end }`, []],
    ["that an event begins", "on event e() -> s state s { send template note() -> end }", []],
    [
      "that begins where the window closes",
      'on text "n" -> s on window_closed -> t state s { -> end } state t { -> end }',
      [],
    ],
    ["that goes over to a flow later than others", `on text "n" -> s state s { wait 5h -> late() }`, ["P4001"]],
    ["with a late message", `on text "n" -> s state s { wait 25h say "N" -> end }`, ["P4001"]],
    ["with a state that nothing leads to", `on text "n" -> s state s { -> end } state t { -> end }`, ["P5001"]],
  ])("%s is not", (_, text, codes) => expect(after(BASE, { extra: text })).toEqual({ shown: false, codes }));

  test("that leads to what is to be done once is not", () => {
    const base: Files = { main: "on message -> s state s { do pay() else -> end -> end }" };
    expect(after(base, { extra: `on text "n" -> s state s { ${ask("-> main()")} }` })).toEqual({
      shown: false,
      codes: ["P9003"],
    });
  });
});

test("a file that is gone is not shown to be spare", () => {
  expect(after({ ...BASE, more: `on text "n" -> s state s { -> end }` }, {}, ["more.flow"])).toEqual({
    shown: false,
    codes: [],
  });
});

test("what was shown once is shown again, and what was not is looked at", () => {
  const sources = sourcesOf(BASE);
  const first = analyse({ settings, files: sources });
  expect(first.judging.value.graph).toBeUndefined();
  const second = sourcesOf({ ...BASE, ...edited("late", 'say "L"', 'say "L" say "M"') }, sources);
  const shown = analyse({ settings, files: second }, first);
  expect(shown.judging.value.graph).toBe("shown");
  // Of two changed files each stands for itself.
  const third = second.map((s) => (s.path === "help.flow" ? { ...s, text: s.text.replace("2h", "1h") } : s));
  const again = analyse({ settings, files: third }, shown);
  expect([again.judging.value.graph, again.judging.value.proven]).toEqual(["shown", 2]);
  const fourth = third.map((s) => (s.path === "help.flow" ? { ...s, text: s.text.replace("1h", "15h") } : s));
  const late = analyse({ settings, files: fourth }, again);
  expect(late.judging.value.graph).toBeUndefined();
  expect(late.compilation.diagnostics.map(({ code }) => code)).toContain("P4001");
});

group("actions put off what the user writes", () => {
  const quiet: Files = { main: `on message -> s state s { ${ask("-> end")} }` };
  test("so that the first of a project is not shown", () => {
    const first = edited("main", ask("-> end"), `do look() else -> end ${ask("-> end")}`, quiet);
    expect(after(quiet, first)).toEqual({ shown: false, codes: [] });
  });

  const acting: Files = {
    main: `on message -> s state s { do slow() else -> end do look() else -> end -> late() }`,
    late: `state s { do look() else -> end ${ask("-> end")} }`,
    other: `on text "o" -> s state s { do slow() else -> end ${ask("-> end")} }`,
  };
  test("by no more than before, where others come here", () => {
    expect(after(acting, edited("late", "look()", "slow()", acting))).toEqual({ shown: false, codes: [] });
    expect(after(acting, edited("late", "do look() else -> end", "", acting))).toEqual({ shown: true, codes: [] });
  });
  test("by no more than anywhere, with what follows in other files", () => {
    expect(after(acting, edited("other", "slow()", "look()", acting))).toEqual({ shown: true, codes: [] });
    expect(after(acting, edited("main", "do look()", "do slow()", acting))).toEqual({ shown: false, codes: [] });
  });
});

group("a file of two flows", () => {
  const base: Files = {
    two: `flow one { on text "1" -> s state s { wait 1h -> two() } } flow two { state s { say "2" -> end } }`,
    lib: 'state s { say "L" -> end }',
  };
  test("leans on their bounds as any other", () => {
    expect(after(base, edited("two", "wait 1h", "wait 30m", base))).toEqual({ shown: true, codes: [] });
    expect(after(base, edited("two", "wait 1h", "wait 2h", base))).toEqual({ shown: false, codes: [] });
  });
  test("has the flows that it had", () => {
    const more = { two: `${base["two"]} flow three { on text "3" -> s state s { -> end } }` };
    expect(after(base, more)).toEqual({ shown: false, codes: [] });
    const renamed = { two: (base["two"] ?? "").replaceAll("two", "second") };
    expect(after(base, renamed)).toEqual({ shown: false, codes: [] });
  });
  test("a flow that nothing enters is looked at for itself", () => {
    expect(after(base, edited("lib", 'say "L"', 'say "L" say "M"', base))).toEqual({ shown: true, codes: [] });
    expect(after(base, edited("lib", 'say "L"', 'wait 25h say "L"', base))).toEqual({ shown: false, codes: ["P4001"] });
  });
});

group("schedules and events", () => {
  const base: Files = {
    main: `on message -> s state s { schedule due() in 2h ${ask("-> end")} }`,
    due: 'on scheduled due() -> s state s { say "D" -> late() }',
    late: 'state s { say "L" -> end }',
    news: "on event news() -> s state s { send template note() -> end }",
  };
  test("are looked at with the whole", () => {
    expect(after(base, edited("main", "20h", "19h", base)).shown).toBe(false);
    expect(after(base, edited("due", 'say "D"', 'say "D" say "E"', base)).shown).toBe(false);
    expect(after(base, edited("news", "news()", "other()", base)).shown).toBe(false);
  });
  test("lead to what is reached", () => {
    expect(after(base, edited("late", 'say "L"', 'say "L" say "M"', base))).toEqual({ shown: true, codes: [] });
  });
});

test("a loop over a call that passes is closed by the caller as well", () => {
  const base: Files = {
    main: `on message -> s state s { call help() wait 1h if contact.name == "A" { -> end } ask text "Q" -> s }`,
    help: 'state s { say "H" return }',
  };
  const closed = edited(
    "main",
    'wait 1h if contact.name == "A" { -> end } ask text "Q" -> s',
    'if contact.name == "A" { -> end } -> s',
    base,
  );
  expect(after(base, closed)).toEqual({ shown: false, codes: ["P5003"] });
  expect(after(base, edited("main", "wait 1h", "", base))).toEqual({ shown: true, codes: [] });
});

test("a project with a way that is not known shows nothing", () => {
  const files = { ...BASE, lost: `on text "lost" -> s state s { -> nowhere }` };
  const sources = sourcesOf(files);
  const before = analyse({ settings, files: sources });
  expect(before.compilation.diagnostics.map(({ code }) => code)).toContain("P2001");
  const edit = sourcesOf({ ...files, ...edited("late", 'say "L"', 'say "L" say "M"') }, sources);
  expect(analyse({ settings, files: edit }, before).judging.value.graph).toBeUndefined();
});
