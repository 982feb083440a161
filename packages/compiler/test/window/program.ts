/**
 * Programs that are about time: every construct that changes the age of the user's last message. Each text that is sent is
 * one of a kind (`M7`, `Q3`, …), so that what the machine sends names its place in the program.
 */
import type { Choices } from "../choices.ts";

interface Scene {
  readonly c: Choices;
  readonly flow: Flow;
  readonly states: readonly string[];
  readonly count: { texts: number; names: number };
  /** Inside of the arm of an ask's `after` or `else`: nothing may wait there. */
  readonly quiet: boolean;
  readonly depth: number;
}

type Flow = "main" | "help" | "info" | "sub" | "inner" | "news" | "alarm" | "late";

const LONG = ["20h", "23h", "1h", "5h", "10h", "23h50m", "30h", "2h"] as const;
const SCHEDULES = ["22h", "10h", "23h", "2h", "30h"] as const;
/** Flows that interrupt something: their `-> resume` takes it up again. */
const INTERRUPTING: ReadonlySet<Flow> = new Set<Flow>(["help", "info", "news", "alarm", "late"]);

function say(s: Scene): string {
  return `say "M${s.count.texts++}."`;
}

function template(s: Scene): string {
  s.count.texts++;
  return "send template note()";
}

/** Free-form messages are mostly guarded where the window may well be closed, so that many programs are accepted. */
function message(s: Scene): string {
  const { c } = s;
  const guarded = s.flow === "news" || s.flow === "alarm" || s.flow === "late" ? 75 : 25;
  if (!c.chance(guarded)) return say(s);
  return c.of(template(s), `if window.open { ${say(s)} }`, `if not window.open { ${template(s)} } else { ${say(s)} }`);
}

function arrow(s: Scene): string {
  const { c } = s;
  const states = s.states.map((name) => `-> ${name}`);
  const out = s.flow === "sub" || s.flow === "inner" ? ["return", "return"] : ["-> end"];
  const up = INTERRUPTING.has(s.flow) ? ["-> resume", "-> resume"] : [];
  return c.of(...out, ...up, ...states);
}

function arm(s: Scene): string {
  const { c } = s;
  const way = arrow(s);
  // `return` is no arrow: it needs a block.
  if (c.chance(50)) return way === "return" ? "{ return }" : way;
  return `{ ${body(s)} ${c.chance(60) ? "" : way} }`;
}

function body(s: Scene): string {
  return s.c.chance(50) ? statement({ ...s, depth: s.depth + 1 }) : "";
}

/** The first option goes on behind its ask, so that nothing there is out of reach. */
function onward(s: Scene): string {
  return s.c.chance(50) ? "" : `{ ${body(s)} }`;
}

function afters(s: Scene): string {
  const { c } = s;
  if (!c.chance(60)) return "";
  const quiet = { ...s, quiet: true };
  const block = (): string => `{ ${c.chance(70) ? message(quiet) : template(quiet)} }`;
  const way = arrow(s);
  const leave = way === "return" ? "{ return }" : way;
  return c.of(
    `after ${c.of(...LONG)} ${block()}`,
    `after 1h ${block()} after ${c.of("20h", "23h", "2h", "30h")} ${c.chance(50) ? leave : block()}`,
    `after ${c.of(...LONG)} ${leave}`,
  );
}

function orElse(s: Scene): string {
  const { c } = s;
  if (!c.chance(35)) return "";
  const words = `"E${s.count.texts++}?"`;
  const way = arrow(s);
  return `else ${c.of(words, `${words} retry 1 ${way === "return" ? "{ return }" : way}`, `{ ${say(s)} }`)}`;
}

/** Answers that are complete late; some with an option, whose tap ends that. */
function gather(s: Scene): string {
  const { c } = s;
  if (!c.chance(50)) return "";
  return `gather ${c.of("2h", "10h", "1h", "20h", "23h50m")} ${c.chance(40) ? `option x "Xx" ${onward(s)}` : ""}`;
}

function ask(s: Scene): string {
  const { c } = s;
  const label = `q${s.count.names++}:`;
  const body = `"Q${s.count.texts++}?"`;
  const option = `option x "Xx" ${onward(s)}`;
  const second = c.chance(50) ? `option y "Yy" ${arm(s)}` : "";
  switch (c.below(5)) {
    case 0:
      return `ask template ${label} offer() { option go ${onward(s)} ${afters(s)} }`;
    case 1:
      return `ask text ${label} ${body} as two { ${gather(s)} ${orElse(s)} ${afters(s)} }`;
    case 2:
      return `ask once buttons ${label} ${body} { ${option} ${second} ${orElse(s)} ${afters(s)} }`;
    default:
      return `ask buttons ${label} ${body} { ${option} ${second} ${c.chance(20) ? `text "usual" ${arm(s)}` : ""} ${orElse(s)} ${afters(s)} }`;
  }
}

/** What only runs with the window closed does nothing that takes time: nobody comes there before a day has passed. */
function branch(s: Scene): string {
  const { c } = s;
  const inner = { ...s, depth: s.depth + 1 };
  const then = (): string => `${statement(inner)} ${c.chance(30) ? arrow(s) : ""}`;
  switch (c.below(4)) {
    case 0:
      return `if window.open { ${then()} } ${c.chance(50) ? `else { ${template(s)} ${c.chance(50) ? arrow(s) : ""} }` : ""}`;
    case 1:
      return `if not window.open { ${template(s)} } else { ${then()} }`;
    case 2:
      return `if window.open and random(2) == 1 { ${then()} } ${c.chance(50) ? `else { ${statement(inner)} }` : ""}`;
    default:
      return `if random(2) == 1 { ${then()} } ${c.chance(50) ? `else { ${statement(inner)} }` : ""}`;
  }
}

// One case for each construct.
function statement(s: Scene): string {
  const { c } = s;
  if (s.quiet || s.depth > 2) return message(s);
  switch (c.below(16)) {
    case 0:
    case 1:
    case 2:
      return message(s);
    case 3:
    case 4:
    case 5:
    case 6:
      return ask(s);
    case 7:
      return `wait w${s.count.names++}: ${c.of("2h", "10h", "1h", "20h", "23h", "30h")}`;
    case 8:
      return c.chance(50) ? `do slow() else { ${c.chance(50) ? message(s) : ""} }` : "do slow() else -> end";
    case 9:
    case 10:
      return branch(s);
    case 11:
      return s.flow === "sub" ? `call c${s.count.names++}: inner()` : message(s);
    case 12:
      return s.flow === "sub" || s.flow === "inner" ? message(s) : `call c${s.count.names++}: sub()`;
    case 13:
      return c.of(`schedule later() in ${c.of(...SCHEDULES)}`, "cancel later", "schedule later() at now() + 30h");
    case 14:
      return c.chance(30)
        ? `if random(2) == 1 { handoff "desk" { back after 2h { ${message(s)} ${arrow(s)} } } }`
        : message(s);
    default:
      return template(s);
  }
}

/** It waits first, so that a way back to it is no loop that never waits; or it leads to no other. */
function state(s: Scene, name: string): string {
  const { c } = s;
  const first = c.below(10);
  const inner = first < 2 ? { ...s, states: [] } : s;
  const pause = first < 2 ? message(s) : first < 4 ? `wait w${s.count.names++}: ${c.of(...LONG)}` : ask(s);
  const rest = Array.from({ length: c.below(3) }, () => statement(inner));
  return `  state ${name} {\n    ${[pause, ...rest].join("\n    ")}\n    ${arrow(inner)}\n  }`;
}

function flow(c: Choices, count: Scene["count"], name: Flow, triggers: string, most: number): string {
  const states = ["a", "b", "c"].slice(0, most);
  const s: Scene = { c, flow: name, states, count, quiet: false, depth: 0 };
  const shared =
    c.chance(20) && name !== "sub" && name !== "inner" ? `  after ${c.of("20h", "23h", "10h")} ${arrow(s)}\n` : "";
  const body = states.map((one) => state(s, one)).join("\n");
  const vars = body.includes(" as two ") ? `  var two: text(2) = "-"\n` : "";
  return `flow ${name} {\n${triggers}${vars}${shared}${body}\n}`;
}

export function programOf(c: Choices): string {
  const count = { texts: 0, names: 0 };
  const parts = [flow(c, count, "main", `  on text "start" -> a\n  on stale -> a\n`, 1 + c.below(2))];
  const add = (percent: number, name: Flow, triggers: string): void => {
    if (c.chance(percent)) parts.push(flow(c, count, name, triggers, c.chance(25) ? 2 : 1));
  };
  const second = c.below(8);
  if (second < 4) add(100, "help", `  anytime on text "help" -> a\n`);
  if (second === 3) add(100, "info", `  anytime on text "info" -> a\n`);
  if (second > 2 && second < 6) add(second === 3 ? 30 : 100, "news", `  on event news() -> a\n`);
  if (second === 5 || second === 6) add(70, "alarm", `  anytime on event alarm() -> a\n`);
  if (parts.some((part) => part.includes("schedule later"))) add(100, "late", `  on scheduled later() -> a\n`);
  if (parts.some((part) => part.includes("sub()"))) add(100, "sub", "");
  if (parts.some((part) => part.includes("inner()"))) add(100, "inner", "");
  const raises = parts.some((part) => part.startsWith("flow late"));
  if (!raises) parts.push("flow late {\n  on scheduled later() -> a\n  state a { send template note() -> end }\n}");
  return `action slow() timeout ${c.of("50s", "10s")}
template note() { category utility locales en body "Note." }
template offer() { category utility locales en body "Offer." option go "Go" }
${parts.join("\n")}
`;
}
