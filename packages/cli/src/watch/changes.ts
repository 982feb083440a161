/** What tells that something in some folders has changed. */
import { type FSWatcher, watch } from "node:fs";
import { UsageError } from "../exit.ts";
import { reasonOf } from "../project/files.ts";

/** Editors write a file in several steps. */
const QUIET_MS = 60;

export interface Changes {
  /** Watches these folders (not those below them) in place of the ones before. */
  readonly follow: (folders: readonly string[]) => void;
  /** Resolves when something has changed since it resolved last and all is quiet again. */
  readonly next: () => Promise<void>;
  readonly close: () => void;
}

export function watchFolders(): Changes {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let changed = false;
  let waiting: (() => void) | undefined;
  const settle = (): void => {
    if (waiting) {
      waiting();
      waiting = undefined;
    } else changed = true;
  };
  const touch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(settle, QUIET_MS);
  };
  const drop = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  return {
    follow: (folders) => {
      for (const folder of watchers.keys()) if (!folders.includes(folder)) drop(folder);
      for (const folder of folders) {
        if (watchers.has(folder)) continue;
        const watcher = open(folder, touch);
        // A folder that goes away says so here; the next `follow` leaves it out.
        watcher.on("error", () => {
          drop(folder);
          touch();
        });
        watchers.set(folder, watcher);
      }
    },
    next: () => {
      if (changed) {
        changed = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
    close: () => {
      clearTimeout(timer);
      for (const folder of watchers.keys()) drop(folder);
    },
  };
}

function open(folder: string, changed: () => void): FSWatcher {
  try {
    return watch(folder, changed);
  } catch (error) {
    const full = error instanceof Error && "code" in error && error.code === "ENOSPC";
    const reason = full ? "the system watches too many files already" : reasonOf(error);
    throw new UsageError(`${folder} cannot be watched: ${reason}`);
  }
}
