/** The rules about time: P4xxx. */
import type { FlowRule } from "./flow-program.ts";
import { timeoutsCome } from "./window-never.ts";
import { window } from "./window-open.ts";
import { timeouts } from "./window-timeouts.ts";

export const WINDOW_RULES: readonly FlowRule[] = [window, timeouts, timeoutsCome];
