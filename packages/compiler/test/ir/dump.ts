/** Machine parts in a form that is read and compared in a line each. */
import type { AskDef, Expr, FlowDef, Instr, Template } from "@parley/machine";
import { sourceOf } from "@parley/machine";
import { lower } from "../../src/ir/lower.ts";
import type { Program } from "../../src/ir/program.ts";
import { DEFAULT_SETTINGS } from "../../src/project/settings.ts";
import { analyse, sentences } from "../../src/testing.ts";

/** Throws where the text has an error. */
export function lowered(text: string): Program {
  const { diagnostics, names, types, layouts } = analyse(text);
  if (diagnostics.some((d) => d.severity === "error")) throw new Error(`${sentences(text).join("\n")}\nin\n${text}`);
  return lower(names, types, DEFAULT_SETTINGS, layouts);
}

export function flowOf(program: Program, name = "f"): FlowDef {
  const flow = program.flows.get(name);
  if (!flow) throw new Error(`no flow ${name}`);
  return flow.def;
}

export function askOf(program: Program, id: string): AskDef {
  const ask = program.asks[id];
  if (!ask) throw new Error(`no ask ${id}`);
  return ask;
}

/** `a: 0 send f.a~1 | 1 end`, states marked where they begin. */
export function code(program: Program, name = "f"): readonly string[] {
  const flow = flowOf(program, name);
  const states = new Map(Object.entries(flow.states).map(([state, pc]) => [pc, state]));
  return flow.code.map((instr, pc) => `${states.has(pc) ? `${states.get(pc)}: ` : ""}${pc} ${instrText(instr)}`);
}

function instrText(i: Instr): string {
  switch (i.op) {
    case "send":
      return `send ${i.message}`;
    case "ask":
      return `ask ${i.ask}`;
    case "set":
      return `set ${i.path.join(" ")} = ${sourceOf(i.value)}`;
    case "jump":
      return `jump ${i.to}`;
    case "unless":
      return `unless ${sourceOf(i.condition)} ${i.to}`;
    case "match":
      return `match ${sourceOf(i.value)} ${Object.entries(i.cases)
        .map(([c, pc]) => `${c} ${pc}`)
        .join(", ")} else ${i.orElse}`;
    case "go":
      return `go ${i.state}`;
    case "action":
      return `action ${i.id} ${i.action}(${list(i.args)})${i.into ? ` into ${i.into.join(" ")}` : ""}${i.fail === undefined ? "" : ` fail ${i.fail}`}`;
    case "wait":
      return `wait ${i.id} ${i.unit} ${sourceOf(i.time)}`;
    case "call":
      return `call ${i.id} ${i.flow}(${list(i.args)})${i.into === undefined ? "" : ` into ${i.into}`}`;
    case "leave":
      return `leave ${i.flow}(${list(i.args)})`;
    case "return":
      return i.value === undefined ? "return" : `return ${sourceOf(i.value)}`;
    case "handoff":
      return `handoff ${i.id} ${i.queue}${i.back === undefined ? "" : ` back ${i.backAfterMs} ${i.back}`}`;
    case "schedule":
      return `schedule ${i.event}(${list(i.args)}) ${i.unit} ${sourceOf(i.time)}`;
    case "cancel":
      return `cancel ${i.event ?? "all"}`;
    case "react":
      return `react ${JSON.stringify(i.emoji)}`;
    default:
      return i.op;
  }
}

function list(args: readonly Expr[]): string {
  return args.map(sourceOf).join(", ");
}

export function textIn(program: Program, key: string): string {
  return sourceText(program.texts.get(key)?.["en"] ?? []);
}

export function sourceText(template: Template): string {
  return template.map((part) => (typeof part === "string" ? part : part.source)).join("");
}
