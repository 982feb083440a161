/** Machines written by hand: texts beside where they are used, jumps to labels. Only for tests and benchmarks. */
import {
  type AskDef,
  type ContentDef,
  type Expr,
  type FieldType,
  type FlowDef,
  type Hole,
  type Instr,
  MACHINE_FORMAT,
  type Machine,
  type OptionDef,
  type Pc,
  type PromptDef,
  type RowDef,
  type TriggerDef,
  type ValueType,
} from "@parley/machine";

export const TEXT: ValueType = { t: "text", max: 4096 };

/** A label, or the name of a state. */
type Target = string;

interface OptionSource {
  readonly id: string | { readonly e: Expr };
  readonly title: TextSource;
  readonly description?: TextSource;
  readonly short?: TextSource;
  readonly when?: Expr;
  readonly value?: true;
  readonly to?: Target;
}

/** A text of the default locale with `{slot}` holes, or by locale, or in pieces. */
type TextSource = string | Readonly<Record<string, string>> | readonly (string | Hole)[];

interface SectionSource {
  readonly title?: TextSource;
  readonly when?: Expr;
  readonly rows: readonly (
    | OptionSource
    | { readonly slot: string; readonly list: Expr; readonly rows: readonly OptionSource[] }
  )[];
}

export interface AskSource {
  readonly name?: string;
  readonly once?: true;
  readonly body?: TextSource;
  readonly header?: TextSource;
  readonly headerWhen?: Expr;
  readonly footer?: TextSource;
  readonly footerWhen?: Expr;
  readonly open?: TextSource;
  readonly more?: TextSource;
  readonly layout?: "buttons" | "list" | "pages";
  readonly options?: readonly OptionSource[];
  readonly sections?: readonly SectionSource[];
  readonly location?: true;
  readonly template?: {
    readonly name: string;
    readonly args: readonly Expr[];
    readonly options: readonly OptionSource[];
  };
  readonly into?: AskDef["into"];
  readonly answer?: AskDef["answer"];
  readonly gatherMs?: number;
  readonly texts?: readonly { readonly texts?: readonly string[]; readonly to: Target }[];
  readonly orElse?: { readonly text?: TextSource; readonly retries?: number; readonly to?: Target };
  readonly after?: readonly { readonly ms: number; readonly to: Target }[];
  readonly empty?: Target;
  readonly fallback?: false;
}

type Plain = Extract<
  Instr,
  {
    op:
      | "set"
      | "wait"
      | "call"
      | "leave"
      | "return"
      | "end"
      | "resume"
      | "schedule"
      | "cancel"
      | "react"
      | "typing"
      | "forget"
      | "keep"
      | "again"
      | "go";
  }
>;

type Source =
  | Plain
  | { readonly label: string }
  | { readonly say: TextSource; readonly name?: string; readonly reply?: true }
  | { readonly send: ContentDef; readonly name: string }
  | { readonly ask: AskSource }
  | { readonly jump: Target }
  | { readonly unless: Expr; readonly to: Target }
  | { readonly match: Expr; readonly cases: Readonly<Record<string, Target>>; readonly orElse: Target }
  | {
      readonly action: string;
      readonly id?: string;
      readonly args?: readonly Expr[];
      readonly into?: AskDef["into"];
      readonly fail?: Target;
    }
  | { readonly handoff: string; readonly backAfterMs?: number; readonly back?: Target };

export interface FlowSource {
  readonly params?: readonly string[];
  readonly vars?: Readonly<Record<string, FieldType>>;
  readonly lets?: Readonly<Record<string, ValueType>>;
  readonly triggers?: readonly TriggerDef[];
  readonly states: Readonly<Record<string, readonly Source[]>>;
}

export interface MachineSource extends Partial<Omit<Machine, "flows" | "texts" | "messages" | "asks" | "enums">> {
  readonly enums?: Readonly<Record<string, Readonly<Record<string, TextSource>>>>;
  readonly flows: Readonly<Record<string, FlowSource>>;
}

interface Tables {
  readonly texts: Record<string, Record<string, readonly (string | Hole)[]>>;
  readonly messages: Record<string, Machine["messages"][string]>;
  readonly asks: Record<string, AskDef>;
}

/** `{slot}`, `{slot.field}` and `{slot:Enum}` as holes. */
function template(text: string): readonly (string | Hole)[] {
  return text
    .split(/(\{[^}]+\})/)
    .filter((part) => part !== "")
    .map((part) => (part.startsWith("{") ? hole(part.slice(1, -1)) : part));
}

function hole(source: string): Hole {
  const [path = "", kind] = source.split(":");
  const as = kind === undefined ? "text" : { enum: kind };
  return { e: get(path), as, source: `{${path}}` };
}

const ROOTS = ["contact", "profile", "reply", "window", "env", "failure"] as const;

/** A slot and fields of it; `state/name` is the slot `state.name`; `profile`, `contact` and `reply` are roots. */
export function get(path: string): Expr {
  const [first = "", ...fields] = path.split(".");
  const name = ROOTS.find((known) => known === first);
  const root: Expr = name === undefined ? ["get", first.replace("/", ".")] : ["root", name];
  return fields.reduce<Expr>((of, name) => ["field", of, name], root);
}

function isPieces(source: TextSource): source is readonly (string | Hole)[] {
  return Array.isArray(source);
}

function addText(tables: Tables, key: string, source: TextSource): string {
  if (typeof source === "string") tables.texts[key] = { en: template(source) };
  else if (isPieces(source)) tables.texts[key] = { en: source };
  else tables.texts[key] = Object.fromEntries(Object.entries(source).map(([locale, text]) => [locale, template(text)]));
  return key;
}

interface FlowTables {
  readonly tables: Tables;
  readonly flow: string;
  readonly state: string;
  readonly labels: Readonly<Record<string, Pc>>;
  said: number;
}

function pcOf(at: FlowTables, target: Target): Pc {
  const pc = at.labels[`${at.state}/${target}`] ?? at.labels[target];
  if (pc === undefined) throw new Error(`no label ${target}`);
  return pc;
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}

function optionOf(at: FlowTables, ask: string, source: OptionSource): OptionDef {
  const id = typeof source.id === "string" ? source.id : "row";
  const text = (name: string, value: TextSource | undefined): string | undefined =>
    value === undefined ? undefined : addText(at.tables, `${ask}:${id}${name}`, value);
  return {
    kind: "option",
    id: source.id,
    title: text("", source.title) ?? "",
    ...optional("description", text(".description", source.description)),
    ...optional("short", text(".short", source.short)),
    ...optional("when", source.when),
    ...optional("value", source.value),
    ...optional("to", source.to === undefined ? undefined : pcOf(at, source.to)),
  };
}

function rowOf(at: FlowTables, ask: string, row: SectionSource["rows"][number]): RowDef {
  if ("slot" in row)
    return { kind: "for", slot: row.slot, list: row.list, rows: row.rows.map((option) => optionOf(at, ask, option)) };
  return optionOf(at, ask, row);
}

function promptOf(at: FlowTables, id: string, source: AskSource): PromptDef {
  const text = (name: string, value: TextSource | undefined): string | undefined =>
    value === undefined ? undefined : addText(at.tables, `${id}.${name}`, value);
  if (source.template) {
    const options = source.template.options.map((option) => optionOf(at, id, option));
    return { kind: "template", template: source.template.name, args: source.template.args, options };
  }
  const body = text("body", source.body ?? "?") ?? "";
  if (source.location) return { kind: "location", body };
  const sections = source.sections ?? (source.options ? [{ rows: source.options }] : undefined);
  if (!sections) return { kind: "text", body };
  const header = text("header", source.header);
  const footer = text("footer", source.footer);
  return {
    kind: "options",
    layout: { en: source.layout ?? "buttons" },
    body,
    ...optional(
      "header",
      header === undefined
        ? undefined
        : { kind: "text" as const, text: header, ...optional("when", source.headerWhen) },
    ),
    ...optional("footer", footer === undefined ? undefined : { text: footer, ...optional("when", source.footerWhen) }),
    ...optional("open", text("open", source.open)),
    ...optional("more", text("more", source.more)),
    sections: sections.map((section, i) => ({
      ...optional("title", text(`section${i}`, section.title)),
      ...optional("when", section.when),
      rows: section.rows.map((row) => rowOf(at, id, row)),
    })),
  };
}

function askOf(at: FlowTables, source: AskSource, next: Pc): AskDef {
  const id = `${at.flow}.${at.state}${source.name === undefined ? "" : `.${source.name}`}`;
  const { orElse } = source;
  return {
    id,
    flow: at.flow,
    state: at.state,
    ...optional("once", source.once),
    prompt: promptOf(at, id, source),
    ...optional("into", source.into),
    ...optional("answer", source.answer),
    ...optional("gatherMs", source.gatherMs),
    next,
    texts: (source.texts ?? []).map(({ texts = [], to }) => ({ texts, patterns: [], to: pcOf(at, to) })),
    ...optional(
      "orElse",
      orElse && {
        ...optional("text", orElse.text === undefined ? undefined : addText(at.tables, `${id}.else`, orElse.text)),
        ...optional("retries", orElse.retries),
        ...optional("to", orElse.to === undefined ? undefined : pcOf(at, orElse.to)),
      },
    ),
    after: (source.after ?? []).map(({ ms, to }) => ({ ms, to: pcOf(at, to) })),
    ...optional("empty", source.empty === undefined ? undefined : pcOf(at, source.empty)),
    ...optional("fallback", source.fallback),
  };
}

function instrOf(at: FlowTables, source: Exclude<Source, { readonly label: string }>, pc: Pc): Instr {
  const { tables } = at;
  if ("op" in source) return source;
  if ("say" in source) {
    const id = `${at.flow}.${at.state}${source.name === undefined ? `~${++at.said}` : `.${source.name}`}`;
    tables.messages[id] = {
      id,
      content: { kind: "text", body: addText(tables, id, source.say) },
      ...optional("reply", source.reply),
    };
    return { op: "send", message: id };
  }
  if ("send" in source) {
    const id = `${at.flow}.${at.state}.${source.name}`;
    tables.messages[id] = { id, content: source.send };
    return { op: "send", message: id };
  }
  if ("ask" in source) {
    const ask = askOf(at, source.ask, pc + 1);
    tables.asks[ask.id] = ask;
    return { op: "ask", ask: ask.id };
  }
  if ("jump" in source) return { op: "jump", to: pcOf(at, source.jump) };
  if ("unless" in source) return { op: "unless", condition: source.unless, to: pcOf(at, source.to) };
  if ("match" in source) {
    const cases = Object.fromEntries(Object.entries(source.cases).map(([name, to]) => [name, pcOf(at, to)]));
    return { op: "match", value: source.match, cases, orElse: pcOf(at, source.orElse) };
  }
  if ("action" in source) {
    return {
      op: "action",
      id: source.id ?? `${at.flow}.${at.state}.${source.action}`,
      action: source.action,
      args: source.args ?? [],
      ...optional("into", source.into),
      ...optional("fail", source.fail === undefined ? undefined : pcOf(at, source.fail)),
    };
  }
  return {
    op: "handoff",
    id: `${at.flow}.${at.state}.handoff`,
    queue: addText(tables, `${at.flow}.${at.state}.queue`, source.handoff),
    ...optional("backAfterMs", source.backAfterMs),
    ...optional("back", source.back === undefined ? undefined : pcOf(at, source.back)),
  };
}

function flowOf(tables: Tables, flow: string, source: FlowSource): FlowDef {
  const labels: Record<string, Pc> = {};
  const states: Record<string, Pc> = {};
  let pc = 0;
  for (const [state, items] of Object.entries(source.states)) {
    states[state] = pc;
    labels[state] = pc;
    for (const item of items) {
      if ("label" in item) labels[`${state}/${item.label}`] = pc;
      else pc++;
    }
  }
  const code: Instr[] = [];
  for (const [state, items] of Object.entries(source.states)) {
    const at: FlowTables = { tables, flow, state, labels, said: 0 };
    for (const item of items) if (!("label" in item)) code.push(instrOf(at, item, code.length));
  }
  return {
    params: source.params ?? [],
    vars: source.vars ?? {},
    lets: source.lets ?? {},
    triggers: source.triggers ?? [],
    states,
    code,
  };
}

export function machineOf(source: MachineSource): Machine {
  const { flows: flowSources, enums: enumSources = {}, ...rest } = source;
  const tables: Tables = { texts: {}, messages: {}, asks: {} };
  const flows = Object.fromEntries(
    Object.entries(flowSources).map(([name, flow]) => [name, flowOf(tables, name, flow)]),
  );
  const enums = Object.fromEntries(
    Object.entries(enumSources).map(([name, cases]) => [
      name,
      {
        cases: Object.fromEntries(
          Object.entries(cases).map(([id, label]) => [id, addText(tables, `type.${name}.${id}`, label)]),
        ),
      },
    ]),
  );
  return {
    format: MACHINE_FORMAT,
    hash: "0123456789abcdef",
    name: "test",
    api: "v23.0",
    timezone: "UTC",
    locales: { default: "en", others: ["es"] },
    windowMarginMs: 300_000,
    idleMs: 3 * 86_400_000,
    quietMs: 300_000,
    profile: {},
    actions: {},
    templates: {},
    events: {},
    builtin: {
      open: { en: "Choose", es: "Elegir" },
      more: { en: "More", es: "Más" },
      numbered: { en: "Reply with a number." },
      error: { en: "Something went wrong." },
    },
    was: { flow: {}, state: {}, ask: {}, option: {}, var: {}, case: {} },
    ...rest,
    enums,
    flows,
    texts: tables.texts,
    messages: tables.messages,
    asks: tables.asks,
  };
}

export const onMessage = (state: string): TriggerDef => ({ on: { kind: "message" }, state });
export const onText = (state: string, ...texts: string[]): TriggerDef => ({
  on: { kind: "text", texts, patterns: [] },
  state,
});
export const onEvent = (state: string, name: string, ...params: string[]): TriggerDef => ({
  on: { kind: "event", name, params },
  state,
});
