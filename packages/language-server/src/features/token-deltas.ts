/** Colours as what has changed since the last answer: after a keystroke nearly all of them are the same. */
import type { SemanticTokens, SemanticTokensDelta } from "vscode-languageserver";
import type { Context } from "../feature.ts";
import { canonical } from "../uris.ts";

interface Answered {
  readonly id: number;
  readonly data: readonly number[];
}

/** Of each file the last answer, as long as the server answers one client. */
const answers = new WeakMap<Context["views"], Map<string, Answered>>();

/** All colours, to be told apart from later ones. */
export function rememberedTokens(context: Context, uri: string, { data }: SemanticTokens): SemanticTokens {
  return { resultId: String(remember(context, uri, data).id), data };
}

/** What has changed since the answer that the client has; all where that is not the last one. */
export function changedTokens(
  context: Context,
  uri: string,
  before: string,
  { data }: SemanticTokens,
): SemanticTokens | SemanticTokensDelta {
  const known = answers.get(context.views)?.get(canonical(uri));
  const resultId = String(remember(context, uri, data).id);
  if (known === undefined || String(known.id) !== before) return { resultId, data };
  return { resultId, edits: [...changes(known.data, data)] };
}

function remember({ views }: Context, uri: string, data: readonly number[]): Answered {
  const files = answers.get(views) ?? new Map<string, Answered>();
  answers.set(views, files);
  const key = canonical(uri);
  const answered = { id: (files.get(key)?.id ?? 0) + 1, data };
  files.set(key, answered);
  return answered;
}

/** From the first number that differs to the last. */
function* changes(before: readonly number[], now: readonly number[]): Generator<SemanticTokensDelta["edits"][number]> {
  const least = Math.min(before.length, now.length);
  let start = 0;
  while (start < least && before[start] === now[start]) start++;
  let same = 0;
  while (same < least - start && before[before.length - 1 - same] === now[now.length - 1 - same]) same++;
  const data = now.slice(start, now.length - same);
  const deleteCount = before.length - same - start;
  if (deleteCount > 0 || data.length > 0) yield { start, deleteCount, data };
}
