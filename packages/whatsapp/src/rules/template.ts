import { LIMITS } from "../limits.ts";
import type { Template, TemplateComponent } from "../messages.ts";
import { codePoints } from "../text.ts";
import {
  INVALID_VALUE,
  MISSING_PARAMETER,
  TEMPLATE_CHARACTERS,
  TEMPLATE_FORMAT,
  TEMPLATE_TEXT_TOO_LONG,
} from "../validate/codes.ts";
import { tooManyProducts } from "./interactive.ts";
import { type Finding, type RulesByKind, repeats } from "./rule.ts";

type Placed = readonly [path: string, component: TemplateComponent];
type PlacedValue = readonly [path: string, value: string | number];
type PlacedText = readonly [path: string, text: string];

/** Every component, those of cards as well. */
function componentsOf(template: Template): readonly Placed[] {
  return (template.components ?? []).flatMap((component, i): readonly Placed[] => {
    const path = `/components/${i}`;
    if (component.type !== "carousel") return [[path, component]];
    const inner = component.cards.flatMap((card, j) =>
      card.components.map((part, k): Placed => [`${path}/cards/${j}/components/${k}`, part]),
    );
    return [[path, component], ...inner];
  });
}

/** The text parameters of a component. */
function textsOf([path, component]: Placed): readonly PlacedText[] {
  if (component.type !== "header" && component.type !== "body" && component.type !== "button") return [];
  return component.parameters.flatMap((parameter, i) =>
    parameter.type === "text" ? [[`${path}/parameters/${i}/text`, parameter.text] as const] : [],
  );
}

function repeated(values: readonly PlacedValue[], details: string): readonly Finding[] {
  return repeats(
    values.map(([, value]) => value),
    (i) => values[i]?.[0] ?? "",
    details,
  );
}

const NOT_ALLOWED = new RegExp(`[\\n\\r\\t]| {${LIMITS.templateParameterSpaces.max + 1},}`);

function tooLong([path, component]: Placed): readonly Finding[] {
  if (component.type !== "header" && component.type !== "body") return [];
  const { max } = component.type === "header" ? LIMITS.templateHeader : LIMITS.templateBody;
  const length = textsOf([path, component]).reduce((sum, [, text]) => sum + codePoints(text), 0);
  return length > max
    ? [{ path: `${path}/parameters`, details: `The parameters of the ${component.type} alone are longer than ${max}.` }]
    : [];
}

function parameterNames([path, component]: Placed): readonly (readonly [path: string, name: string | undefined])[] {
  if (component.type !== "header" && component.type !== "body") return [];
  return component.parameters.flatMap((parameter, i) =>
    parameter.type === "text" || parameter.type === "currency" || parameter.type === "date_time"
      ? [[`${path}/parameters/${i}`, parameter.parameter_name] as const]
      : [],
  );
}

function mixedNames(template: Template): readonly Finding[] {
  const all = componentsOf(template).flatMap(parameterNames);
  const [first] = all;
  if (!first) return [];
  const odd = all.find(([, name]) => (name === undefined) !== (first[1] === undefined));
  if (!odd) return [];
  return [{ path: `${odd[0]}/parameter_name`, details: "Named and positional parameters cannot be mixed." }];
}

/** The lists of components that belong together: the template's own, and each card's. */
function groupsOf(template: Template): readonly (readonly Placed[])[] {
  const groups = new Map<string, Placed[]>();
  for (const placed of componentsOf(template)) {
    const group = placed[0].slice(0, placed[0].lastIndexOf("/"));
    const members = groups.get(group);
    if (members) members.push(placed);
    else groups.set(group, [placed]);
  }
  return [...groups.values()];
}

function buttonsOf(group: readonly Placed[]): readonly (readonly [path: string, index: number])[] {
  return group.flatMap(([path, component]) =>
    component.type === "button" ? [[`${path}/index`, Number(component.index)] as const] : [],
  );
}

function products([path, component]: Placed): readonly Finding[] {
  if (component.type !== "button") return [];
  return component.parameters.flatMap((parameter, i) =>
    parameter.type === "action" && "sections" in parameter.action
      ? tooManyProducts(parameter.action.sections, `${path}/parameters/${i}/action/sections`)
      : [],
  );
}

export const TEMPLATE_RULES: RulesByKind = {
  template: [
    {
      name: "template-texts-are-not-empty",
      code: MISSING_PARAMETER,
      check: (template) =>
        componentsOf(template)
          .flatMap(textsOf)
          .flatMap(([path, text]) =>
            text === "" ? [{ path, details: "Parameter of type text is missing text value" }] : [],
          ),
    },
    {
      name: "template-texts-have-no-breaks",
      code: TEMPLATE_CHARACTERS,
      check: (template) =>
        componentsOf(template)
          .flatMap(textsOf)
          .flatMap(([path, text]) =>
            NOT_ALLOWED.test(text)
              ? [
                  {
                    path,
                    details: `Param text cannot have new-line/tab characters or more than ${LIMITS.templateParameterSpaces.max} consecutive spaces`,
                  },
                ]
              : [],
          ),
    },
    {
      name: "template-texts-are-within-limit",
      code: TEMPLATE_TEXT_TOO_LONG,
      check: (template) => componentsOf(template).flatMap(tooLong),
    },
    { name: "template-parameters-are-named-or-not", code: TEMPLATE_FORMAT, check: mixedNames },
    {
      name: "template-parameter-names-are-unique",
      code: TEMPLATE_FORMAT,
      check: (template) =>
        componentsOf(template).flatMap((placed) =>
          repeated(
            parameterNames(placed).flatMap(([path, name]) =>
              name === undefined ? [] : [[`${path}/parameter_name`, name] as const],
            ),
            "Parameter names must be unique",
          ),
        ),
    },
    {
      name: "template-components-are-unique",
      code: INVALID_VALUE,
      check: (template) =>
        groupsOf(template).flatMap((group) =>
          repeated(
            group.flatMap(([path, { type }]) => (type === "button" ? [] : [[`${path}/type`, type] as const])),
            "A template has one component of each type but buttons.",
          ),
        ),
    },
    {
      name: "template-button-indexes-are-unique",
      code: INVALID_VALUE,
      check: (template) =>
        groupsOf(template).flatMap((group) => repeated(buttonsOf(group), "Buttons index must be unique")),
    },
    {
      name: "template-card-indexes-are-unique",
      code: INVALID_VALUE,
      check: (template) =>
        componentsOf(template).flatMap(([path, component]) =>
          component.type === "carousel"
            ? repeated(
                component.cards.map((card, i) => [`${path}/cards/${i}/card_index`, card.card_index] as const),
                "Cards card_index must be unique",
              )
            : [],
        ),
    },
    {
      name: "template-products-are-within-limit",
      code: INVALID_VALUE,
      check: (template) => componentsOf(template).flatMap(products),
    },
  ],
};
