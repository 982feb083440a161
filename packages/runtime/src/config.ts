import { MACHINE_FORMAT, MachineError, validateMachine } from "@parley/machine";
import { ConfigError } from "./errors.ts";
import type { BotOptions, BotTypes } from "./types.ts";

function required(name: string, value: string): void {
  if (typeof value !== "string" || value === "") throw new ConfigError(`createBot: \`${name}\` is missing`);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function checkActions({ machine, actions }: BotOptions<BotTypes>): void {
  const given = new Map<string, unknown>(Object.entries(actions));
  const missing = Object.entries(machine.actions)
    .filter(([name, { http }]) => http === undefined && typeof given.get(name) !== "function")
    .map(([name]) => name);
  if (missing.length > 0)
    throw new ConfigError(
      `createBot: ${quoted(missing)} ${missing.length === 1 ? "is" : "are"} declared in the flows and not implemented in \`actions\``,
    );
}

/** Throws `ConfigError` for what the interpreter cannot run. */
export function checkMachine(machine: unknown): void {
  try {
    validateMachine(machine);
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    throw new ConfigError(`createBot: the machine cannot be run: ${error.message}`, { cause: error });
  }
}

/** Throws `ConfigError` for what would fail later, and for nothing else. */
export function checkOptions(options: BotOptions<BotTypes>): void {
  const { machine } = options;
  const format: number = machine.format;
  if (format !== MACHINE_FORMAT)
    throw new ConfigError(
      `createBot: the machine has format ${format}, this runtime reads ${MACHINE_FORMAT}: build it again with the same version`,
    );
  required("phoneNumberId", options.phoneNumberId);
  required("token", options.token);
  required("verifyToken", options.verifyToken);
  if (options.appSecrets.length === 0) throw new ConfigError("createBot: `appSecrets` is empty");
  for (const secret of options.appSecrets) required("appSecrets", secret);
  checkActions(options);
}
