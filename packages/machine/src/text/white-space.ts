const RUN = /\s+/g;
const LOOSE = /\s\s|[^\S ]/;

/** Each run of white space as one space: what WhatsApp takes in titles, headers, footers and template parameters. */
export function oneLine(text: string): string {
  return LOOSE.test(text) ? text.replace(RUN, " ") : text;
}
