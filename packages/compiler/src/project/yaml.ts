/** The reader of YAML and JSON, as the files of a project need it: it never throws. */
import { Document, parseDocument, YAMLParseError } from "yaml";

export type Parsed = Document.Parsed;

/** Errors are in the document. Marks that are nested thousands of times, which the reader cannot follow, are one, too. */
export function parseYaml(text: string): Parsed {
  try {
    const document = parseDocument(text, { prettyErrors: false, logLevel: "silent" });
    // Some of its own overflows the reader catches, and tells as they are.
    return document.errors.some((error) => OVERFLOW.test(error.message)) ? tooDeep(text) : document;
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(text);
    throw error;
  }
}

const OVERFLOW = /call stack/i;

function tooDeep(text: string): Parsed {
  const document = new Document() as Parsed;
  document.errors.push(new YAMLParseError([0, text.length], "IMPOSSIBLE", "it is nested too deeply"));
  return document;
}
