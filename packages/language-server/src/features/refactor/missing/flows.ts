/** States, flows and triggers that something leads to. */
import type { Syntax } from "@parley/compiler";
import type { Node } from "../../../at.ts";
import type { View } from "../../../view.ts";
import { type Change, insert } from "../edits.ts";
import { type Create, type Missing, nearest, paramsFor } from "./missing.ts";

export const createState: Create = (missing) => {
  const { flow, name } = missing;
  const change = flow && newState(missing, flow);
  return change && { title: `Create the state \`${name}\``, changes: [change] };
};

/** Behind the state that leads there; a trigger leads to the first, a test may mean any. */
function newState({ path, name, inTest }: Missing, flow: Syntax.FlowDecl): Change | undefined {
  const text = `state ${name} {\n    -> end\n  }`;
  const from = inTest ? flow.states.at(-1) : nearest(path, "StateDecl");
  if (from) return insert(flow.source, from.end, `\n\n  ${text}`);
  const [first] = flow.states;
  if (first) return insert(flow.source, first.start, `${text}\n\n  `);
  const last = flow.vars.at(-1) ?? flow.triggers.at(-1);
  return last && insert(flow.source, last.end, `\n\n  ${text}`);
}

/** Behind the declaration that calls it. One that is called returns, one that an arrow leads to ends. */
export const createFlow: Create = ({ view, file, path, name, inTest }) => {
  const call = nearest(path, "Call", "Arrow") as (Node & (Syntax.Call | Syntax.Arrow)) | undefined;
  const owner = file.declarations.find((one) => path.some((node) => node === (one as unknown)));
  if (!owner || (!call && !inTest)) return undefined;
  const params = call && "args" in call ? paramsFor(view, call.args) : [];
  const target = call?.kind === "Call" && call.as ? view.compilation.names.refs.get(call.as) : undefined;
  const type = target?.kind === "var" ? target.decl.type : undefined;
  const result = type ? ` -> ${type.source.text.slice(type.start, type.end)}` : "";
  const trigger = inTest
    ? `  on ${isMessageFree(view) ? "message" : `text "${name.replaceAll("_", " ")}"`} -> start\n\n`
    : "";
  // A value that must be there is the author's to write: a finding says so.
  const last = call?.kind !== "Call" ? "-> end" : result.endsWith("?") ? "return none" : "return";
  const head = `flow ${name}${params.length > 0 ? `(${params.join(", ")})` : ""}${result} {`;
  const text = `${head}\n${trigger}  state start {\n    ${last}\n  }\n}`;
  return {
    title: `Create the flow \`${name}\``,
    changes: [insert(file.source, owner.end, `\n\n${text}`)],
  };
};

/** One flow of a bot takes any message. */
function isMessageFree({ compilation: { names } }: View): boolean {
  return ![...names.flows.values()].some((flow) => flow.triggers.some(({ on }) => on.kind === "OnMessage"));
}

/** With a state of the same name where that is free, else it leads to the first. */
const createTrigger =
  (words: "on event" | "on scheduled"): Create =>
  ({ view, flow, path, name }) => {
    const call = nearest(path, "Schedule", "RaiseEvent") as (Node & Pick<Syntax.Schedule, "args">) | undefined;
    const last = flow?.triggers.at(-1);
    const state = flow?.states.at(-1);
    if (!flow || !last || !state) return undefined;
    const params = paramsFor(view, call?.args ?? []);
    const isFree = !flow.states.some((one) => one.name.text === name);
    const to = isFree ? name : state.name.text;
    return {
      title: `Add \`${words} ${name}\` to the flow \`${flow.name.text}\``,
      changes: [
        insert(flow.source, last.end, `\n  ${words} ${name}(${params.join(", ")}) -> ${to}`),
        ...(isFree ? [insert(flow.source, state.end, `\n\n  state ${name} {\n    -> end\n  }`)] : []),
      ],
    };
  };

export const createEvent: Create = createTrigger("on event");
export const createSchedule: Create = createTrigger("on scheduled");
