/** The time-out of an action that says none (language, section 3). */
export const ACTION_TIMEOUT_MS = 10_000;

/** The longest: a user waits for it. */
export const ACTION_TIMEOUT_MAX_MS = 60_000;
