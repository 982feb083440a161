const RUN = /\s+/g;

/** Each run of white space as one space: what WhatsApp takes in titles, headers, footers and template parameters. */
export function oneLine(text: string): string {
  return text.replace(RUN, " ");
}
