/** Names by the rule of the grammar that awaits one. */
import { ASK_WORDS, BUILTIN_TYPES, type Syntax } from "@parley/compiler";
import type { CompletionItem } from "vscode-languageserver";
import { firstLine } from "../../texts.ts";
import { chainBefore, present, shown } from "./chain.ts";
import { docData, item } from "./item.ts";
import { scopeOf } from "./scope.ts";
import { places, testOptions } from "./test-names.ts";
import { casesOf, keys, signature, values } from "./values.ts";
import { type Writing, wordBefore, wordsBefore } from "./writing.ts";

type Provider = (w: Writing) => readonly CompletionItem[];

const NOTHING: Provider = () => [];

/** Rules that are not here await names that are new. */
const BY_RULE: Readonly<Record<string, Provider>> = {
  arrow: targets,
  namedType: types,
  operand: values,
  lvalue: variablesToSet,
  doStatement: (w) => actions(w, (decl) => !decl.result),
  callStatement: (w) => (wordBefore(w.place) === "as" ? variablesToSet(w) : flows(w)),
  askHead: (w) => afterAsk(w),
  sendTemplate: templates,
  schedule: scheduled,
  cancel: (w) => [...scheduled(w), item("all", { kind: "keyword", detail: "everything that was scheduled", rank: 1 })],
  matchArm: matched,
  optionClause: wantedOptions,
  record: keys,
  state: missingStates,
  path: (w) => (w.declaration?.kind === "TestDecl" ? places(w) : []),
  testDecl: flows,
  eventStep: events,
  mockStep: (w) => actions(w, () => true),
  expectation: (w) => (wordBefore(w.place) === "template" ? templates(w) : actions(w, () => true)),
  optionId: testOptions,
  clockStep: locales,
  templateClause: (w) => (wordsBefore(w.place)[0]?.image === "category" ? categories() : locales(w)),
};

export function namesOf(w: Writing, rule: string): readonly CompletionItem[] {
  return (BY_RULE[rule] ?? NOTHING)(w);
}

// ---------------------------------------------------------------- flows

/** States of this flow in the order of their nearness, then flows. */
function targets(w: Writing): readonly CompletionItem[] {
  const states = w.flow?.states ?? [];
  const own = w.state ? states.indexOf(w.state) : -1;
  // Most arrows lead on, few back, fewest to where they stand.
  const near = (i: number): number => {
    if (own < 0) return i;
    return i === own ? 2 * states.length : i > own ? 2 * (i - own) - 1 : 2 * (own - i);
  };
  return [
    ...states.map((state, i) => stateItem(state, near(i))),
    item("end", { kind: "keyword", detail: "the conversation is over", rank: 10, data: { kind: "word", word: "end" } }),
    item("resume", {
      kind: "keyword",
      detail: "back to what was interrupted",
      rank: 11,
      data: { kind: "word", word: "resume" },
    }),
    ...flows(w, 20).map((flow) => flow),
  ];
}

function stateItem(state: Syntax.StateDecl, near: number): CompletionItem {
  const order = Math.min(99, near);
  return item(state.name.text, { kind: "class", detail: firstLine(state), rank: 1, order, data: docData(state.doc) });
}

function flows(w: Writing, rank = 5): readonly CompletionItem[] {
  return [...w.view.compilation.names.flows.values()]
    .filter((flow) => flow.name.text !== "" && flow !== w.flow)
    .map((flow) => {
      const called = w.declaration?.kind === "TestDecl" ? {} : { snippet: `${flow.name.text}($1)` };
      const detail = signature(flow);
      return item(flow.name.text, { kind: "module", detail, rank, data: docData(flow.doc), ...called });
    });
}

/** Names that arrows of the flow have and no state. */
function missingStates(w: Writing): readonly CompletionItem[] {
  const known = new Set(w.flow?.states.map((state) => state.name.text));
  const missing = w.view.compilation.diagnostics.flatMap(({ code, span, args }) =>
    code === "P2001" && args["what"] === "state" && span.source.path === w.file.source.path && inside(w.flow, span)
      ? [String(args["name"])]
      : [],
  );
  return [...new Set(missing)]
    .filter((name) => !known.has(name))
    .map((name) => item(name, { kind: "class", detail: "an arrow leads there", rank: 0 }));
}

function inside(
  flow: Syntax.FlowDecl | undefined,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  return flow !== undefined && flow.start <= start && end <= flow.end;
}

function variablesToSet(w: Writing): readonly CompletionItem[] {
  const before = wordsBefore(w.place);
  if (before.at(-1)?.image === ".") return values(w);
  const settable = new Set(["variable", "parameter"]);
  return scopeOf(w)
    .filter(({ name, what }) => settable.has(what) || name === "profile" || name === "contact")
    .map(({ name, type, doc, what }) => {
      const kind = what === "root" ? "module" : "variable";
      return item(name, { kind, detail: shown(type), rank: what === "root" ? 9 : 5, data: docData(doc) });
    });
}

function actions(w: Writing, wanted: (decl: Syntax.ActionDecl) => boolean): readonly CompletionItem[] {
  const isMock = wordsBefore(w.place)[0]?.image === "mock";
  return [...w.view.compilation.names.actions.values()].filter(wanted).map((decl) => {
    const name = decl.name.text;
    const snippet = isMock ? {} : { snippet: `${name}(${decl.params.length > 0 ? "$1" : ""})` };
    return item(name, { kind: "function", detail: signature(decl), rank: 5, data: docData(decl.doc), ...snippet });
  });
}

/** Kinds, or the names that templates and countries have behind them. */
function afterAsk(w: Writing): readonly CompletionItem[] {
  const last = wordBefore(w.place);
  if (wordsBefore(w.place).some(({ image }) => image === "template")) return templates(w);
  if (last === "country") return [item("IN", { kind: "constant", detail: "India", rank: 1 })];
  if (last !== "ask" && last !== "once") return [];
  return Object.entries(ASK_WORDS)
    .filter(([, form]) => form === "plain")
    .map(([word]) => item(word, { kind: "keyword", rank: 3, data: { kind: "word", word } }));
}

function templates(w: Writing): readonly CompletionItem[] {
  const inTest = w.declaration?.kind === "TestDecl";
  return [...w.view.compilation.names.templates.values()].map((decl) => {
    const name = decl.name.text;
    const args = decl.params.map((p, i) => `\${${i + 1}:${p.name.text}}`).join(", ");
    const snippet = inTest ? {} : { snippet: `${name}(${args})` };
    return item(name, { kind: "reference", detail: signature(decl), rank: 5, data: docData(decl.doc), ...snippet });
  });
}

function scheduled(w: Writing): readonly CompletionItem[] {
  const cancels = wordsBefore(w.place)[0]?.image === "cancel";
  return [...w.view.compilation.names.schedules.values()].map(({ name, params }) => {
    const snippet = cancels ? {} : { snippet: `${name}(${params.length > 0 ? "$1" : ""}) in \${2:22h}` };
    return item(name, { kind: "event", detail: signature({ params }), rank: 5, ...snippet });
  });
}

function events(w: Writing): readonly CompletionItem[] {
  const { events: raised, schedules } = w.view.compilation.names;
  return [...raised.values(), ...schedules.values()].map(({ name, params }) =>
    item(name, {
      kind: "event",
      detail: signature({ params }),
      rank: 5,
      snippet: `${name}(${params.length > 0 ? "$1" : ""})`,
    }),
  );
}

// ---------------------------------------------------------------- types, cases

function types(w: Writing): readonly CompletionItem[] {
  const own = [...w.view.compilation.names.types.values()].map((decl) =>
    item(decl.name.text, {
      kind: decl.cases.length > 0 ? "enum" : "class",
      detail: decl.cases.length > 0 ? decl.cases.map((c) => c.name.text).join(" | ") : undefined,
      rank: 5,
      data: docData(decl.doc),
    }),
  );
  const builtin = BUILTIN_TYPES.map((name) =>
    item(name, { kind: "class", rank: 6, ...(name === "text" ? { snippet: `text(\${1:60})` } : {}) }),
  );
  return [...own, ...builtin];
}

/** Cases of the enum that is matched, without those that have an arm. */
function matched(w: Writing): readonly CompletionItem[] {
  if (w.place.kind !== "code") return [];
  const head = w.place.blocks.at(-1)?.head ?? [];
  const of = head[0]?.image === "match" ? chainBefore(w, head, head.length) : undefined;
  if (of?.kind !== "value") return [];
  const written = new Set(w.place.before.map(({ image }) => image));
  return casesOf(w, present(of.type), false).filter(({ label }) => !written.has(label));
}

/** Cases of the enum that an ask sets, without those that have an option. */
function wantedOptions(w: Writing): readonly CompletionItem[] {
  if (w.place.kind !== "code") return [];
  const head =
    w.place.blocks.findLast(({ kind, head: [first] }) => kind === "clauses" && first?.image === "ask")?.head ?? [];
  const at = head.findLastIndex(({ image }) => image === "as");
  const of = at < 0 ? undefined : chainBefore(w, head, head.length);
  if (of?.kind !== "value") return [];
  const start = head[0]?.start ?? 0;
  const written = w.file.source.text.slice(start, w.place.start);
  return casesOf(w, present(of.type), false).filter(({ label }) => !new RegExp(`\\boption ${label}\\b`).test(written));
}

// ---------------------------------------------------------------- settings

function locales({ view, place }: Writing): readonly CompletionItem[] {
  const used = new Set(wordsBefore(place).map(({ image }) => image));
  const { default: own, others } = view.compilation.settings.locales;
  return [own, ...others]
    .filter((locale) => !used.has(locale))
    .map((locale) => item(locale, { kind: "constant", detail: "a language of the bot", rank: 5 }));
}

const CATEGORIES = {
  utility: "about an order or account",
  marketing: "offers and news",
  authentication: "one-time passwords",
};

function categories(): readonly CompletionItem[] {
  return Object.entries(CATEGORIES).map(([name, detail]) => item(name, { kind: "constant", detail, rank: 5 }));
}
