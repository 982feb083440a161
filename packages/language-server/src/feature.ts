/* oxlint-disable no-unnecessary-type-parameters -- the one use says which parameters a request has */
/** The form of a feature: which request it answers, on which files, by which function. The table of them is `features.ts`. */
import type { Source, Syntax } from "@parley/compiler";
import type {
  ClientCapabilities,
  Position,
  Range,
  ServerCapabilities,
  TextDocumentIdentifier,
} from "vscode-languageserver";
import type { HintSettings } from "./features/inlay-hints.ts";
import { offsetAt } from "./positions.ts";
import { fileOf, pathOf, sourceOf, type View } from "./view.ts";

/** What a feature may need beside its project. */
export interface Context {
  /** Where the pages of the documentation stand, without a slash at its end; undefined where nobody knows. */
  readonly docs: string | undefined;
  readonly client: ClientCapabilities;
  /** Which inlay hints are wanted, where the client says so. */
  readonly hints?: Partial<HintSettings> | undefined;
  /** Commands that the client has itself, where it names them. */
  readonly commands?: readonly string[] | undefined;
  /** All projects of the workspace, as they are now. */
  readonly views: () => readonly View[];
  /** The project that a file belongs to. */
  readonly viewOf: (uri: string) => View | undefined;
}

/**
 * Several features may answer one request: those that concern the file are asked in the order of the table; lists are
 * joined, of other answers the first that is there counts.
 */
export interface Feature {
  readonly method: string;
  /** What `initialize` announces for it; of lines of one method the first says it. */
  readonly capability: ServerCapabilities;
  readonly run: (context: Context, params: never) => unknown;
}

interface OfDocument {
  readonly textDocument: TextDocumentIdentifier;
}

type AtPosition = OfDocument & { readonly position: Position };
type OverRange = OfDocument & { readonly range: Range };

/** On a `.flow` file. */
export function inFile<P extends OfDocument>(
  method: string,
  capability: ServerCapabilities,
  run: (view: View, file: Syntax.File, params: P, context: Context) => unknown,
): Feature {
  return feature<P>(method, capability, (context, params) => {
    const view = context.viewOf(params.textDocument.uri);
    const file = view && fileOf(view, params.textDocument.uri);
    return file ? run(view, file, params, context) : undefined;
  });
}

/** At a place of a `.flow` file. */
export function atPlace<P extends AtPosition>(
  method: string,
  capability: ServerCapabilities,
  run: (view: View, file: Syntax.File, offset: number, params: P, context: Context) => unknown,
): Feature {
  return inFile<P>(method, capability, (view, file, params, context) =>
    run(view, file, offsetAt(file.source, params.position), params, context),
  );
}

/** Over a part of a `.flow` file. */
export function overRange<P extends OverRange>(
  method: string,
  capability: ServerCapabilities,
  run: (view: View, file: Syntax.File, start: number, end: number, params: P, context: Context) => unknown,
): Feature {
  return inFile<P>(method, capability, (view, file, params, context) =>
    run(
      view,
      file,
      offsetAt(file.source, params.range.start),
      offsetAt(file.source, params.range.end),
      params,
      context,
    ),
  );
}

/** On the project file, a locale file or the templates file. */
export function inData<P extends OfDocument>(
  method: string,
  capability: ServerCapabilities,
  run: (view: View, source: Source, params: P, context: Context) => unknown,
): Feature {
  return feature<P>(method, capability, (context, params) => {
    const { uri } = params.textDocument;
    const view = context.viewOf(uri);
    if (!view || uri.endsWith(".flow")) return undefined;
    const source = sourceOf(view, pathOf(view, uri));
    return source ? run(view, source, params, context) : undefined;
  });
}

/** At a place of one of these. */
export function atDataPlace<P extends AtPosition>(
  method: string,
  capability: ServerCapabilities,
  run: (view: View, source: Source, offset: number, params: P, context: Context) => unknown,
): Feature {
  return inData<P>(method, capability, (view, source, params, context) =>
    run(view, source, offsetAt(source, params.position), params, context),
  );
}

/** On no file in particular: the whole workspace, or an item that was answered before. */
export function feature<P>(
  method: string,
  capability: ServerCapabilities,
  run: (context: Context, params: P) => unknown,
): Feature {
  return { method, capability, run };
}
