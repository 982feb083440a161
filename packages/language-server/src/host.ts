/** What the server needs of the place where it runs. */
import type { Code, FileSystem } from "@parley/compiler";

export interface Host {
  readonly version: string;
  /**
   * Its paths are URIs whose parts are decoded: `file:///home/a b/parley.yaml` (`pathOfUri`). Texts of the editor are laid
   * over it by the server.
   */
  readonly files: FileSystem;
  /** Milliseconds from any beginning. */
  readonly now: () => number;
  /** Before projects are looked for: a host that has files only from its client asks for them here. */
  readonly prepare?: () => Promise<void>;
  /** Before a change of files on the disk is taken up. */
  readonly changed?: (uris: readonly string[]) => Promise<void>;
  /** Where the pages of the documentation stand, without a slash at its end. */
  readonly docs?: string;
  /** The page of a diagnostic, where it can be opened. */
  readonly page?: (code: Code) => string;
}
