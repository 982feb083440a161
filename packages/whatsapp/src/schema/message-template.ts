/** What `POST /<account id>/message_templates` takes: a template to be approved. */
import {
  anyText,
  constant,
  flag,
  items,
  link,
  list,
  oneOfTexts,
  pattern,
  type Schema,
  type Schemas,
  someText,
  strict,
  tagged,
  text,
} from "./build.ts";

/** The sample of a variable that has a name. */
const sample = strict(
  { param_name: pattern("^[a-z0-9_]+$", "lower-case letters, digits and underscores"), example: someText },
  ["param_name", "example"],
);

const textHeader = strict(
  {
    type: constant("HEADER"),
    format: constant("TEXT"),
    text: text("templateHeader"),
    example: strict({ header_text: list(someText, 1), header_text_named_params: list(sample, 1) }, []),
  },
  ["type", "format", "text"],
);

const mediaHeader = (format: string): Schema =>
  strict(
    {
      type: constant("HEADER"),
      format: constant(format),
      example: strict({ header_handle: list(someText, 1) }, ["header_handle"]),
    },
    ["type", "format", "example"],
  );

const header = tagged("format", {
  TEXT: textHeader,
  IMAGE: mediaHeader("IMAGE"),
  VIDEO: mediaHeader("VIDEO"),
  DOCUMENT: mediaHeader("DOCUMENT"),
  LOCATION: strict({ type: constant("HEADER"), format: constant("LOCATION") }, ["type", "format"]),
});

const body = strict(
  {
    type: constant("BODY"),
    text: text("templateBody"),
    example: strict({ body_text: list(list(someText, 1), 1), body_text_named_params: list(sample, 1) }, []),
  },
  ["type", "text"],
);

const footer = strict({ type: constant("FOOTER"), text: text("templateFooter") }, ["type", "text"]);

const label = text("templateButtonText");

const button = tagged("type", {
  QUICK_REPLY: strict({ type: constant("QUICK_REPLY"), text: label }, ["type", "text"]),
  URL: strict({ type: constant("URL"), text: label, url: link, example: list(someText, 1) }, ["type", "text", "url"]),
  PHONE_NUMBER: strict({ type: constant("PHONE_NUMBER"), text: label, phone_number: text("templatePhone") }, [
    "type",
    "text",
    "phone_number",
  ]),
  COPY_CODE: strict({ type: constant("COPY_CODE"), example: anyText }, ["type", "example"]),
});

const component = tagged("type", {
  HEADER: header,
  BODY: body,
  FOOTER: footer,
  BUTTONS: strict({ type: constant("BUTTONS"), buttons: items("templateButtons", button) }, ["type", "buttons"]),
});

export const MESSAGE_TEMPLATE: Schemas = {
  message_template: strict(
    {
      name: pattern("^[a-z0-9_]{1,512}$", "1 to 512 lower-case letters, digits and underscores"),
      language: pattern("^[a-z]{2,3}(_[A-Z]{2,3})?$", "a language code of WhatsApp"),
      category: oneOfTexts("UTILITY", "MARKETING"),
      parameter_format: oneOfTexts("NAMED", "POSITIONAL"),
      allow_category_change: flag,
      components: list(component, 1),
    },
    ["name", "language", "category", "components"],
  ),
};
