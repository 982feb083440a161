/** For tests: what a store must pass to be one, for any test framework, and bots whose steps are watched. */
import { arrivalCases } from "./testing/arrivals.ts";
import { claimCases } from "./testing/claims.ts";
import { filedCases } from "./testing/filed.ts";
import { peopleCases } from "./testing/people.ts";
import { restartCases } from "./testing/restarts.ts";
import { sendCases } from "./testing/sends.ts";
import type { StoreSuite } from "./testing/suite.ts";
import { timerCases } from "./testing/timers.ts";

export type { StoreSuite, SuiteStore } from "./testing/suite.ts";
export { createWatchedBot } from "./testing/watched.ts";

/** Declares the suite's tests with `suite.test`. Each test makes its own store. */
export function storeSuite(suite: StoreSuite): void {
  const cases = [
    ...arrivalCases,
    ...peopleCases,
    ...claimCases,
    ...sendCases,
    ...timerCases,
    ...filedCases,
    ...restartCases,
  ];
  for (const { claim, run } of cases)
    suite.test(`${suite.name}: ${claim}`, async () => {
      const made = await suite.create();
      try {
        await run(made, suite.expect);
      } finally {
        await made.dispose();
      }
    });
}
