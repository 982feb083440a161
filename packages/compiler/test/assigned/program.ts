/** Programs about values that may be missing. Everything that is read is sent as `V=…;`, so that a missing one shows. */
import type { Choices } from "../choices.ts";

interface Scene {
  readonly c: Choices;
  readonly flow: "main" | "news" | "sub";
  readonly count: { names: number };
  readonly depth: number;
  /** Names that are bound by `let` here. */
  readonly lets: readonly string[];
}

const STATES = ["a", "b", "c"] as const;

/** A text that is there, as the type says or as the way here says. */
function source({ c, flow, lets }: Scene): string {
  const own = flow === "news" ? ["who"] : flow === "sub" ? ["given"] : [];
  return c.of("t", "t", "o", "u", 'o ?? "d"', "profile.p", 'profile.p ?? "d"', ...own, ...own, ...lets);
}

function show(s: Scene): string {
  const { c } = s;
  return c.chance(20) ? 'say "V={n};"' : `say "V={${source(s)}};"`;
}

function target({ c }: Scene): string {
  return c.of("t", "o", "u", "profile.p");
}

function arrow({ c, flow }: Scene): string {
  if (flow === "sub") return c.chance(60) ? 'return "r"' : `-> ${c.of("a", "b")}`;
  return c.chance(25) ? (flow === "news" ? "-> resume" : "-> end") : `-> ${c.of(...STATES)}`;
}

function block(s: Scene, leave = 30): string {
  const inner = { ...s, depth: s.depth + 1 };
  return `{ ${s.c.chance(70) ? statement(inner) : ""} ${s.c.chance(leave) ? arrow(s) : ""} }`;
}

function quiet(s: Scene): string {
  const way = arrow(s);
  return s.c.of(`{ ${show(s)} }`, `{ set ${target(s)} = "s" }`, way.startsWith("return") ? `{ ${way} }` : way);
}

function ask(s: Scene): string {
  const { c } = s;
  const label = `q${s.count.names++}:`;
  const as = c.chance(70) ? `as ${target(s)}` : "";
  const extra = [
    c.chance(30) ? `text "usual" ${block(s)}` : "",
    c.chance(25) ? `else ${c.of('"E?"', `"E?" retry 1 ${block(s, 101)}`, quiet(s))}` : "",
    c.chance(30) ? `after 1h ${quiet(s)}` : "",
  ].join(" ");
  switch (c.below(4)) {
    case 0:
      return `ask text ${label} "Q?" ${as} { ${extra} }`;
    case 1:
      return `ask number ${label} "Q?" as n { ${extra} }`;
    case 2:
      return `ask ${label} "Q?" as s { option other "Other" ${block(s)} ${extra} }\n    set ${target(s)} = "{s}"`;
    default:
      return `ask buttons ${label} "Q?" ${as} { option x "Xx" ${c.chance(50) ? "" : block(s, 0)} option y "Yy" ${block(s)} ${extra} }`;
  }
}

function condition({ c }: Scene): string {
  const value = c.of("o", "profile.p");
  return c.of(
    `${value} is none`,
    `${value} is not none`,
    `not (${value} is none)`,
    `${value} is none or random(2) == 1`,
    `${value} is not none and random(2) == 1`,
    `${value} == "x"`,
    `${value} is not none and o is not none`,
    "random(2) == 1",
  );
}

// One case for each construct.
function statement(s: Scene): string {
  const { c } = s;
  if (s.depth > 2) return show(s);
  switch (c.below(14)) {
    case 0:
    case 1:
    case 2:
      return show(s);
    case 3:
    case 4:
      return ask(s);
    case 5:
    case 6:
      return `if ${condition(s)} ${block(s)} ${c.chance(40) ? `else ${block(s)}` : ""}`;
    case 7:
      return `set ${target(s)} = ${c.of('"s"', source(s))}`;
    case 8:
      return "set o = none";
    case 9:
      return `set ${target(s)} = get() else ${block(s, 50)}`;
    case 10: {
      const name = `l${s.count.names++}`;
      const read = { ...s, lets: [...s.lets, name] };
      return `let ${name} = ${c.of(`get() else ${block(s, 70)}`, source(s))}\n    ${show(read)} ${show(read)}`;
    }
    case 11:
      return `match k { one ${block(s)} two ${block(s)} }`;
    case 12:
      return s.flow === "main" ? `call c${s.count.names++}: sub("g") as ${c.of("t", "u")}` : show(s);
    default:
      return `wait w${s.count.names++}: 1h`;
  }
}

function state(s: Scene, name: string): string {
  const rest = Array.from({ length: 1 + s.c.below(3) }, () => statement(s));
  return `  state ${name} {\n    ${[ask(s), ...rest].join("\n    ")}\n    ${arrow(s)}\n  }`;
}

function flow(c: Choices, name: Scene["flow"], head: string, triggers: string): string {
  const s: Scene = { c, flow: name, count: { names: 0 }, depth: 0, lets: [] };
  const shared = name === "main" && c.chance(30) ? `  after 2h ${quiet(s)}\n` : "";
  const states = name === "sub" ? STATES.slice(0, 2) : STATES;
  return `flow ${name}${head} {
${triggers}  var t: text(9)
  var u: text(9)
  var o: text(9)?
  var n: 1..9
  var s: Kind
  var k: Kind = Kind.one
${shared}${states.map((one) => state(s, one)).join("\n")}
}`;
}

export function programOf(c: Choices): string {
  return `type Kind = one "One" | two "Two"
profile { p: text(9)? }
action get() -> text(9)
${flow(c, "main", "", `  on text "start" -> a\n  ${c.chance(40) ? 'on text "go" -> b' : ""}\n  ${c.chance(30) ? "on window_closed -> c" : ""}\n`)}
${flow(c, "news", "", `  ${c.chance(50) ? "anytime " : ""}on event news(who: text(9)) -> a\n  ${c.chance(30) ? 'anytime on text "help" -> b' : ""}\n`)}
${flow(c, "sub", "(given: text(9)) -> text(9)", "")}
`;
}
