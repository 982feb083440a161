/** A bot and as many tests of 20 steps each: what `parley test` runs in the bench. */

const FLOW = `flow shop {
  on message -> welcome
  var count: 1..9 = 1

  state welcome {
    ask list "What can we do for you?" {
      option order "Order something" -> size
      option hours "Opening hours" -> hours
    }
  }

  state hours {
    say "We are open from 9 to 18."
    -> welcome
  }

  state size {
    ask buttons which: "What size shall it be?" {
      option small "Small"
      option large "Large"
      else "Please tap one of the buttons." retry 2 -> end
    }
    ask number many: "How many?" as count {
      else "A number from 1 to 9, please." retry 3 -> end
    }
    ask buttons sure: "{count}, is that right?" {
      option yes "Yes" -> welcome
      option no "No" -> size
    }
  }
}
`;

/** Of each test: how often the user does something. */
export const TURNS = 9;

function testText(index: number): string {
  const count = (index % 9) + 1;
  return `test "order ${index}" in shop {
  user says "hi"
  expect list containing "What can we do" with option order
  user taps order
  expect buttons containing "What size" with option large
  user taps ${index % 2 === 0 ? "large" : "small"}
  expect text containing "How many"
  user says "${count}"
  expect buttons containing "${count}, is that right?"
  user taps no
  expect buttons containing "What size"
  user says "hm"
  expect text containing "Please tap"
  expect buttons
  user taps large
  expect text containing "How many"
  user says "${count}"
  expect buttons containing "is that right?"
  user taps yes
  expect list
  expect state shop.welcome
}
`;
}

/** Files of a project with this many tests, 25 in a file. */
export function testedProject(tests: number): Readonly<Record<string, string>> {
  const files: Record<string, string> = { "parley.yaml": "name: shop\n", "shop.flow": FLOW };
  for (let from = 0; from < tests; from += 25) {
    const some = Array.from({ length: Math.min(25, tests - from) }, (_, i) => testText(from + i));
    files[`tests/${from}.test.flow`] = some.join("\n");
  }
  return files;
}
