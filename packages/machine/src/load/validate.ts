/**
 * Whether a value is a machine that this interpreter can run: the format's version, and that everything that is referred
 * to is there. The shape of each part is the JSON Schema's matter (`schema/machine.schema.json`).
 */
import { MachineError } from "../errors.ts";
import {
  type AskDef,
  type FlowDef,
  type Instr,
  MACHINE_FORMAT,
  type Machine,
  type OptionDef,
  type Pc,
  type RowDef,
  type SectionsDef,
} from "../format.ts";
import { isRecord } from "../value/fits.ts";
import { checkFramed } from "./commerce.ts";
import { checkMessage, checkTemplate, checkTemplateArgs } from "./references.ts";
import { checkText, fail } from "./texts.ts";

const RECORDS = [
  "locales",
  "enums",
  "profile",
  "actions",
  "templates",
  "events",
  "flows",
  "messages",
  "asks",
  "texts",
  "builtin",
  "was",
] as const;

export function validateMachine(value: unknown): asserts value is Machine {
  if (!isRecord(value)) throw new MachineError("", "a machine is a JSON object");
  const { format } = value;
  if (format !== MACHINE_FORMAT) {
    throw new MachineError("/format", `this interpreter runs format ${MACHINE_FORMAT}, not ${JSON.stringify(format)}`);
  }
  for (const name of ["hash", "name", "api", "timezone"] as const)
    if (typeof value[name] !== "string") throw new MachineError(`/${name}`, "a text is wanted");
  for (const name of ["windowMarginMs", "idleMs", "quietMs"] as const)
    if (!Number.isFinite(value[name])) throw new MachineError(`/${name}`, "a number of milliseconds is wanted");
  for (const name of RECORDS) if (!isRecord(value[name])) throw new MachineError(`/${name}`, "an object is wanted");
  // The shape of each part is the schema's matter; what is missing in one shows as a reference that leads nowhere.
  checkMachine(value as unknown as Machine);
}

function checkMachine(machine: Machine): void {
  checkZone(machine.timezone);
  for (const [name, { cases }] of Object.entries(machine.enums))
    for (const [id, key] of Object.entries(cases)) checkText(machine, key, `/enums/${name}/cases/${id}`);
  for (const [key, localized] of Object.entries(machine.texts))
    if (!Array.isArray(localized[machine.locales.default]))
      fail(`/texts/${key}`, "the default locale's text is missing");
  for (const [id, message] of Object.entries(machine.messages)) checkMessage(machine, message, `/messages/${id}`);
  for (const [id, ask] of Object.entries(machine.asks)) checkAsk(machine, ask, `/asks/${id}`);
  for (const [name, def] of Object.entries(machine.templates)) checkTemplate(machine, def, `/templates/${name}`);
  for (const [name, flow] of Object.entries(machine.flows)) checkFlow(machine, flow, `/flows/${name}`);
}

function checkZone(timezone: string): void {
  try {
    Intl.DateTimeFormat("en", { timeZone: timezone });
  } catch {
    fail("/timezone", `the time zone ${timezone} is not known here`);
  }
}

function checkFlow(machine: Machine, flow: FlowDef, path: string): void {
  if (Object.keys(flow.states).length === 0) fail(`${path}/states`, "a flow has a state");
  for (const name of flow.params) if (!Object.hasOwn(flow.vars, name)) fail(`${path}/params`, `${name} is no variable`);
  for (const [name, pc] of Object.entries(flow.states)) checkPc(flow, pc, `${path}/states/${name}`);
  for (const [i, trigger] of flow.triggers.entries()) checkState(flow, trigger.state, `${path}/triggers/${i}/state`);
  for (const [pc, instr] of flow.code.entries()) checkInstr(machine, flow, instr, `${path}/code/${pc}`);
}

function checkPc(flow: FlowDef, pc: Pc | undefined, path: string): void {
  if (pc === undefined) return;
  if (!Number.isInteger(pc) || pc < 0 || pc >= flow.code.length) fail(path, `${pc} is no place in the flow's code`);
}

function checkState(flow: FlowDef, state: string, path: string): void {
  if (!Object.hasOwn(flow.states, state)) fail(path, `there is no state ${state}`);
}

function checkInstr(machine: Machine, flow: FlowDef, instr: Instr, path: string): void {
  switch (instr.op) {
    case "send":
      if (!Object.hasOwn(machine.messages, instr.message))
        fail(`${path}/message`, `there is no message ${instr.message}`);
      return;
    case "ask":
      if (!Object.hasOwn(machine.asks, instr.ask)) fail(`${path}/ask`, `there is no ask ${instr.ask}`);
      return;
    case "jump":
    case "unless":
      return checkPc(flow, instr.to, `${path}/to`);
    case "match":
      for (const [name, pc] of Object.entries(instr.cases)) checkPc(flow, pc, `${path}/cases/${name}`);
      return checkPc(flow, instr.orElse, `${path}/orElse`);
    case "go":
      return checkState(flow, instr.state, `${path}/state`);
    case "action":
      if (!Object.hasOwn(machine.actions, instr.action)) fail(`${path}/action`, `there is no action ${instr.action}`);
      return checkPc(flow, instr.fail, `${path}/fail`);
    case "call":
    case "leave":
      if (!Object.hasOwn(machine.flows, instr.flow)) fail(`${path}/flow`, `there is no flow ${instr.flow}`);
      return;
    case "handoff":
      checkText(machine, instr.queue, `${path}/queue`);
      return checkPc(flow, instr.back, `${path}/back`);
    case "schedule":
      if (!Object.hasOwn(machine.events, instr.event)) fail(`${path}/event`, `there is no event ${instr.event}`);
      return;
    case "set":
    case "wait":
    case "return":
    case "end":
    case "resume":
    case "cancel":
    case "react":
    case "typing":
    case "forget":
    case "keep":
    case "again":
      return;
    default:
      return fail(path, `there is no instruction ${JSON.stringify((instr satisfies never as Instr).op)}`);
  }
}

function checkAsk(machine: Machine, ask: AskDef, path: string): void {
  const flow = machine.flows[ask.flow];
  if (!flow) return fail(`${path}/flow`, `there is no flow ${ask.flow}`);
  checkState(flow, ask.state, `${path}/state`);
  checkPc(flow, ask.next, `${path}/next`);
  checkPc(flow, ask.empty, `${path}/empty`);
  checkPc(flow, ask.orElse?.to, `${path}/orElse/to`);
  if (ask.orElse?.text !== undefined) checkText(machine, ask.orElse.text, `${path}/orElse/text`);
  for (const [i, after] of ask.after.entries()) checkPc(flow, after.to, `${path}/after/${i}/to`);
  for (const [i, text] of ask.texts.entries()) checkPc(flow, text.to, `${path}/texts/${i}/to`);
  checkPrompt(machine, flow, ask, `${path}/prompt`);
}

function checkPrompt(machine: Machine, flow: FlowDef, { prompt }: AskDef, path: string): void {
  if (prompt.kind === "template") {
    checkTemplateArgs(machine, prompt.template, prompt.args, path);
    for (const [i, option] of prompt.options.entries()) checkOption(machine, flow, option, `${path}/options/${i}`);
    return;
  }
  if (prompt.kind !== "options") return checkFramed(machine, prompt, path);
  checkText(machine, prompt.body, `${path}/body`);
  const { header, footer, open, more } = prompt;
  if (header?.kind === "text") checkText(machine, header.text, `${path}/header/text`);
  for (const [name, key] of Object.entries({ footer: footer?.text, open, more }))
    if (key !== undefined) checkText(machine, key, `${path}/${name}`);
  checkSections(machine, flow, prompt.sections, `${path}/sections`);
}

function checkSections(machine: Machine, flow: FlowDef, sections: readonly SectionsDef[], path: string): void {
  for (const [i, section] of sections.entries()) {
    if ("sections" in section) checkSections(machine, flow, section.sections, `${path}/${i}/sections`);
    else {
      if (section.title !== undefined) checkText(machine, section.title, `${path}/${i}/title`);
      checkRows(machine, flow, section.rows, `${path}/${i}/rows`);
    }
  }
}

function checkRows(machine: Machine, flow: FlowDef, rows: readonly RowDef[], path: string): void {
  for (const [i, row] of rows.entries()) {
    if (row.kind === "for") checkRows(machine, flow, row.rows, `${path}/${i}/rows`);
    else checkOption(machine, flow, row, `${path}/${i}`);
  }
}

function checkOption(machine: Machine, flow: FlowDef, option: OptionDef, path: string): void {
  checkText(machine, option.title, `${path}/title`);
  if (option.description !== undefined) checkText(machine, option.description, `${path}/description`);
  if (option.short !== undefined) checkText(machine, option.short, `${path}/short`);
  checkPc(flow, option.to, `${path}/to`);
}
