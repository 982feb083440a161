/** A mistake of ours in one request is told, and the next request works. */
import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { Refusal } from "./refusal.ts";

export interface Telling {
  readonly error: (text: string) => void;
}

const INTERNAL_ERROR = -32603;

export interface Cancellation {
  readonly isCancellationRequested: boolean;
}

/** Answers a request; one that nobody waits for any more is not begun. */
export function guarded<T>({ error }: Telling, method: string, token: Cancellation, run: () => T): T | ResponseError {
  if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
  try {
    return run();
  } catch (cause) {
    if (cause instanceof Refusal) return new ResponseError(LSPErrorCodes.RequestFailed, cause.message);
    error(bugText(method, cause));
    const message = cause instanceof Error ? cause.message : String(cause);
    return new ResponseError(INTERNAL_ERROR, `${method} failed by a mistake of parley: ${message}`);
  }
}

/** The same where nobody awaits an answer. */
export function attempted({ error }: Telling, what: string, run: () => void): void {
  try {
    run();
  } catch (cause) {
    error(bugText(what, cause));
  }
}

function bugText(what: string, cause: unknown): string {
  return `${what} failed; this is a mistake of parley, please report it: ${cause instanceof Error ? cause.stack : String(cause)}`;
}
