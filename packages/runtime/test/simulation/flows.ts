/** The bot that is simulated, in three versions of which each renames, adds or takes away something of the one before. */
import { compile, DEFAULT_SETTINGS, describe } from "@parley/compiler";
import type { Machine } from "@parley/machine";

const DECLARATIONS = `
type Size = small "Small" | large "Large"
profile { visits: 0..100000 = 0, ticket: text(20)? }
action look(size: Size) -> text(60)
  timeout 10s
action pay(size: Size, count: 1..20) -> text(20)
  timeout 20s
  once
template ready(number: text(20) = "17") {
  category utility
  locales en
  body "Your order {number} is ready."
  option ok "Thank you"
}
template offer(code: text(20) = "HALF") {
  category marketing
  locales en
  body "Pizza for half the price, {code}."
  option yes "Tell me more"
}
`;

interface Version {
  readonly begin: string;
  readonly choose: string;
  readonly size: string;
  readonly more: string;
}

const VERSIONS: readonly Version[] = [
  { begin: "start", choose: "choose", size: 'ask size: "What size?" as size', more: "" },
  // Renamed states and variables, one option more.
  {
    begin: "welcome was start",
    choose: "pick was choose",
    size: 'ask size: "What size?" as size',
    more: 'option hours "Opening hours" { say "From 11 to 23." -> end }',
  },
  // The ask of the size is another one: who stands at the old one stays on the machine that sent it.
  {
    begin: "welcome was start",
    choose: "pick was choose",
    size: 'ask how_large: "How large?" as size',
    more: "",
  },
];

function nameOf(state: string): string {
  return state.split(" ")[0] ?? "";
}

function flowsOf({ begin, choose, size, more }: Version): string {
  return `
${DECLARATIONS}
flow order {
  on message -> ${nameOf(begin)}
  on stale -> ${nameOf(begin)}
  on event notify(number: text(20)) -> ready
  on window_closed -> closed

  var size: Size = Size.small
  var count: 1..20 = 1
  var words: text(1000)

  else "Please tap one of the buttons." retry 2 -> human
  after 20h -> end

  state ${begin} {
    set profile.visits = min(profile.visits + 1, 100000)
    say "Hello!"
    ask what: "What can we do for you?" {
      option order "Order" -> ${nameOf(choose)}
      option note "A note" -> note
      option person "A person" -> human
      option offer "An offer" -> offer
      ${more}
      after 1h { say "Are you still there?" }
    }
  }

  state ${choose} {
    let price = look(size) else -> sorry
    say "{price}"
    ${size} { after 2h { say "What size shall it be?" } }
    ask number many: "How many?" as count
    ask once sure: "Shall we bake {count}?" {
      option bake "Yes" -> bake
      option no "No" -> end
      option change "Change" -> ${nameOf(choose)}
    }
  }

  state bake {
    let ticket = pay(size, count) else {
      match failure { unknown { say "Nobody knows whether that was paid." } else -> sorry }
      -> end
    }
    set profile.ticket = ticket
    say "Order {ticket}."
    schedule nudge() in 22h
    wait 26h
    ask template ready(ticket) {
      option ok { say "See you." }
      after 1d -> end
    }
    -> end
  }

  state note {
    ask text "Write it, please, in as many messages as you like." as words { gather 20s }
    say "Noted."
    react "👍"
    -> end
  }

  state offer {
    ask template offer("HALF") {
      option yes -> ${nameOf(choose)}
      after 1d -> end
    }
  }

  state ready {
    ask template ready(number) {
      option ok { say "Good." }
      after 1d -> end
    }
    -> end
  }

  state human {
    say "Somebody writes to you."
    handoff "counter" { back after 2h -> end }
  }

  state sorry {
    say "That did not work."
    -> human
  }

  state closed {
    send template ready("later")
    -> end
  }
}

flow nudge {
  on scheduled nudge() -> nudge

  state nudge {
    if window.open { say "Was everything all right?" }
    -> end
  }
}

flow stop {
  anytime on text "stop" -> stop

  state stop {
    cancel all
    say "Stopped."
    -> resume
  }
}
`;
}

function machineOf(version: Version, index: number): Machine {
  const text = flowsOf(version);
  const { output, diagnostics } = compile({
    settings: DEFAULT_SETTINGS,
    files: [{ path: `v${index + 1}.flow`, text }],
  });
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (!output || errors.length > 0) throw new Error(errors.map(describe).join("\n"));
  return output.machine;
}

export function machines(): readonly Machine[] {
  return VERSIONS.map(machineOf);
}
