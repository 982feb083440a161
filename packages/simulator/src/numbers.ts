import type { Machine } from "@parley/machine";

/** Digits of the phone numbers of a bot and of whoever talks to it. */
export interface Numbers {
  readonly user: string;
  readonly business: string;
}

const ITALIAN: Numbers = { user: "393331234567", business: "15550783881" };
const INDIAN: Numbers = { user: "919820000001", business: "918045000001" };

/** Numbers for which WhatsApp takes all that the bot sends: it lets only businesses in India ask for an address. */
export function numbersOf({ asks }: Machine): Numbers {
  return Object.values(asks).some(({ answer }) => answer?.kind === "address") ? INDIAN : ITALIAN;
}
