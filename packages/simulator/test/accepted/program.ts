/** Small programs that look like what somebody might write: most of them compile. */
import type { Choices } from "../../../compiler/test/choices.ts";

/** Names and lengths that the texts of a flow draw on. */
interface Scene {
  readonly c: Choices;
  readonly flow: "main" | "sub" | "help" | "news";
  readonly states: readonly string[];
  /** Largest lengths of the variables `name` and `word`. */
  readonly name: number;
  readonly word: number;
  /** Asks, waits, calls and lets so far: each has a name of its own. */
  count: number;
  /** `row` was narrowed here. */
  readonly inBlock: boolean;
}

const LENGTHS = [20, 10, 24, 60, 72, 200, 1000] as const;

const WORDS = [
  "Hello",
  "What now?",
  "Order 🍕 now",
  "ñandú Ça va",
  "One two three",
  "*bold* and _thin_",
  "Приве́т",
  "مرحبا بك",
  "A sentence that is rather long and goes on for a while, so that limits are near.",
  "👨‍👩‍👧‍👦 family",
  "x".repeat(55),
] as const;

/** Titles that fit a button. */
const TITLES = [
  "Yes",
  "No",
  "Later",
  "Show me more",
  "Twenty characters it",
  "🍕🍕🍕",
  "Ça",
  "hi",
  "help",
  "1",
  "2",
] as const;
const LONG_TITLES = ["Exactly twenty-four chars", "Twenty-four characters!!", "A button's title too long"] as const;
const IDS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] as const;

/** At most `max` code points between the quotes. */
function cut(literal: string, max: number): string {
  return `"${
    Array.from(literal.slice(1, -1).replace(/[\ud800-\udbff]$/, ""))
      .slice(0, max)
      .join("") || "x"
  }"`;
}

function text(parts: string): string {
  return `"${parts.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** A hole whose value is at most `max` long, or any. */
function hole(s: Scene, max: number): string {
  const fits = [
    ...(max >= 2 ? ["{count}"] : []),
    ...(max >= 10
      ? ["{clip(name, 10)}", "{size}", "{id(size)}", "{clip(word, 5)}", '{clip(contact.name ?? "you", 10)}']
      : []),
    ...(max >= 20
      ? ["{price}", '{clip(if reply is not none then reply.text ?? "-" else "-", 20)}', "{upper(clip(word, 8))}"]
      : []),
    ...(max >= s.name ? ["{name}"] : []),
    ...(max >= s.word ? ["{word}"] : []),
    ...(max >= 30 ? ['{profile.nick ?? "you"}', '{format(today(), "d MMMM")}'] : []),
    ...(max >= 60 ? ['{row.name ?? "-"}'] : []),
  ];
  return s.c.of(...(fits.length > 0 ? fits : ["x"]));
}

function words(s: Scene, max: number): string {
  const base = s.c.of(...WORDS.filter((w) => w.length <= max));
  const room = max - base.length - 1;
  if (s.flow === "main" && s.c.chance(45) && room > 1)
    return text(`${base} ${hole(s, room).replace('{row.name ?? "-"}', "{count}")}`).replaceAll('\\"', '"');
  return text(base);
}

function title(s: Scene, i: number): string {
  if (s.c.below(400) === 399) return text(s.c.of(...LONG_TITLES));
  if (s.flow === "main" && s.c.chance(12))
    return s.c.of('"{clip(name, 20)}"', '"{count} of {count}"', '"{clip(word, 20)}"', '"{size}"');
  return text(TITLES[(i + s.c.below(2) * 3) % TITLES.length] ?? "T");
}

function arrow(s: Scene, soon = false): string {
  // A way that the user has no part in: to where nobody waits for long.
  if (soon && !s.c.chance(12)) return s.flow === "help" && s.c.chance(60) ? "-> resume" : "-> end";
  const ends = s.flow === "help" || s.flow === "news" ? ["end", "resume", "resume"] : ["end"];
  return `-> ${s.c.of(...ends, ...s.states, ...s.states)}`;
}

/** An arm of an ask's `after` or `else`, or of an option: blocks without an arrow are `quiet` when they may not ask. */
function arm(s: Scene, quiet: boolean, stays = false): string {
  if (!stays && s.c.chance(50)) return arrow(s, quiet);
  const inner = { ...s, inBlock: true };
  const body = statements(inner, s.c.below(3), quiet);
  s.count = inner.count;
  return `{ ${body} ${!stays && s.c.chance(30) ? arrow(s, quiet) : ""} }`;
}

/** The first of an ask is always there and goes on behind it. */
function options(s: Scene, n: number, described = true): string {
  return IDS.slice(0, n)
    .map((id, i) => {
      const more = [
        ...(described && s.c.chance(8) ? [words(s, 72)] : []),
        ...(s.c.chance(8) ? [`short ${text("Short")}`] : []),
        ...(i > 0 && s.c.chance(10) ? ["when count > 2"] : []),
        ...(s.c.chance(60) ? [arm(s, false, i === 0)] : []),
      ];
      return `option ${id} ${title(s, i)} ${more.join(" ")}`;
    })
    .join("\n      ");
}

function clauses(s: Scene): string {
  const c = s.c;
  const afters = c.chance(30)
    ? [
        `after ${c.of("10m", "1h", "2h30m")} ${arm(s, true)}`,
        ...(c.chance(40) ? [`after ${c.chance(8) ? "1d" : c.of("5h", "20h", "23h")} ${arm(s, true)}`] : []),
      ]
    : [];
  return [
    ...(c.chance(25) ? [`text ${c.of('"usual"', '"hi", "help"', "/us.al/i", "/^[a-z]+$/")} ${arm(s, false)}`] : []),
    ...(c.chance(40)
      ? [`else ${c.of(words(s, 200), `${words(s, 200)} retry ${1 + c.below(3)} ${arrow(s)}`, arm(s, true))}`]
      : []),
    ...afters,
  ].join("\n      ");
}

function when(s: Scene): string {
  return s.c.chance(25) ? `when ${s.c.of("count > 2", "size == Size.small", "profile.visits > 0")}` : "";
}

function header(s: Scene, buttons: boolean): string {
  if (!s.c.chance(20)) return "";
  return buttons && s.c.chance(40) ? 'header image "https://pizza.example/a.jpg"' : `header ${words(s, 60)} ${when(s)}`;
}

/** `first`: of kinds that always wait, so that a way back to the state's head waits. */
function ask(s: Scene, first = false): string {
  const c = s.c;
  const label = `q${s.count++}:`;
  const once = c.chance(8) ? "once " : "";
  const footer = (): string => (c.chance(20) ? `footer ${words(s, 60)} ${when(s)}` : "");
  switch (c.below(first ? 9 : 10)) {
    case 0:
    case 1:
      return `ask ${once}${label} ${words(s, 1000)} {\n      ${options(s, 1 + c.below(10))}\n      ${footer()} ${clauses(s)} ${c.chance(10) ? "fallback off" : ""}\n    }`;
    case 2:
      return `ask ${once}buttons ${label} ${words(s, 1000)} ${c.chance(40) ? "as word" : ""} {\n      ${header(s, true)} ${options(s, 1 + c.below(3), false)}\n      ${footer()} ${clauses(s)}\n    }`;
    case 3:
      return `ask list ${label} ${words(s, 1000)} {\n      ${header(s, false)} open "Open" ${c.chance(30) ? `section "One" ${when(s)} { ${options(s, 3)} } section "Two {clip(name, 10)}" { option z "Zed" ${arm(s, false)} }` : options(s, 2 + c.below(8))}\n      ${footer()} ${clauses(s)}\n    }`;
    case 4:
      return `ask ${c.of("", "list ")}${label} ${words(s, 1000)} as size { ${c.chance(30) ? `option medium "Mid" ${arm(s, false)}` : ""} ${c.chance(30) ? `option other "Other" ${arm(s, false)}` : ""} ${clauses(s)} }`;
    case 5:
      return `ask text ${label} ${words(s, 4000)} as ${c.of("name", "word", "profile.nick")} { ${clauses(s)} }`;
    case 6:
      return `ask ${c.of("number", "number", "date", "location", "phone", "email")} ${label} ${words(s, 1000)} { ${clauses(s)} }`;
    case 7:
      return `ask number ${label} ${words(s, 1000)} as count { ${clauses(s)} }`;
    case 8:
      return `ask template ${label} ready(${c.of("clip(name, 20)", "clip(word, 20)", '"x"')}, count) { option where ${arm(s, false, true)} ${c.chance(50) ? `after ${c.of("1h", "1d", "3d")} ${arrow(s, true)}` : ""} }`;
    default: {
      const id = c.of("{r.id}", '{clip(r.note ?? "none", 30)}', "{clip(r.id, 5)}");
      const row = `for r in l${s.count} { option ${id} ${c.of('"{r.name}"', '"{clip(r.name, 20)}"', '"{r.n}. {clip(r.name, 18)}"')} ${c.of("", '"{clip(r.note ?? "-", 72)}"', '"{r.price}"')} { set row = r ${c.chance(30) ? `set name = clip(r.name, ${s.name})` : ""}  } }`;
      const list = `l${s.count++}`;
      const rows = c.chance(30)
        ? `section "Rows" { ${row} } section "Else" { option none "None of these" ${arm(s, false)} }`
        : `${c.chance(25) ? 'option none "None of these"' : ""} ${row}`;
      const more = c.chance(96) ? 'more "More"' : "";
      return `let ${list} = ${c.of("rows()", "few()")} else ${arrow(s, true)}\n    ask ${c.of("list ", "list ", "")}${label} ${words(s, 1000)} { ${rows} ${more} ${c.chance(96) ? `empty ${arm(s, false, true)}` : ""} ${clauses(s)} }`;
    }
  }
}

function say(s: Scene): string {
  const more = [
    ...(s.c.chance(12) ? [`header ${words(s, 60)}`, 'link "Open it" "https://pizza.example/{count}"'] : []),
    ...(s.c.chance(8) ? [`footer ${words(s, 60)}`, 'link "Open it" "https://pizza.example/"'] : []).slice(0, 2),
    ...(s.c.chance(8) ? ["reply"] : []),
    ...(s.c.chance(5) ? ["preview"] : []),
  ];
  const once = more.filter((m, i) => more.findIndex((o) => o.split(" ")[0] === m.split(" ")[0]) === i);
  return `say ${words(s, 4000)}${once.length > 0 ? ` { ${once.join(" ")} }` : ""}`;
}

function statement(s: Scene, quiet: boolean): string {
  const c = s.c;
  switch (c.below(quiet ? 12 : 20)) {
    case 0:
    case 1:
    case 2:
      return say(s);
    case 3:
      return c.of(
        'set word = clip("{name} {word}", 20)',
        `set name = clip(word, ${s.name})`,
        "set count = clamp(count + 1, 0, 20)",
        "set size = Size.large",
        "set price = price * 1.5",
        "set profile.visits = clamp(profile.visits + 1, 0, 9)",
        "set price = 1000000 * 1000000",
      );
    case 4:
      return `if ${c.of("count > 3", 'name == "x"', "size == Size.small", "price >= 10", "window.open", "row is not none", 'contains(name, "a")', "profile.visits > 2")} { ${statements(s, 1, quiet)} ${c.chance(15) ? arrow(s, true) : ""} } ${c.chance(40) ? `else { ${statements(s, 1, quiet)} }` : ""}`;
    case 5:
      return `match size { small { ${statements(s, 1, quiet)} } medium, large { ${statements(s, 1, quiet)} } }`;
    case 6:
      return c.of(
        'send image "https://pizza.example/a.jpg" caption "A picture of {clip(name, 10)}"',
        'send location 45.5, 9.2 name "Here"',
        'send document "https://pizza.example/a.pdf" name "a.pdf"',
        "send template ready(clip(name, 20), count)",
      );
    case 7:
      return c.of('react "👍"', "react none", "typing");
    case 8:
      return s.flow === "main"
        ? c.of("schedule nudge(count) in 2h", "schedule nudge(3) in 1d", "cancel nudge", "cancel all")
        : "cancel all";
    case 9:
      return say(s);
    case 10:
      return `let t${s.count++} = clip("{word} {name}", 30)`;
    case 11:
      return `if window.open { ${say(s)} }`;
    case 12:
      return s.inBlock
        ? say(s)
        : `wait ${s.count++ === 0 ? "" : `w${s.count}: `}${c.chance(4) ? "1d" : c.of("10m", "2h", "3s", "20h")}`;
    case 13:
      return s.flow === "main" && !s.inBlock ? `call c${s.count++}: sub(clip(name, 20)) as word` : say(s);
    case 14:
      return `do note(count) else ${c.of("{ }", arrow(s, true))}`;
    case 15:
      return `set word = label(count) else ${c.of("{ }", '{ set word = "none" }', arrow(s, true))}`;
    default:
      return s.inBlock && c.chance(60) ? say(s) : ask(s);
  }
}

function statements(s: Scene, n: number, quiet: boolean): string {
  return Array.from({ length: n }, () => statement(s, quiet)).join("\n    ");
}

function state(s: Scene, name: string): string {
  s.count = 0;
  const ends = s.flow === "sub" ? [arrow(s), 'return "x"', "return clip(p, 20)"] : [arrow(s), arrow(s), arrow(s)];
  const last = s.c.chance(s.flow === "main" ? 8 : 0)
    ? s.c.of(
        "forget",
        'handoff "desk"',
        `handoff "desk" { back after 2h { ${s.c.of('if window.open { say "Back." }', "send template ready(clip(name, 20), count)")} -> end } }`,
      )
    : s.c.of(...ends);
  const closing = `ask closing: ${words(s, 1000)} { option a ${title(s, 0)} ${arrow(s)} option b ${title(s, 1)} ${arrow(s)} }`;
  const end = s.c.chance(20) ? closing : last;
  return `  state ${name} {\n    ${s.c.chance(95) ? ask(s, true) : ""}\n    ${statements(s, 1 + s.c.below(3), false)}\n    ${end}\n  }`;
}

function vars(s: Scene): string {
  // Values as long as their types let them be, from the start.
  const full = (max: number): string =>
    text(
      s.c
        .of("Ana", "x", "🍕", "W", "*")
        .repeat(max)
        .slice(0, s.c.chance(50) ? max * 2 : 1),
    );
  return `  var name: text(${s.name}) = ${cut(full(s.name), s.name)}
  var word: text(${s.word}) = ${cut(full(s.word), s.word)}
  var count: 0..20 = 1
  var size: Size = Size.small
  var price: number = 2.5
  var row: Row?`;
}

function flow(c: Choices, name: Scene["flow"], head: string, triggers: string, after: string): string {
  const states = ["s0", "s1", "s2", "s3"].slice(0, name === "main" ? 1 + c.below(4) : 1 + c.below(2));
  const s: Scene = {
    c,
    flow: name,
    states,
    name: c.of(...LENGTHS),
    word: 20 + c.below(3) * 50,
    count: 0,
    inBlock: false,
  };
  const shared = [
    ...(c.chance(25) ? [`  else ${text("Please choose.")} retry ${1 + c.below(2)} -> ${s.states.at(-1)}`] : []),
    ...(c.chance(25) ? [`  after ${c.of("20h", "3h")} -> ${after}`] : []),
  ];
  return `flow ${name}${head} {\n${triggers}\n${vars(s)}\n${shared.join("\n")}\n${states.map((one) => state(s, one)).join("\n\n")}\n}`;
}

/** The sources of one project. */
export function programOf(c: Choices): string {
  const main = flow(
    c,
    "main",
    "",
    `  on message -> s0\n  ${c.chance(60) ? 'on text "start", /^go/ -> s0' : ""}\n  ${c.chance(30) ? "on stale -> s0" : ""}\n  ${c.chance(30) ? "on window_closed -> closed" : ""}\n  on scheduled nudge(n: 0..20) -> nudged`,
    "end",
  ).replace(
    /\}$/,
    `  state nudged { ${c.of('send template ready("x", 1)', 'if window.open { say "Nudge." }')} -> end }\n  state closed { -> end }\n}`,
  );
  const sub = flow(c, "sub", "(p: text(20)) -> text(20)", "", "end");
  const help = c.chance(60)
    ? flow(
        c,
        "help",
        "",
        `  anytime on text "help", "stop" -> s0\n  ${c.chance(30) ? "anytime on stale -> s0" : ""}`,
        c.of("resume", "end"),
      )
    : "";
  const news = c.chance(50)
    ? `flow news {\n  ${c.chance(40) ? "anytime " : ""}on event news(who: text(20)) -> s0\n  var name: text(20) = "N"\n  state s0 { ${c.of("send template ready(who ?? name, 1) -> resume", "ask template ready(who ?? name, 2) { option where -> resume after 2h -> resume }", 'if window.open { ask "News?" { option a "Yes" -> resume option b "No" -> end after 1h -> resume } } else { -> resume }')} }\n}`
    : "";
  return `type Size = small "Small" | medium "Medium" | large "Large one"
type Row = { id: text(${c.of(24, 10, 24, 100)}), name: text(${c.of(24, 20, 24, 20, 60)}), note: text(72)?, n: 0..9, price: number }
profile { nick: text(30)?, visits: 0..9 = 0 }
action rows() -> Row[${c.of("..10", "..20", "1..9", "..3")}]
action few() -> Row[1..3]
action label(n: 0..20) -> text(20) timeout 5s
action note(n: 0..20)${c.chance(15) ? " once" : ""}
template ready(name: text(20) = "Ana", n: 0..20 = 1) { category utility locales en body "Hello {name}, your number {n} is ready." option where "Where are you?" }
${main}
${sub}
${help}
${news}
`;
}
