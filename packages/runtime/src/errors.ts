/** What the runtime throws at its host. Everything else that it throws is a bug of its own. */

/** The bot cannot run as it was configured; thrown by `createBot`, before anything is done. */
export class ConfigError extends Error {
  override readonly name: string = "ConfigError";
}

/** What the host passed to `trigger`, `release` or `inspect` does not fit the machine. */
export class ArgumentError extends Error {
  override readonly name: string = "ArgumentError";
}

/** Only a template may be sent to this contact now; thrown by `send`. */
export class WindowClosedError extends Error {
  override readonly name: string = "WindowClosedError";
}

/** A file could not be uploaded; trying again may help. `code` of WhatsApp's error, null where it gave none. */
export class UploadError extends Error {
  override readonly name: string = "UploadError";
  readonly code: number | null;

  constructor(message: string, code: number | null) {
    super(message);
    this.code = code;
  }
}

/** Another process has the store. */
export class StoreInUseError extends Error {
  override readonly name: string = "StoreInUseError";
}

/** The store was written by a newer version, or is no store of ours. */
export class StoreFormatError extends Error {
  override readonly name: string = "StoreFormatError";
}

/** Too much waits to be committed; nothing of the request was taken. */
export class QueueFullError extends Error {
  override readonly name: string = "QueueFullError";
}

/** The commit failed; nothing of the request was taken. */
export class StoreError extends Error {
  override readonly name: string = "StoreError";
}

/**
 * What the store is on failed: a disk that is full, cannot be written or read, or gave back something else. What it keeps of
 * the last transaction nobody knows, and a later write that succeeds proves nothing. The store refuses everything from then
 * on and the bot is over (`closed`); a new process finds out what is there.
 */
export class StoreBrokenError extends StoreError {
  override readonly name: string = "StoreBrokenError";
}
