/** What a command is. */

/** What the flags of all commands give. */
export interface Options {
  readonly format?: readonly string[];
  readonly maxDiagnostics?: string;
  readonly maxWarnings?: string;
  readonly stdinFilePath?: string;
  readonly out?: string;
  readonly filter?: string;
  readonly port?: string;
  readonly emulatorPort?: string;
  readonly emulator?: true;
  readonly demo?: true;
}

/** Does the work of a command and gives its exit status. */
export type Run = (args: readonly string[], options: Options) => Promise<number>;

export interface OptionEntry {
  readonly flags: string;
  readonly description: string;
}

export interface CommandEntry {
  readonly usage: string;
  readonly description: string;
  readonly options: readonly OptionEntry[];
  readonly examples: readonly string[];
  readonly load: () => Promise<Run>;
}
