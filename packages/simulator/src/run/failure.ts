/** Why a step of a test did not go as written. */
export interface StepProblem {
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  /** The message that did not come as written. */
  readonly bubble?: string;
}

/** Ends a test; caught where tests are run. */
export class StepFailure extends Error {
  override readonly name = "StepFailure";
  readonly problem: StepProblem;
  constructor(problem: StepProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

export function failStep(message: string, expected?: string, actual?: string, bubble?: string): never {
  throw new StepFailure({
    message,
    ...(bubble === undefined ? {} : { bubble }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  });
}
