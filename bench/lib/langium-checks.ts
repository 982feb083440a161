/** The core of Parley's checks as validations of Langium: duplicates, counts, lengths, states that nothing enters. Names are the linker's. */
import { type AstNode, AstUtils, type Reference, type ValidationAcceptor } from "langium";

export interface File extends AstNode {
  readonly flows: Flow[];
}
export interface Flow extends AstNode {
  readonly name: string;
  readonly vars: Named[];
  readonly states: State[];
  readonly triggers: { readonly arrow: Arrow }[];
  readonly elses: { readonly arrow?: Arrow }[];
  readonly afters: { readonly arrow: Arrow }[];
}
interface Named extends AstNode {
  readonly name: string;
}
interface State extends Named {
  readonly statements: AstNode[];
}
interface Arrow extends AstNode {
  readonly state?: Reference<State>;
}
interface Text extends AstNode {
  readonly parts: { readonly $type: "Characters" | "Hole"; readonly value: unknown }[];
}
interface Option extends Named {
  readonly title: Text;
  readonly description?: Text;
}
interface Section extends AstNode {
  readonly title: Text;
  readonly options: Option[];
}
export interface Ask extends AstNode {
  readonly layout: "buttons" | "list";
  readonly text: Text;
  readonly clauses: (Option | Section)[];
}

const MOST = { buttons: 3, list: 10 } as const;
const TITLE = { buttons: 20, list: 24 } as const;
const DESCRIPTION = 72;
const BODY = { buttons: 1024, list: 4096 } as const;

export function checkFile(file: File, accept: ValidationAcceptor): void {
  different(file.flows, accept);
}

export function checkFlow(flow: Flow, accept: ValidationAcceptor): void {
  different(flow.vars, accept);
  different(flow.states, accept);
  const first = [...flow.triggers, ...flow.elses, ...flow.afters].flatMap(({ arrow }) => arrow?.state?.ref ?? []);
  // Another flow enters the first state.
  const entered = new Set([...flow.states.slice(0, 1), ...first]);
  for (const state of entered) {
    for (const node of AstUtils.streamAllContents(state)) {
      const to = node.$type === "Arrow" ? (node as Arrow).state?.ref : undefined;
      // A set goes on with what is added while it is walked.
      if (to) entered.add(to);
    }
  }
  for (const state of flow.states) if (!entered.has(state)) accept("error", "nothing leads here", { node: state });
}

export function checkAsk(ask: Ask, accept: ValidationAcceptor): void {
  const { layout } = ask;
  const options = ask.clauses.flatMap((clause) => {
    if (clause.$type === "Option") return [clause as Option];
    return clause.$type === "Section" ? (clause as Section).options : [];
  });
  if (options.length > MOST[layout]) accept("error", "too many options", { node: ask });
  different(options, accept);
  const titles = new Set<string>();
  for (const option of options) {
    const title = written(option.title);
    if (titles.has(title)) accept("error", "two options of one title", { node: option });
    titles.add(title);
    within(option, option.title, TITLE[layout], accept);
    if (option.description !== undefined) within(option, option.description, DESCRIPTION, accept);
  }
  for (const clause of ask.clauses) {
    if (clause.$type === "Section") within(clause, (clause as Section).title, TITLE.list, accept);
  }
  within(ask, ask.text, BODY[layout], accept);
}

function different(named: readonly Named[], accept: ValidationAcceptor): void {
  const seen = new Set<string>();
  for (const node of named) {
    if (seen.has(node.name)) accept("error", `two of the name ${node.name}`, { node });
    seen.add(node.name);
  }
}

function written({ parts }: Text): string {
  return parts.map((part) => (part.$type === "Characters" ? String(part.value) : "{}")).join("");
}

/** Holes count as two characters: what can stand in them is not worked out. */
function within(node: AstNode, text: Text, max: number, accept: ValidationAcceptor): void {
  if (written(text).length > max) accept("error", "too long", { node });
}
