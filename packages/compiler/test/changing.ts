/** Projects of several files that are changed bit by bit, as arbitraries of fast-check. */
import * as fc from "fast-check";

export interface Project {
  readonly files: ReadonlyMap<string, Flow>;
  /** What stands in `shared.flow`. */
  readonly shared: string;
}

interface Flow {
  readonly name: string;
  readonly triggers: readonly string[];
  /** The statements of each state. */
  readonly states: readonly (readonly string[])[];
  /** Behind the flow: what is broken, or a test. */
  readonly rest: string;
}

export type Change = (project: Project) => Project;

const NAMES = ["main", "shop", "late", "help", "survey"] as const;
const STATES = 3;

const SHARED = [
  'type Size = small "Small" | large "Large"\naction order(n: number) -> text(30)\n  POST "https://example.org/o"\naction pay(n: number) -> text(30)\n  once\n  POST "https://example.org/p"\n',
  'type Size = small "Small" | large "Large" | huge "Huge"\naction order(n: number) -> text(30)\n  timeout 20s\n  POST "https://example.org/o"\naction pay(n: number) -> text(30)\n  POST "https://example.org/p"\n',
  'type Size = small "Small" | large "Large"\naction buy(n: number) -> text(30)\n  POST "https://example.org/o"\naction pay(n: number) -> text(30)\n  once\n  POST "https://example.org/p"\n',
];

const flowName = fc.constantFrom(...NAMES);
const stateName = fc.nat(STATES - 1).map((i) => `s${i}`);
const arrow = fc.oneof(
  { weight: 4, arbitrary: stateName.map((s) => `-> ${s}`) },
  { weight: 2, arbitrary: flowName.map((f) => `-> ${f}()`) },
  { weight: 4, arbitrary: fc.constant("-> end") },
);

/** Statements after which the next one goes on. */
const passing = fc.oneof(
  { weight: 6, arbitrary: fc.nat(9).map((n) => `say "Text ${n}"`) },
  { weight: 1, arbitrary: fc.constantFrom("wait 2h", "wait 30h") },
  { weight: 1, arbitrary: flowName.map((f) => `call ${f}()`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("do order(1) else -> end", "do pay(1) else -> end", "let x = order(2) else -> end"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "schedule due in 2h",
      'if size == Size.small {\n      say "Small"\n    }',
      "set size = Size.large",
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom("let unused = 1", 'say "{nope}"', "se", 'say "open', 'handoff "people"') },
);

const asking = fc
  .record({
    n: fc.nat(9),
    once: fc.boolean(),
    arms: fc.array(arrow, { minLength: 1, maxLength: 3 }),
    after: fc.option(arrow),
  })
  .map(({ n, once, arms, after }) => {
    const options = arms.map((arm, i) => `      option o${i} "Option ${i}" ${arm}`);
    const out = after ? [`      after 20h ${after}`] : [];
    return [`ask ${once ? "once " : ""}"Question ${n}" {`, ...options, ...out, "    }"].join("\n");
  });

const ending = fc.oneof(
  { weight: 6, arbitrary: asking },
  { weight: 3, arbitrary: arrow },
  { weight: 1, arbitrary: fc.constantFrom("return", "-> resume", 'handoff "people"', "ask as size") },
);

const state = fc.tuple(fc.array(passing, { maxLength: 2 }), ending).map(([before, last]) => [...before, last]);

const trigger = fc.constantFrom(
  'on text "go"',
  "on message",
  "on event ping",
  'anytime on text "stop"',
  "on scheduled due",
  "on window_closed",
);

function flow(name: string): fc.Arbitrary<Flow> {
  return fc
    .record({
      // Mostly whole ones: a project with a finding everywhere says little.
      states: fc.array(state, { minLength: 1, maxLength: STATES }),
      triggers: fc.array(trigger, { maxLength: 1 }),
    })
    .map(({ states, triggers }) => ({ name, triggers, states, rest: "" }));
}

/** Begins without a finding: each flow asks, and leads on to the next. */
export function soundProject(): Project {
  const flows = NAMES.map((name, i): Flow => {
    const next = NAMES[i + 1];
    const ask = (to: string): string =>
      `ask once "Which?" {\n      option a "A" ${to}\n      option b "B" -> end\n      after 20h -> end\n    }`;
    const onward = next ? `-> ${next}()` : "-> end";
    return {
      name,
      triggers: i === 0 ? ["on message"] : [],
      states: [[ask("-> s1")], [`say "Hello"`, ask(onward)]],
      rest: "",
    };
  });
  const last = flows.at(-1) as Flow;
  const used = {
    ...last,
    states: [
      ...last.states.slice(0, -1),
      ["let got = order(1) else -> end", 'say "{got}"', "do pay(1) else -> end", "-> end"],
    ],
  };
  return {
    files: new Map([...flows.slice(0, -1), used].map((one) => [`${one.name}.flow`, one])),
    shared: SHARED[0] ?? "",
  };
}

function inFlow(name: string, edit: (flow: Flow) => Flow): Change {
  return (project) => {
    const path = `${name}.flow`;
    const known = project.files.get(path);
    return known ? { ...project, files: new Map(project.files).set(path, edit(known)) } : project;
  };
}

function inState(at: number, edit: (statements: readonly string[]) => readonly string[]): (flow: Flow) => Flow {
  return (flow) => ({
    ...flow,
    states: flow.states.map((one, i) => (i === at % flow.states.length ? edit(one) : one)),
  });
}

const place = fc.record({ name: flowName, at: fc.nat(STATES - 1), n: fc.nat(3) });

/** What people do to a project: mostly small things, mostly right. */
export const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(place, fc.nat(99)).map(([{ name, at }, n]) =>
      inFlow(
        name,
        inState(at, (all) => [`say "Edit ${n}"`, ...all]),
      ),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(place, passing).map(([{ name, at }, s]) =>
      inFlow(
        name,
        inState(at, (all) => [s, ...all]),
      ),
    ),
  },
  {
    weight: 6,
    arbitrary: place.map(({ name, at, n }) =>
      inFlow(
        name,
        inState(at, (all) => (all.length > 1 ? all.filter((_, i) => i !== n % (all.length - 1)) : all)),
      ),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(place, arrow).map(([{ name, at, n }, to]) =>
      inFlow(
        name,
        inState(at, (all) => all.map((s) => s.replace(/\{\n/, `{\n      option x${n} "Extra ${n}" ${to}\n`))),
      ),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(place, ending).map(([{ name, at }, s]) =>
      inFlow(
        name,
        inState(at, (all) => [...all.slice(0, -1), s]),
      ),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(flowName, state)
      .map(([name, s]) =>
        inFlow(name, (f) => ({ ...f, states: f.states.length < STATES ? [...f.states, s] : f.states.slice(0, -1) })),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(flowName, fc.array(trigger, { maxLength: 2 }))
      .map(([name, triggers]) => inFlow(name, (f) => ({ ...f, triggers }))),
  },
  {
    weight: 1,
    arbitrary: flowName.chain((name) =>
      fc.option(flow(name)).map(
        (made): Change =>
          ({ files, ...rest }) => {
            const next = new Map(files);
            if (made) next.set(`${name}.flow`, made);
            else next.delete(`${name}.flow`);
            return { ...rest, files: next };
          },
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(2).map(
      (n): Change =>
        ({ files, ...rest }) => ({
          ...rest,
          files: new Map(files).set(`new${n}.flow`, {
            name: `new${n}`,
            triggers: [`on text "new ${n}"`],
            states: [['say "New"', "-> end"]],
            rest: "",
          }),
        }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...SHARED).map(
      (shared): Change =>
        (project) => ({ ...project, shared }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        flowName,
        fc.constantFrom(
          "",
          "flow {",
          'test "t" in main {\n  user says "hi"\n  expect "Which?"\n}\n',
          "// parley-ignore P5006: later\n",
        ),
      )
      .map(([name, rest]) => inFlow(name, (f) => ({ ...f, rest }))),
  },
  { weight: 5, arbitrary: fc.constant((): Project => soundProject()) },
);

/** By path, in its order. */
export function textsOf({ files, shared }: Project): ReadonlyMap<string, string> {
  const texts = [...files].map(([path, flow]): [string, string] => [path, textOf(flow)]);
  return new Map([...texts, ["shared.flow", shared] as [string, string]].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function textOf({ name, triggers, states, rest }: Flow): string {
  const lines = [`flow ${name} {`, ...triggers.map((t) => `  ${t} -> s0`), "  var size: Size = Size.small"];
  for (const [i, statements] of states.entries()) {
    lines.push(`  state s${i} {`, ...statements.map((s) => `    ${s}`), "  }");
  }
  return [...lines, "}", rest].join("\n");
}
