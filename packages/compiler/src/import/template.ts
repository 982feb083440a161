/**
 * Template messages. A message does not tell the approved text: named parameters get a declaration whose text is to be
 * written, all others are values for a template of the file of `templates:`.
 */
import { decodeOption } from "./option-name.ts";
import { file } from "./parts.ts";
import {
  cannot,
  degrees,
  type Json,
  listIn,
  literal,
  maybeText,
  objectIn,
  textIn,
  textType,
  type Writing,
} from "./writing.ts";

interface Declaring {
  readonly w: Writing;
  /** By parameter: its declaration. */
  readonly params: Map<string, string>;
  readonly args: string[];
  readonly header: string[];
  readonly body: string[];
  /** By index. */
  readonly buttons: Map<number, string>;
  readonly options: string[];
  /** It has parts that cannot be declared. */
  listed: boolean;
}

export function templateStatement(w: Writing, template: Json): string {
  const name = textIn(template, "name");
  const d: Declaring = {
    w,
    params: new Map(),
    args: [],
    header: [],
    body: [],
    buttons: new Map(),
    options: [],
    listed: false,
  };
  for (const component of inOrder(listIn(template, "components"))) readComponent(d, component);
  const code = textIn(objectIn(template, "language"), "code");
  if (d.listed)
    w.notes.add(`the template \`${name}\` has to be in the file of \`templates:\`, with its language \`${code}\``);
  else declare(d, name, code);
  const call = `template ${name}(${d.args.join(", ")})`;
  return d.options.length === 0
    ? `send ${call}`
    : `ask ${call} { ${d.options.map((id) => `option ${id}`).join("\n")} }`;
}

const ORDER = ["header", "body", "limited_time_offer", "button", "carousel"];

function inOrder(components: readonly Json[]): readonly Json[] {
  const place = (component: Json): number => ORDER.indexOf(textIn(component, "type").toLowerCase());
  return components.toSorted((a, b) => place(a) - place(b));
}

function readComponent(d: Declaring, component: Json): void {
  const type = textIn(component, "type").toLowerCase();
  const parameters = listIn(component, "parameters");
  switch (type) {
    case "header":
      for (const parameter of parameters) headerParameter(d, parameter);
      return;
    case "body":
      for (const parameter of parameters) textParameter(d, parameter, d.body);
      return;
    case "button":
      return button(d, component, parameters[0] ?? {});
    case "carousel":
      d.listed = true;
      for (const card of listIn(component, "cards"))
        for (const part of inOrder(listIn(card, "components"))) readComponent(d, part);
      return;
    default:
      cannot(`a template's part of the kind \`${type}\` has no form in the language`);
  }
}

function headerParameter(d: Declaring, parameter: Json): void {
  const type = textIn(parameter, "type");
  switch (type) {
    case "text":
      return textParameter(d, parameter, d.header);
    case "image":
    case "video":
    case "document": {
      const media = objectIn(parameter, type);
      if (maybeText(media, "filename") !== undefined)
        d.w.notes.add("the file name of a header comes from its `media` value, and was left out");
      const given = file(d.w, media);
      const sample = given.startsWith('"') ? `url = ${given}` : "media";
      d.params.set("file", `file: ${sample}`);
      d.args.push(given);
      d.header.push(`header ${type} file`);
      return;
    }
    case "location": {
      d.listed = true;
      const place = degrees(d.w, objectIn(parameter, "location")["latitude"], "latitude");
      d.args.push(
        place.endsWith(".latitude")
          ? place.slice(0, -".latitude".length)
          : cannot("a place in a template is a variable in the language"),
      );
      return;
    }
    case "product": {
      d.listed = true;
      const product = objectIn(parameter, "product");
      d.args.push(literal(textIn(product, "product_retailer_id")), literal(textIn(product, "catalog_id")));
      return;
    }
    default:
      cannot(`a template's header of the kind \`${type}\` has no form in the language`);
  }
}

function textParameter(d: Declaring, parameter: Json, into: string[]): void {
  if (textIn(parameter, "type") !== "text")
    cannot("parameters that are currencies or times have no form in the language");
  const text = textIn(parameter, "text");
  const name = maybeText(parameter, "parameter_name");
  if (name === undefined) d.listed = true;
  else {
    into.push(name);
    if (d.params.has(name)) return;
    d.params.set(name, `${name}: ${textType(text)} = ${literal(text)}`);
  }
  d.args.push(literal(text));
}

function button(d: Declaring, component: Json, parameter: Json): void {
  const index = Number(component["index"]);
  if (!Number.isInteger(index) || index < 0 || index > 9) cannot("a button of it has no place from 0 to 9");
  const subType = textIn(component, "sub_type").toLowerCase();
  switch (subType) {
    case "quick_reply": {
      const id = decodeOption(textIn(parameter, "payload")) ?? cannot("the payload of its quick reply is no name");
      d.options.push(id);
      d.buttons.set(index, `option ${id} "Button ${index + 1}"`);
      return;
    }
    case "url": {
      const text = textIn(parameter, "text");
      // A one-time password goes into the body and its button, and is one value in the language.
      if (d.listed && d.args.length === 1 && d.args[0] === literal(text)) return;
      const name = `link${index + 1}`;
      d.params.set(name, `${name}: ${textType(text)} = ${literal(text)}`);
      d.args.push(literal(text));
      d.buttons.set(index, `link "Button ${index + 1}" "https://example.com/{${name}}"`);
      return;
    }
    case "copy_code":
      d.listed = true;
      d.args.push(literal(textIn(parameter, "coupon_code")));
      return;
    case "catalog":
      d.listed = true;
      d.args.push(literal(textIn(objectIn(parameter, "action"), "thumbnail_product_retailer_id")));
      return;
    case "mpm":
      d.listed = true;
      return products(d, objectIn(parameter, "action"));
    case "flow":
      d.listed = true;
      return;
    default:
      cannot(`a template's button of the kind \`${subType}\` has no form in the language`);
  }
}

function products(d: Declaring, action: Json): void {
  const sections = listIn(action, "sections").map((section) => {
    const items = listIn(section, "product_items").map((item) => literal(textIn(item, "product_retailer_id")));
    return `{ title: ${literal(textIn(section, "title"))}, products: [${items.join(", ")}] }`;
  });
  d.args.push(literal(textIn(action, "thumbnail_product_retailer_id")), `[${sections.join(", ")}]`);
}

// ---------------------------------------------------------------- the declaration

function declare(d: Declaring, name: string, code: string): void {
  const media = d.header.find((line) => line.startsWith("header "));
  const texts = d.header.filter((line) => !line.startsWith("header "));
  const header = media ?? (texts.length > 0 ? `header "Header: ${texts.map((param) => `{${param}}`).join(" ")}"` : "");
  const last = Math.max(-1, ...d.buttons.keys());
  const buttons = Array.from(
    { length: last + 1 },
    (_, i) => d.buttons.get(i) ?? `option button${i + 1} "Button ${i + 1}"`,
  );
  const params = [...d.params.values()].join(", ");
  d.w.notes.add(`the texts of the template \`${name}\` are to be written as they were approved`);
  d.w.templates.set(
    name,
    `template ${name}(${params}) { category utility\nlocales ${code}\n${header}\nbody "${bodyText(d.body)}"\n${buttons.join("\n")} }`,
  );
}

/** Enough words for its parameters, and none of these at an end. */
function bodyText(params: readonly string[]): string {
  const named = params.map((param) => `then there is {${param}}, `).join("");
  return `Write the approved text here: ${named}and that is all.`;
}
