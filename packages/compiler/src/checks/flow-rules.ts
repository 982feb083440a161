/** The rules about the way through a conversation: P5xxx. */
import { arms } from "./flow-arms.ts";
import { calls } from "./flow-calls.ts";
import { endings } from "./flow-endings.ts";
import { loops } from "./flow-loops.ts";
import { patternsApart } from "./flow-patterns.ts";
import type { FlowRule } from "./flow-program.ts";
import { reach } from "./flow-reach.ts";
import { stuck } from "./flow-stuck.ts";
import { triggers } from "./flow-triggers.ts";

export const FLOW_RULES: readonly FlowRule[] = [reach, endings, loops, arms, calls, stuck, triggers, patternsApart];
