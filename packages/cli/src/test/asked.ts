/** Which tests of a bot are run. */
import type { TestDef } from "@parley/machine";
import type { Compiled } from "../project/compile.ts";
import { within } from "../project/load.ts";

/** By title, and where the paths that were given hold tests, those; a flow without tests of its own is tested by all of its bot. */
export function askedTests(
  { project: { only } }: Compiled,
  tests: readonly TestDef[],
  filter: string | undefined,
): readonly TestDef[] {
  const asked = tests.filter(({ at }) => only.some((part) => within(at.file, part)));
  return (asked.length > 0 ? asked : tests).filter(({ title }) => filter === undefined || title.includes(filter));
}

/** A bot with an error anywhere is not tested. */
export function whole(compiled: readonly Compiled[]): readonly Compiled[] {
  return compiled.map((one) => ({ ...one, project: { ...one.project, only: [] } }));
}
