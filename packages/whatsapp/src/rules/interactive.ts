import { isObject } from "../json.ts";
import { LIMITS } from "../limits.ts";
import type { Interactive, ListRow, ListSection, ProductSection, ReplyButton } from "../messages.ts";
import { pointer } from "../schema/visit.ts";
import { INVALID_VALUE, MISSING_PARAMETER } from "../validate/codes.ts";
import { type Finding, type Rule, type RulesByKind, repeats } from "./rule.ts";

/** Keys of an action whose texts the user sees or the tap returns. */
const SHOWN_KEYS: ReadonlySet<string> = new Set(["id", "title", "description", "button", "display_text", "flow_cta"]);

/** Keys whose content is data of the sender. */
const DATA_KEYS: ReadonlySet<string> = new Set([
  "flow_action_payload",
  "values",
  "saved_addresses",
  "validation_errors",
  "order",
  "payment_settings",
]);

function edgeSpaces(value: unknown, keys: (string | number)[], found: Finding[]): void {
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      keys.push(i);
      edgeSpaces(item, keys, found);
      keys.pop();
    });
  } else if (isObject(value)) {
    for (const key in value) {
      if (DATA_KEYS.has(key)) continue;
      const inner = value[key];
      keys.push(key);
      if (typeof inner !== "string") edgeSpaces(inner, keys, found);
      else if (SHOWN_KEYS.has(key) && inner !== inner.trim()) {
        found.push({
          path: keys.reduce<string>(pointer, ""),
          details: `The ${key} must not begin or end with white space.`,
        });
      }
      keys.pop();
    }
  }
}

/** For every kind: Cloud API refuses texts of buttons and rows with white space at an edge. */
export const ACTION_TEXTS: Rule<Interactive> = {
  name: "action-texts-have-no-edge-space",
  code: INVALID_VALUE,
  check: ({ action }) => {
    const found: Finding[] = [];
    edgeSpaces(action, ["action"], found);
    return found;
  },
};

function untitled(sections: readonly (ListSection | ProductSection)[]): readonly Finding[] {
  if (sections.length < 2) return [];
  return sections.flatMap(({ title }, i) =>
    title
      ? []
      : [{ path: `/action/sections/${i}/title`, details: "Section title is required for more than one section." }],
  );
}

/** Products of all sections together. */
export function tooManyProducts(sections: readonly ProductSection[], path: string): readonly Finding[] {
  const count = sections.reduce((sum, section) => sum + section.product_items.length, 0);
  const { max } = LIMITS.products;
  return count > max ? [{ path, details: `Total product count exceed max allowed count: ${max}` }] : [];
}

function loneUntitled(sections: readonly (ListSection | ProductSection)[]): readonly Finding[] {
  if (sections.length !== 1 || sections[0]?.title) return [];
  return [{ path: "/action/sections/0/title", details: "Meta's list page asks for a title of a single section, too." }];
}

interface PlacedRow {
  readonly section: number;
  readonly index: number;
  readonly row: ListRow;
}

function rowsOf(sections: readonly ListSection[]): readonly PlacedRow[] {
  return sections.flatMap(({ rows }, section) => rows.map((row, index) => ({ section, index, row })));
}

function repeatedRows(sections: readonly ListSection[], key: "id" | "title", details: string): readonly Finding[] {
  const rows = rowsOf(sections);
  const pathOf = (i: number): string => `/action/sections/${rows[i]?.section}/rows/${rows[i]?.index}/${key}`;
  return repeats(
    rows.map(({ row }) => row[key]),
    pathOf,
    details,
  );
}

function repeatedButtons(buttons: readonly ReplyButton[], key: "id" | "title"): readonly Finding[] {
  return repeats(
    buttons.map(({ reply }) => reply[key]),
    (i) => `/action/buttons/${i}/reply/${key}`,
    `Buttons ${key}s must be unique`,
  );
}

export const INTERACTIVE_RULES: RulesByKind = {
  "interactive.button": [
    {
      name: "button-titles-are-unique",
      code: INVALID_VALUE,
      check: ({ action }) => repeatedButtons(action.buttons, "title"),
    },
    {
      name: "button-ids-are-unique",
      code: INVALID_VALUE,
      check: ({ action }) => repeatedButtons(action.buttons, "id"),
    },
  ],
  "interactive.list": [
    {
      name: "list-rows-are-within-limit",
      code: INVALID_VALUE,
      check: ({ action }) =>
        rowsOf(action.sections).length > LIMITS.listRows.max
          ? [{ path: "/action/sections", details: `Total row count exceed max allowed count: ${LIMITS.listRows.max}` }]
          : [],
    },
    {
      name: "list-row-ids-are-unique",
      code: INVALID_VALUE,
      check: ({ action }) => repeatedRows(action.sections, "id", "Rows ids must be unique"),
    },
    {
      name: "list-sections-have-titles",
      code: MISSING_PARAMETER,
      check: ({ action }) => untitled(action.sections),
    },
    { name: "list-section-has-a-title", check: ({ action }) => loneUntitled(action.sections) },
    {
      name: "list-row-titles-are-unique",
      check: ({ action }) =>
        repeatedRows(action.sections, "title", "Rows with the same title were seen to be refused."),
    },
  ],
  "interactive.flow": [
    {
      name: "flow-payload-navigates",
      code: INVALID_VALUE,
      check: ({ action: { parameters } }) =>
        parameters.flow_action === "data_exchange" && parameters.flow_action_payload
          ? [{ path: "/action/parameters/flow_action_payload", details: "flow_action_payload is for navigate only." }]
          : [],
    },
    {
      name: "flow-button-has-no-emoji",
      check: ({ action: { parameters } }) =>
        /\p{Extended_Pictographic}/u.test(parameters.flow_cta)
          ? [{ path: "/action/parameters/flow_cta", details: "The text of a flow's button should have no emoji." }]
          : [],
    },
  ],
  "interactive.product_list": [
    {
      name: "products-are-within-limit",
      code: INVALID_VALUE,
      check: ({ action }) => tooManyProducts(action.sections, "/action/sections"),
    },
    {
      name: "product-sections-have-titles",
      code: MISSING_PARAMETER,
      check: ({ action }) => untitled(action.sections),
    },
  ],
  "interactive.catalog_message": [
    {
      name: "catalog-has-a-thumbnail",
      check: ({ action }) =>
        action.parameters
          ? []
          : [
              {
                path: "/action/parameters",
                details: "Without thumbnail_product_retailer_id the call was seen to fail.",
              },
            ],
    },
  ],
};
