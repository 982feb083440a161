/** Remembers what was said and what the actions answered, so that a chat can be written down as a test. */

import { optionsOf, type Phone } from "@parley/emulator";
import { decodeWireId, type Value } from "@parley/machine";
import type { Doing } from "@parley/simulator";
import type { Actions } from "../serve/actions.ts";
import type { Said } from "./command.ts";

export interface Recording {
  readonly doings: readonly Doing[];
  /** Before it is done: what is tapped is looked up on the phone as it is. */
  readonly add: (said: Said, phone: Phone) => void;
  /** The same actions, with what they answer remembered. */
  readonly watch: (actions: Actions) => Actions;
}

export function createRecording(): Recording {
  const doings: Doing[] = [];
  const watched = (action: string, run: Actions[string]): Actions[string] => {
    return async (...args: never[]) => {
      try {
        const value = (await run(...args)) ?? null;
        doings.push({ kind: "answers", action, behaviour: "value", value: value as Value });
        return value;
      } catch (error) {
        doings.push({ kind: "answers", action, behaviour: "fails", value: null });
        throw error;
      }
    };
  };
  return {
    doings,
    add: (said, phone) => {
      const doing = doingOf(said, phone);
      if (doing) doings.push(doing);
    },
    watch: (actions) => Object.fromEntries(Object.entries(actions).map(([name, run]) => [name, watched(name, run)])),
  };
}

function doingOf(said: Said, phone: Phone): Doing | undefined {
  switch (said.kind) {
    case "text":
      return { kind: "says", text: said.text };
    case "tap":
      return said.option.kind === "location" ? { kind: "sendsLocation", ...HERE } : tapOf(said.option.id);
    case "tapTitle":
      return tapOf(idTitled(phone, said.title) ?? "");
    case "location":
      return { kind: "sendsLocation", latitude: said.latitude, longitude: said.longitude };
    case "media":
      return { kind: "sendsMedia", what: said.media };
    case "order":
      return {
        kind: "sendsValue",
        what: "order",
        value: { items: said.items.map((item) => ({ ...item, price: 1, currency: "EUR" })) },
      };
    case "form": {
      const asked = phone.history.findLast(({ kind }) => kind === "form" || kind === "address");
      return {
        kind: "sendsValue",
        what: asked?.kind === "address" ? "address" : "form",
        value: said.response as Value,
      };
    }
    case "react":
      return { kind: "reacts", emoji: said.emoji };
    case "advance":
      return { kind: "waits", ms: said.ms };
    default:
      return undefined;
  }
}

/** A location that stands for the user's own where none is given. */
export const HERE = { latitude: 45.4642, longitude: 9.19 } as const;

/** A row that shows the next page is no answer: a test needs no step for it. */
function tapOf(wire: string): Doing | undefined {
  const id = decodeWireId(wire);
  return id?.option === undefined ? undefined : { kind: "taps", ask: id.ask, option: id.option };
}

function idTitled(phone: Phone, title: string): string | undefined {
  const options = phone.history.toReversed().flatMap(optionsOf);
  return (options.find(({ id }) => id === title) ?? options.find((option) => option.title === title))?.id;
}
