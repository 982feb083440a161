/** The tests of all bots, for the test explorer of a client: `parley/tests`. */
import type { Range } from "vscode-languageserver";
import { toRange } from "./positions.ts";
import { uriOf, type View } from "./view.ts";

interface FoundTest {
  readonly title: string;
  readonly uri: string;
  /** URI of the bot's folder. */
  readonly folder: string;
  readonly range: Range;
}

export function allTests(views: readonly View[]): readonly FoundTest[] {
  return views.flatMap((view) =>
    view.compilation.files.flatMap(({ source, declarations }) =>
      declarations.flatMap((one) =>
        one.kind === "TestDecl" && !source.library
          ? [
              {
                title: one.title.parts.filter((part) => typeof part === "string").join(""),
                uri: uriOf(view, source),
                folder: view.folder,
                range: toRange(one),
              },
            ]
          : [],
      ),
    ),
  );
}
