import { INVALID_VALUE } from "../validate/codes.ts";
import type { RulesByKind } from "./rule.ts";

// A flag, a keycap, or pictographs joined, with or without the variation selectors that keyboards leave out. The property
// RGI_Emoji would be exact, but costs 15 ms when the file is loaded.
const EMOJI =
  /^(?:\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3|\p{ExtPict}[\uFE0F\p{EMod}]?[\u{E0020}-\u{E007F}]*(?:\u200D\p{ExtPict}[\uFE0F\p{EMod}]?)*)$/u;

function beyond(value: string | number, degrees: number): boolean {
  return Math.abs(Number(value)) > degrees;
}

export const BASIC_RULES: RulesByKind = {
  reaction: [
    {
      name: "reaction-is-one-emoji",
      code: INVALID_VALUE,
      check: ({ emoji }) =>
        emoji === "" || EMOJI.test(emoji)
          ? []
          : [{ path: "/emoji", details: "Param reaction['emoji'] must be one emoji, or empty." }],
    },
  ],
  location: [
    {
      name: "location-is-on-earth",
      code: INVALID_VALUE,
      check: ({ latitude, longitude }) => [
        ...(beyond(latitude, 90)
          ? [{ path: "/latitude", details: "Param location['latitude'] must be degrees from -90 to 90." }]
          : []),
        ...(beyond(longitude, 180)
          ? [{ path: "/longitude", details: "Param location['longitude'] must be degrees from -180 to 180." }]
          : []),
      ],
    },
    {
      name: "location-address-has-a-name",
      check: ({ name, address }) =>
        address && !name ? [{ path: "/address", details: "An address is shown only together with a name." }] : [],
    },
  ],
  contacts: [
    {
      name: "contact-name-has-a-part",
      check: (contacts) =>
        contacts.flatMap(({ name }, i) =>
          Object.keys(name).length > 1
            ? []
            : [{ path: `/${i}/name`, details: "SDKs ask for one more part of the name beside formatted_name." }],
        ),
    },
  ],
};
