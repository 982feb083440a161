/** Flows that WhatsApp's rules ask for: to a person, and out of marketing. */
import { freshName, insert } from "../edits.ts";
import { type Create, startOf } from "./missing.ts";

const toAPerson = (name: string): string => `flow ${name} {
  anytime on text "person", "human", "agent" -> hand_over

  state hand_over {
    say "One moment, a colleague will answer you here."
    handoff "team"
  }
}`;

const optOut = (name: string): string => `flow ${name} {
  anytime on text "stop", "unsubscribe" -> goodbye

  state goodbye {
    cancel all
    say "You will not get offers from us any more."
    -> resume
  }
}`;

const createOf =
  (title: string, wanted: string, text: (name: string) => string): Create =>
  ({ view, file, found }) => {
    const name = freshName(wanted, (one) => view.compilation.names.flows.has(one));
    const owner = file.declarations.find(({ start, end }) => start <= found.span.start && found.span.start <= end);
    const at = owner?.kind === "FlowDecl" ? owner.end : owner && startOf(file, owner);
    if (at === undefined) return undefined;
    const isBehind = owner?.kind === "FlowDecl";
    return {
      title,
      changes: [insert(file.source, at, isBehind ? `\n\n${text(name)}` : `${text(name)}\n\n`)],
    };
  };

export const createWayToAPerson: Create = createOf("Add a flow that leads to a person", "person", toAPerson);
export const createOptOut: Create = createOf("Add a flow to opt out", "stop", optOut);
