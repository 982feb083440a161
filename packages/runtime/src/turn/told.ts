/** Effects as listeners are told of them: without arguments that are personal, copies without variables. */
import { type Conversation, type Effect, type Enclosed, type Machine, redact, type Value } from "@parley/machine";
import { own } from "./own.ts";

export function told(machine: Machine, effects: readonly Effect[]): readonly Effect[] {
  return effects.map((effect) => {
    switch (effect.kind) {
      case "action": {
        const def = own(machine.actions, effect.action);
        return def?.personal ? { ...effect, args: redact(def, effect.args) } : effect;
      }
      case "schedule":
        return { ...effect, args: byPosition(own(machine.events, effect.name), effect.args) };
      case "keep":
        return { ...effect, copy: { ...effect.copy, conversation: withoutVars(effect.copy.conversation) } };
      default:
        return effect;
    }
  });
}

function byPosition(def: Enclosed | undefined, args: readonly Value[]): readonly Value[] {
  if (!def?.personal) return args;
  const names = Object.keys(def.params);
  const values = redact(def, Object.fromEntries(args.map((value, i) => [names[i] ?? String(i), value])));
  return args.map((_, i) => own(values, names[i] ?? String(i)) ?? null);
}

/** Copies are told without their variables. */
function withoutVars(conversation: Conversation): Conversation {
  const { frames, interrupted } = conversation;
  const bare = (of: Conversation["frames"]): Conversation["frames"] => of.map((frame) => ({ ...frame, vars: {} }));
  return {
    ...conversation,
    frames: bare(frames),
    ...(interrupted ? { interrupted: { ...interrupted, frames: bare(interrupted.frames) } } : {}),
  };
}
