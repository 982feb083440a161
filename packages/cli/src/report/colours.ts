import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Puts a style on a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;

const colour: Paint = (style, text) => styleText(style, text, { validateStream: false });

/** NO_COLOR wins, then FORCE_COLOR, then what the stream itself can do. Each stream is judged by itself. */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Paint {
  const { NO_COLOR, FORCE_COLOR: forced, TERM } = env;
  if (NO_COLOR) return plain;
  if (forced !== undefined) return forced === "0" || forced === "false" ? plain : colour;
  return stream.isTTY === true && TERM !== "dumb" ? colour : plain;
}
