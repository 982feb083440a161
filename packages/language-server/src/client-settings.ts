/** What a client may set while the server runs: `workspace/didChangeConfiguration` with a section `parley`. */
import type { HintSettings } from "./features/inlay-hints.ts";

/**
 * `inlayHints.counts`: `short`, `all` or `off`, or whether there are any; `inlayHints.types` and `inlayHints.window`. What is
 * missing or of another form stays as it is by default.
 */
export function hintsOf(settings: unknown): Partial<HintSettings> {
  const { counts, types, window } = section(section(settings, "parley"), "inlayHints") as Readonly<
    Partial<Record<keyof HintSettings, unknown>>
  >;
  const shown = counts === true ? "short" : counts === false ? "off" : counts;
  return {
    ...(shown === "short" || shown === "all" || shown === "off" ? { counts: shown } : {}),
    ...(typeof types === "boolean" ? { types } : {}),
    ...(typeof window === "boolean" ? { window } : {}),
  };
}

function section(settings: unknown, name: string): object {
  const value = (settings as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return typeof value === "object" && value !== null ? value : {};
}
