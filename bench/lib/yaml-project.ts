/** A generated project as YAML of the same content, as tools that describe conversations in YAML have it, with its schema. */
import { type Syntax, spanOf, spanText } from "../../packages/compiler/src/index.ts";
import { parse } from "../../packages/compiler/src/syntax/parse.ts";
import type { GeneratedFile } from "./generate-flow.ts";

export function asYaml({ path, text }: GeneratedFile): GeneratedFile {
  const flows = parse({ path, text }).value.declarations.flatMap((d) => (d.kind === "FlowDecl" ? flow(d) : []));
  return { path: path.replace(/flow$/, "yaml"), text: ["flows:", ...flows, ""].join("\n") };
}

function flow(it: Syntax.FlowDecl): readonly string[] {
  return [
    `  ${it.name.text}:`,
    `    triggers: ${JSON.stringify(it.triggers.map(written))}`,
    "    variables:",
    ...it.vars.map((v) => `      ${v.name.text}: ${JSON.stringify(written(v))}`),
    `    else: ${JSON.stringify(it.elses.map(written))}`,
    `    after: ${JSON.stringify(it.afters.map(written))}`,
    "    states:",
    ...it.states.flatMap((state) => [`      ${state.name.text}:`, ...state.body.statements.flatMap(statement)]),
  ];
}

function statement(it: Syntax.Statement): readonly string[] {
  const at = "        ";
  if (it.kind === "If") {
    const then = it.then.statements.flatMap(statement).map((line) => `    ${line}`);
    return [`${at}- if: ${JSON.stringify(written(it.condition))}`, `${at}  body:`, ...then];
  }
  if (it.kind !== "Ask") return [`${at}- do: ${JSON.stringify(written(it))}`];
  const body = it.body ? written(it.body) : "";
  return [
    `${at}- ask: ${it.askWord ? spanText(it.askWord) : ""}`,
    `${at}  text: ${body}`,
    ...clauses(it.clauses, `${at}  `),
  ];
}

function clauses(all: readonly Syntax.AskClause[], at: string): readonly string[] {
  const sections = all.filter((clause) => clause.kind === "Section");
  const options = all.filter((clause) => clause.kind === "Option");
  return [
    ...all.flatMap((clause) => (clause.kind === "OpenClause" ? `${at}open: ${written(clause.text)}` : [])),
    ...(sections.length > 0 ? [`${at}sections:`] : []),
    ...sections.flatMap((s) => [`${at}  - title: ${written(s.title)}`, ...clauses(s.clauses, `${at}    `)]),
    ...(options.length > 0 ? [`${at}options:`] : []),
    ...options.flatMap((o) => [
      `${at}  - id: ${written(o.id)}`,
      ...(o.title ? [`${at}    title: ${written(o.title)}`] : []),
      ...(o.description ? [`${at}    description: ${written(o.description)}`] : []),
      `${at}    goes: ${JSON.stringify(o.arm ? written(o.arm) : "")}`,
    ]),
  ];
}

function written({ source, start, end }: Pick<Syntax.File, "source" | "start" | "end">): string {
  return spanText(spanOf(source, start, end));
}

const text = (maxLength: number): object => ({ type: "string", minLength: 1, maxLength });
const object = (properties: object, required: readonly string[]): object => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
const map = (of: object): object => ({
  type: "object",
  propertyNames: { pattern: "^[a-z_][a-zA-Z0-9_]*$" },
  additionalProperties: of,
});
const options = (max: number, title: number): object => ({
  type: "array",
  minItems: 1,
  maxItems: max,
  items: object({ id: text(40), title: text(title), description: text(72), goes: { type: "string" } }, [
    "id",
    "title",
    "goes",
  ]),
});
const section = object({ title: text(24), options: options(10, 24) }, ["title", "options"]);
const statements = { type: "array", items: { $ref: "#/$defs/statement" } };

/** What a schema can say of it: forms, counts and lengths, but not names. */
export const SCHEMA: object = {
  $defs: {
    statement: {
      oneOf: [
        object({ do: { type: "string" } }, ["do"]),
        object({ if: { type: "string" }, body: statements }, ["if", "body"]),
        object({ ask: { const: "buttons" }, text: text(1024), options: options(3, 20) }, ["ask", "text", "options"]),
        object(
          {
            ask: { const: "list" },
            text: text(4096),
            open: text(20),
            sections: { type: "array", minItems: 1, maxItems: 10, items: section },
          },
          ["ask", "text", "open", "sections"],
        ),
      ],
    },
  },
  ...object(
    {
      flows: map(
        object(
          {
            triggers: { type: "array", items: { type: "string" } },
            variables: map({ type: "string" }),
            else: { type: "array", items: { type: "string" } },
            after: { type: "array", items: { type: "string" } },
            states: map(statements),
          },
          ["triggers", "variables", "else", "after", "states"],
        ),
      ),
    },
    ["flows"],
  ),
};
