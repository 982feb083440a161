/**
 * Projects of any size, of the kind that people write: states with a body of about 120 characters and two holes, a
 * `set`, an `if`, and alternately three buttons or a list of two sections with four rows each. Every name is declared
 * and every state can be reached, so that the whole compiler runs over them without a finding.
 */

/** A source file, as the compiler takes it. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

export interface GenerateOptions {
  /** States of one flow, besides the one that hands over. */
  readonly statesPerFlow?: number;
  /** Flows in one file; all in one by default. */
  readonly flowsPerFile?: number;
}

/** Flows of about `lines` lines in all. The same arguments give the same text. */
export function generateProject(lines: number, seed: number, options: GenerateOptions = {}): readonly GeneratedFile[] {
  const { statesPerFlow = 58, flowsPerFile = Number.POSITIVE_INFINITY } = options;
  const random = mulberry32(seed);
  const flows: string[] = [];
  let written = 0;
  while (written < lines) {
    const states = Math.max(2, Math.min(statesPerFlow, Math.round((lines - written) / LINES_PER_STATE)));
    const text = flowText(flows.length, states, random);
    flows.push(text);
    written += text.split("\n").length;
  }
  return inFiles(flows, flowsPerFile);
}

/** One file with all flows: what the parser's benchmark reads. */
export function generateFlow(lines: number, seed: number): GeneratedFile {
  return generateProject(lines, seed)[0] as GeneratedFile;
}

const LINES_PER_STATE = 16;

function inFiles(flows: readonly string[], perFile: number): readonly GeneratedFile[] {
  // All flows but the first are entered from the one before; the last one's `next` ends the conversation.
  const linked = flows.map((text, i) => text.replaceAll("@NEXT", i + 1 < flows.length ? `part_${i + 1}()` : "end"));
  const files: GeneratedFile[] = [];
  for (let i = 0; i < linked.length; i += Math.min(perFile, linked.length)) {
    const text = linked.slice(i, i + Math.min(perFile, linked.length)).join("\n");
    files.push({ path: `generated/part-${files.length}.flow`, text });
  }
  return files;
}

const WORDS =
  "order table garden morning evening window letter basket simple bright family street market coffee bread season ticket travel".split(
    " ",
  );

function flowText(index: number, states: number, random: () => number): string {
  const out: string[] = [`/// Part ${index} of the conversation.`, `flow part_${index} {`];
  if (index === 0) {
    out.push("  on message -> s0", '  on text "menu", "start again" -> s0', '  anytime on text "stop" -> human');
  }
  out.push(
    '  var name: text(40) = "friend"',
    "  var count: 0..1000 = 0",
    "  var step: 0..100 = 0",
    '  else "Please choose one of the options." retry 2 -> human',
    "  after 20h -> end",
    "",
  );
  for (let i = 0; i < states; i++) out.push(...stateText(i, states, random), "");
  out.push("  state human {", '    handoff "people"', "  }", "}", "");
  return out.join("\n");
}

function stateText(i: number, states: number, random: () => number): string[] {
  const next = i + 1 < states ? `s${i + 1}` : "@NEXT";
  const any = (): string => `s${Math.floor(random() * states)}`;
  const out = [`  state s${i} {`, `    set count = clamp(count + ${1 + (i % 7)}, 0, 1000)`];
  // Only back, so that no loop goes round without waiting.
  if (i > 0) out.push(`    if count > ${500 + (i % 400)} and step < ${i % 90} { -> s${Math.floor(random() * i)} }`);
  else out.push("    set step = 0");
  if (i % 2 === 0) {
    out.push(
      `    ask buttons "${body(random)}" {`,
      `      option next "Go on" -> ${next}`,
      `      option back "Back" -> ${any()}`,
      `      option stay "Count ${i}" { set step = ${i % 100} }`,
      "    }",
      `    -> ${next}`,
    );
  } else {
    out.push(`    ask list "${body(random)}" {`, '      open "Choose"');
    for (const section of ["First", "Second"]) {
      out.push(`      section "${section}" {`);
      for (let row = 0; row < 4; row++) {
        const target = section === "First" && row === 0 ? next : any();
        const id = `${section.toLowerCase()}_${row}`;
        out.push(`        option ${id} "${section} ${word(random)} ${row}" "About the ${word(random)}" -> ${target}`);
      }
      out.push("      }");
    }
    out.push("    }");
  }
  out.push("  }");
  return out;
}

/** About 120 characters with two holes. */
function body(random: () => number): string {
  let text = "Hello {name}, you have been here {count} times:";
  while (text.length < 115) text += ` ${word(random)}`;
  return `${text}.`;
}

function word(random: () => number): string {
  return WORDS[Math.floor(random() * WORDS.length)] as string;
}

/** A small seeded generator of numbers in [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
