/** Answers that may come in several messages. */
import type { Ask, AskKind } from "../syntax/ast.ts";

/** The pause after which asks for files are complete without a word about it in the program, ms: an album comes in parts. */
const FILES_MS = 3_000;

/** What each kind gathers by itself, ms; 0 where it takes one message unless it says `gather`. */
const GATHERING: Readonly<Partial<Record<AskKind, number>>> = {
  text: 0,
  contact: 0,
  image: FILES_MS,
  video: FILES_MS,
  audio: FILES_MS,
  document: FILES_MS,
  media: FILES_MS,
};

/** Kinds of ask whose answer can be gathered. */
export function canGather(ask: Ask): boolean {
  return GATHERING[ask.ask] !== undefined;
}

/** How long nothing must come until the answer is complete, ms; 0 where the first message is all of it. */
export function gatherMs(ask: Ask): number {
  const own = GATHERING[ask.ask];
  if (own === undefined) return 0;
  const written = ask.clauses.find((clause) => clause.kind === "GatherClause");
  return written ? written.duration.value : own;
}
