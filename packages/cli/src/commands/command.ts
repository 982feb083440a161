/** What a command is. */

/** What the flags of all commands give. */
export interface Options {
  readonly format?: readonly string[];
  readonly maxDiagnostics?: string;
  readonly maxWarnings?: string;
  readonly fix?: true;
  readonly unsafeFixes?: true;
  readonly watch?: true;
  readonly flow?: readonly string[];
  readonly rates?: string;
  /** `explore`. */
  readonly steps?: string;
  /** `explore`: the file that tests are written to. */
  readonly write?: string;
  /** `plan`: lines of `store export`. */
  readonly sessions?: string;
  readonly template?: string;
  readonly yes?: true;
  /** `fmt --check`; `templates --check FILE`. */
  readonly check?: true | string;
  readonly diff?: true;
  readonly stdinFilePath?: string;
  readonly out?: string;
  readonly filter?: string;
  /** `test`. */
  readonly coverage?: readonly string[];
  readonly coverageMin?: string;
  readonly update?: true;
  readonly locales?: string;
  readonly seed?: string;
  readonly jobs?: string;
  readonly port?: string;
  readonly emulatorPort?: string;
  readonly host?: string;
  readonly adminPort?: string;
  /** `dead-letters`: the operator port of a running bot. */
  readonly admin?: string;
  readonly all?: true;
  /** A file, or `postgres://…`. */
  readonly database?: string;
  readonly standby?: true;
  readonly emulator?: true;
  /** `emulator`. */
  readonly webhook?: string;
  readonly appSecret?: string;
  readonly verifyToken?: string;
  readonly token?: string;
  readonly templates?: string;
  readonly demo?: true;
  /** `serve`: the file that traces are appended to. */
  readonly trace?: string;
  /** `serve`: the file that conversations are written to as tests. */
  readonly record?: string;
}

/** Does the work of a command and gives its exit status. */
export type Run = (args: readonly string[], options: Options) => Promise<number>;

export interface OptionEntry {
  readonly flags: string;
  readonly description: string;
  /** What the value can be, for completion; paths where this is absent and the value's name says so. */
  readonly values?: readonly string[];
  /** Its value where it is given without one. */
  readonly bare?: string;
}

export interface CommandEntry {
  readonly usage: string;
  /** What the argument can be, for completion: a list, the codes of diagnostics, or else paths. */
  readonly argument?: readonly string[] | "codes";
  readonly description: string;
  readonly options: readonly OptionEntry[];
  readonly examples: readonly string[];
  readonly load: () => Promise<Run>;
}
