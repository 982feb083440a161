/** How a command ends; the same in every command. */
export const EXIT = {
  clean: 0,
  /** Errors in the bot, failed tests, or more warnings than `--max-warnings`. */
  findings: 1,
  /** Wrong use, wrong configuration, input that cannot be read. */
  usage: 2,
  /** A mistake of ours. */
  bug: 3,
  /** The disk under a bot's conversations failed or is full: `serve` had to stop. */
  broken: 4,
  interrupted: 130,
} as const;

/** Ends the command with status 2: the user can mend it. One sentence, lower case, no full stop. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
}

/** A mistake of ours, with the file of the user that it came up with. */
export class BugIn extends Error {
  override readonly name: string = "BugIn";
  readonly while: string;

  constructor(file: string, cause: unknown) {
    super(`failed at ${file}`, { cause });
    this.while = file;
  }
}
