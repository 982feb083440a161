/** Claims that are tried one after the other, each with what was seen. */
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Ends the program with success: what it needs is not here. */
export function skip(why) {
  console.log(`skipped: ${why}`);
  process.exit(0);
}

/**
 * Runs claims in order, also those after a failed one. `look` is called after each with its number and name, for a picture.
 * Only claims whose name contains one of `wanted` are run, where any are.
 */
export function createSteps({ look = async () => undefined, wanted = [] } = {}) {
  const state = { passed: 0, failed: 0, number: 0 };
  const claim = async (name, body) => {
    state.number++;
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) return;
    const begin = performance.now();
    const failure = await body().then(
      () => undefined,
      (error) => error,
    );
    await look(state.number, name).catch((error) => console.log(`        no picture: ${error.message}`));
    const took = `${Math.round(performance.now() - begin)} ms`;
    if (failure) state.failed++;
    else state.passed++;
    console.log(failure ? `FAILED  ${name} (${took})\n        ${failure.message}` : `ok      ${name} (${took})`);
  };
  /** Prints the sum; gives the exit code. */
  const end = () => {
    console.log(`${state.passed} passed, ${state.failed} failed`);
    return state.failed === 0 && state.passed > 0 ? 0 : 1;
  };
  return { claim, end };
}

export function must(is, why) {
  if (!is) throw new Error(typeof why === "string" ? why : JSON.stringify(why));
}

/** Asks until there is an answer that is not false, or throws with the last one. */
export async function until(what, ask, limit = 8_000) {
  const end = performance.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The folder for pictures: PARLEY_PICTURES, or one below the system's temporary folder. */
export function pictureFolder(name) {
  const folder = process.env.PARLEY_PICTURES ?? join(tmpdir(), `parley-pictures-${name}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}
