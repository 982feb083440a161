/** The text that says that something went wrong, in the contact's language, at most once an hour. */
import { builtinOf } from "@parley/machine";
import type { Core } from "../engine/core.ts";
import type { Draft } from "./draft.ts";
import { effectWrites } from "./effects.ts";

const APOLOGY_EVERY_MS = 60 * 60 * 1000;

export function apologize(core: Core, draft: Draft): void {
  const { newest } = core.machines;
  const { snapshot, contact, now } = draft;
  if (draft.writes.some(({ kind }) => kind === "apology")) return;
  if (contact.apologyAt !== null && now - contact.apologyAt < APOLOGY_EVERY_MS) return;
  const body = builtinOf(newest, "error", snapshot?.locale ?? newest.locales.default);
  if (body === "") return;
  const effect = {
    kind: "send",
    message: { type: "text", text: { body } },
    window: true,
    category: "service",
    of: "builtin.error",
  } as const;
  const end = {
    machine: newest,
    turn: snapshot?.turn ?? 0,
    conversation: null,
    now,
    ...(draft.trace === undefined ? {} : { trace: draft.trace }),
  };
  draft.writes.push({ kind: "apology", at: now }, ...effectWrites(end, [effect]));
}
