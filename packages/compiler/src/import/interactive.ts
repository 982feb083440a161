/** Interactive messages, as `say` with a link, `ask` or `send`. */
import { block, body, file, frame, link, maybeBody } from "./parts.ts";
import {
  cannot,
  isJson,
  type Json,
  listIn,
  literal,
  maybeText,
  objectIn,
  optionId,
  textIn,
  type Writing,
} from "./writing.ts";

/** `reply`: the clause of a message that quotes another. */
// One case for each kind of message.
export function interactiveStatement(w: Writing, interactive: Json, reply: readonly string[]): string {
  const type = textIn(interactive, "type");
  switch (type) {
    case "button":
      return `ask buttons ${body(interactive)}${block([...frame(w, interactive), ...buttons(interactive)])}`;
    case "list":
      return list(w, interactive);
    case "cta_url":
      return `say ${body(interactive)}${block([...frame(w, interactive), link(objectIn(interactive, "action")), ...reply])}`;
    case "location_request_message":
      return `ask location ${body(interactive)}`;
    case "product": {
      const clauses = frame(w, interactive);
      const sku = literal(textIn(catalogOf(w, interactive), "product_retailer_id"));
      if (clauses.length === 0) return `send product ${sku}${maybeBody(interactive)}`;
      return `ask product ${sku} body ${body(interactive)}${block(clauses)}`;
    }
    case "product_list": {
      const sections = listIn(catalogOf(w, interactive), "sections").map(productSection);
      return `send products ${body(interactive)}${block([...frame(w, interactive), ...sections])}`;
    }
    case "catalog_message":
      return catalog(w, interactive);
    case "carousel":
      return `send carousel ${body(interactive)}${block(listIn(objectIn(interactive, "action"), "cards").map((card) => carouselCard(w, card)))}`;
    case "flow":
      return form(w, interactive);
    case "address_message": {
      const parameters = objectIn(objectIn(interactive, "action"), "parameters");
      const country = textIn(parameters, "country");
      if (Object.keys(parameters).length > 1) w.notes.add("what an address is filled in with beforehand was left out");
      return `ask address ${body(interactive)} country ${country}${block(frame(w, interactive))}`;
    }
    default:
      return cannot(`the language has no message of the kind \`${type}\``);
  }
}

function buttons(interactive: Json): readonly string[] {
  return listIn(objectIn(interactive, "action"), "buttons").map((button) => {
    const reply = objectIn(button, "reply");
    return `option ${optionId(textIn(reply, "id"))} ${literal(textIn(reply, "title"))}`;
  });
}

function list(w: Writing, interactive: Json): string {
  const action = objectIn(interactive, "action");
  const clauses = [...frame(w, interactive), `open ${literal(textIn(action, "button"))}`];
  for (const section of listIn(action, "sections")) {
    const title = maybeText(section, "title");
    const rows = listIn(section, "rows").map(row);
    clauses.push(...(title === undefined ? rows : [`section ${literal(title)} { ${rows.join("\n")} }`]));
  }
  return `ask list ${body(interactive)}${block(clauses)}`;
}

function row(given: Json): string {
  const description = maybeText(given, "description");
  const title = literal(textIn(given, "title"));
  return `option ${optionId(textIn(given, "id"))} ${title}${description === undefined ? "" : ` ${literal(description)}`}`;
}

/** The action of a message that shows products; the catalog is a setting of the bot. */
function catalogOf(w: Writing, interactive: Json): Json {
  const action = objectIn(interactive, "action");
  needCatalog(w, maybeText(action, "catalog_id"));
  return action;
}

function needCatalog(w: Writing, id: string | undefined): void {
  w.notes.add(`parley.yaml needs \`catalog: ${id === undefined ? "…" : JSON.stringify(id)}\``);
}

function productSection(section: Json): string {
  const products = listIn(section, "product_items").map(
    (item) => `product ${literal(textIn(item, "product_retailer_id"))}`,
  );
  const title = maybeText(section, "title");
  return title === undefined ? products.join("\n") : `section ${literal(title)} { ${products.join("\n")} }`;
}

function catalog(w: Writing, interactive: Json): string {
  needCatalog(w, undefined);
  const clauses = frame(w, interactive);
  const { parameters } = objectIn(interactive, "action");
  const sku = isJson(parameters) ? maybeText(parameters, "thumbnail_product_retailer_id") : undefined;
  if (clauses.length > 0) {
    return `ask catalog ${body(interactive)}${block([...clauses, ...(sku === undefined ? [] : [`thumbnail ${literal(sku)}`])])}`;
  }
  return `send catalog ${body(interactive)}${sku === undefined ? "" : ` thumbnail ${literal(sku)}`}`;
}

function carouselCard(w: Writing, card: Json): string {
  const header = isJson(card["header"])
    ? card["header"]
    : cannot("a card shows a product: the language has cards with a picture or a film");
  const media = textIn(header, "type");
  const action = objectIn(card, "action");
  if (!isJson(action["parameters"])) return cannot("a card has quick replies: the language has cards with a link");
  return `card ${media} ${file(w, objectIn(header, media))}${maybeBody(card)} { ${link(action)} }`;
}

function form(w: Writing, interactive: Json): string {
  const parameters = objectIn(objectIn(interactive, "action"), "parameters");
  const id = maybeText(parameters, "flow_id") ?? cannot("its form is called by its name: give its id");
  if (parameters["flow_action_payload"] !== undefined)
    w.notes.add("what a form is opened with (`flow_action_payload`) was left out");
  const open = `open ${literal(textIn(parameters, "flow_cta"))}`;
  return `ask form ${literal(id)} body ${body(interactive)}${block([...frame(w, interactive), open])}`;
}
