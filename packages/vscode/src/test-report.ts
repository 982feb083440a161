/** What `parley test` writes as JSON. */

export interface Outcome {
  readonly title: string;
  /** From the bot's folder. */
  readonly file: string;
  readonly failure?: {
    readonly message: string;
    readonly expected?: string;
    readonly actual?: string;
    readonly file: string;
    readonly line: number;
    readonly column: number;
  };
}

/** Undefined where it is no report: the command could not run. */
export function outcomes(json: string): readonly Outcome[] | undefined {
  try {
    const report = JSON.parse(json) as { readonly tests?: readonly Outcome[] };
    return report.tests;
  } catch {
    return undefined;
  }
}

export interface Covered {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly count: number;
}

/** The items of `parley test --coverage json=…` by file. */
export function coverageByFile(json: string): ReadonlyMap<string, readonly Covered[]> {
  const { items } = JSON.parse(json) as { readonly items: readonly Covered[] };
  return Map.groupBy(items, ({ file }) => file);
}
