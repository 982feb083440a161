/** What every check of a machine needs. */
import { MachineError } from "../errors.ts";
import type { Machine, TextKey } from "../format.ts";

export function fail(path: string, message: string): never {
  throw new MachineError(path, message);
}

export function checkText(machine: Machine, key: TextKey, path: string): void {
  if (!Object.hasOwn(machine.texts, key)) fail(path, `there is no text ${key}`);
}
