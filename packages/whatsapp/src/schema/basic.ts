/** Payloads of text, media, location, contacts and reaction. */
import {
  anyText,
  exactlyOne,
  flag,
  items,
  link,
  list,
  pattern,
  ref,
  type Schema,
  type Schemas,
  someText,
  strict,
  text,
} from "./build.ts";

/** A media object: `id` or `link`, and what its kind has besides. */
function media(more: Schemas = {}): Schema {
  return strict({ id: someText, link, ...more }, [], exactlyOne(["id"], ["link"]));
}

function degrees(limit: number): Schema {
  return {
    type: ["number", "string"],
    minimum: -limit,
    maximum: limit,
    pattern: "^-?[0-9]{1,3}(?:\\.[0-9]+)?$",
    description: `degrees from -${limit} to ${limit}`,
  };
}

const location: Schema = strict({ latitude: degrees(90), longitude: degrees(180), name: anyText, address: anyText }, [
  "latitude",
  "longitude",
]);

const contact: Schema = strict(
  {
    name: strict(
      {
        formatted_name: someText,
        first_name: anyText,
        last_name: anyText,
        middle_name: anyText,
        suffix: anyText,
        prefix: anyText,
      },
      ["formatted_name"],
    ),
    phones: list(strict({ phone: anyText, type: anyText, wa_id: anyText }, ["phone"])),
    emails: list(strict({ email: anyText, type: anyText }, ["email"])),
    urls: list(strict({ url: anyText, type: anyText }, ["url"])),
    addresses: list(
      strict(
        {
          street: anyText,
          city: anyText,
          state: anyText,
          zip: anyText,
          country: anyText,
          country_code: anyText,
          type: anyText,
        },
        [],
      ),
    ),
    org: strict({ company: anyText, department: anyText, title: anyText }, []),
    birthday: pattern("^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$", "a date YYYY-MM-DD"),
  },
  ["name"],
);

/** Parts that several kinds share. */
export const MEDIA: Schemas = {
  media: media(),
  namedMedia: media({ filename: someText }),
  geo: location,
};

/** Payload schemas by message type. */
export const BASIC: Schemas = {
  text: strict({ body: text("textBody"), preview_url: flag }, ["body"]),
  image: media({ caption: text("caption") }),
  video: media({ caption: text("caption") }),
  audio: media({ voice: flag }),
  document: media({ caption: text("caption"), filename: someText }),
  sticker: media(),
  location: ref("geo"),
  contacts: items("contacts", contact),
  reaction: strict({ message_id: someText, emoji: anyText }, ["message_id", "emoji"]),
};
