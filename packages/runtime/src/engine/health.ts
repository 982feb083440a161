/** What a running bot knows of its own state, for `/readyz`. */

export interface Health {
  /** The last commit failed. */
  storeFailing: boolean;
  /** Code of the error for which the number cannot send, until a send is taken again. */
  stoppedBy: number | null;
}

export function createHealth(): Health {
  return { storeFailing: false, stoppedBy: null };
}
