/** Holds a plan against the move itself: conversations of today's machine, walked through, are carried to the newer one. */
import type { Machine, Snapshot } from "@parley/machine";
import { carrySnapshot, type Plan } from "@parley/runtime";
import { explore } from "@parley/simulator";

/** Some seconds of conversations, of which a few from each place. */
const STEPS = 20_000;
const PER_PLACE = 20;

/** How many were carried. Throws where one came elsewhere than planned: that is a mistake of ours. */
export function provePlan(plan: Plan, from: Machine, to: Machine): number {
  const planned = new Map(plan.places.map((place) => [place.at, place]));
  let carried = 0;
  const carry = (snapshot: Snapshot): void => {
    const { conversation } = snapshot;
    if (!conversation) return;
    const frames = [...conversation.frames, ...(conversation.interrupted?.frames ?? [])];
    const strands = frames.some(({ at, vars }) =>
      planned.get(at)?.reasons.some((reason) => reason.kind === "gone" || reason.name in vars),
    );
    const result = carrySnapshot(snapshot, from, to);
    const at = conversation.wait.id;
    if ((result === null) !== strands) throw new Error(`the plan of ${at} is not what happens`);
    if (result && at !== "" && result.conversation?.wait.id !== planned.get(at)?.to) {
      throw new Error(`a conversation at ${at} comes to ${result.conversation?.wait.id}, not where the plan says`);
    }
    carried += 1;
  };
  explore({ machine: from, steps: STEPS, perPlace: PER_PLACE, onSnapshot: carry });
  return carried;
}
