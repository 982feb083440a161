/** What a running bot knows of its own state, for `/readyz`. */

export interface Health {
  /** The last commit failed. */
  storeFailing: boolean;
  /** What the store is on failed: the bot is over. */
  broken: boolean;
  /** Code of the error for which the number cannot send, until a send is taken again. */
  stoppedBy: number | null;
}

export function createHealth(): Health {
  return { storeFailing: false, broken: false, stoppedBy: null };
}
