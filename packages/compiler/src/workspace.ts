/**
 * A project that changes file by file. What an earlier compilation found in a file stands where nothing that it was found
 * from has changed; everything else is found again, by the same functions.
 */
import { type Analysis, analyse, type Compilation, type Input } from "./compile.ts";
import type { Settings } from "./project/settings.ts";
import { createReader, type Reader } from "./syntax/reader.ts";
import type { Source } from "./text/source.ts";

export interface Workspace {
  /** `undefined` removes a file. */
  update(path: string, text: string | undefined): void;
  /** All that a compilation depends on; a file whose text is the same counts as unchanged. */
  replace(input: Input): void;
  /**
   * What `compile` gives for the same files in the order of their paths, or as `replace` gave them. Of an earlier one that
   * stays which was read: its trees say places in the new text, and so would what is first read now.
   */
  compilation(): Compilation;
}

export function createWorkspace(settings: Settings, reader: Reader = createReader()): Workspace {
  let input: Input = { settings, files: [] };
  let known: Analysis | undefined;
  let isKnown = false;
  const change = (next: Input): void => {
    input = next;
    isKnown = false;
  };
  return {
    update: (path, text) => {
      const before = input.files.find((file) => file.path === path);
      if (before?.text === text) return;
      const others = input.files.filter((file) => file !== before);
      if (text === undefined) return change({ ...input, files: others });
      const source = { path, text };
      if (before) return change({ ...input, files: input.files.map((file) => (file === before ? source : file)) });
      const files = [...others, source].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
      change({ ...input, files });
    },
    replace: (next) => {
      const files = new Map(input.files.map((file) => [file.path, file]));
      const same = (source: Source): Source => {
        const before = files.get(source.path);
        return before?.text === source.text ? before : source;
      };
      const isSame = JSON.stringify(next.settings) === JSON.stringify(input.settings);
      const kept = next.files.map(same);
      change(isSame ? withKnown({ ...next, settings: input.settings, files: kept }, input) : { ...next, files: kept });
    },
    compilation: () => {
      if (!known || !isKnown) known = analyse(input, known, reader.read(input.files));
      isKnown = true;
      return known.compilation;
    },
  };
}

/** Locale files and templates of the same text as before, read with the same settings, are the same. */
function withKnown(next: Input, before: Input): Input {
  const isSame = (a: Source, b: Source): boolean => a.path === b.path && a.text === b.text;
  const locales = next.locales?.map((file) => {
    const known = before.locales?.find(({ locale }) => locale === file.locale);
    return known && isSame(known.source, file.source) ? known : file;
  });
  const { templates } = before;
  const keepsTemplates = templates && next.templates && isSame(templates.value.source, next.templates.value.source);
  return { ...next, ...(locales ? { locales } : {}), ...(keepsTemplates ? { templates } : {}) };
}
