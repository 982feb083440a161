/** Plays a test of the bot as a conversation to read: over real HTTP, with the test's own answers of the host. */
import type { Bubble } from "@parley/emulator";
import type { Frame, Machine, Snapshot, StepResult, TestDef } from "@parley/machine";
import type { BotEvent } from "@parley/runtime";
import { createHost, type Host, playTest, recordTranscript, renderNote, type TestFailure } from "@parley/simulator";
import { type BubbleView, bubbleText, renderOptions } from "../chat/bubble.ts";
import type { Paint } from "../report/colours.ts";
import type { Actions } from "./actions.ts";
import type { World } from "./world.ts";

export interface DemoActions {
  readonly functions: Actions;
  readonly host: Host;
  /** While a test is played its mocks stand in for all of them: nothing is called, and no request made. */
  readonly mock: (on: boolean) => void;
  /** Calls that ended while a test is played, of the steps that this is shown. */
  readonly left: Frame[];
  readonly watch: (result: StepResult<Snapshot>) => void;
}

/** The host's actions, with the mocks of a test in their place while it is played. One that is a request is made where there is none. */
export function demoActions(machine: Machine, real: Actions, now: () => number): DemoActions {
  const host = createHost(machine, real, now);
  let playing = false;
  const functions: Record<string, Actions[string]> = {};
  for (const name of Object.keys(machine.actions)) {
    const get = (): Actions[string] | undefined => (playing ? host.functions[name] : real[name]);
    Object.defineProperty(functions, name, { enumerable: true, get });
  }
  const mock = (on: boolean): void => {
    playing = on;
  };
  const left: Frame[] = [];
  const watch = (result: StepResult<Snapshot>): void => {
    if (playing) left.push(...(result.left ?? []));
  };
  return { functions, host, mock, left, watch };
}

/** The test called `demo`, else the first. */
export function demoTest(tests: readonly TestDef[]): TestDef | undefined {
  return tests.find((test) => test.title === "demo") ?? tests[0];
}

export interface Stage {
  readonly machine: Machine;
  readonly env: Readonly<Record<string, string>>;
  readonly output: NodeJS.WritableStream & { readonly columns?: number };
  readonly paint: Paint;
  readonly signal: AbortSignal;
}

export async function playDemo(test: TestDef, world: World, actions: DemoActions, stage: Stage): Promise<void> {
  const { output, paint } = stage;
  const view: BubbleView = { paint, width: output.columns ?? 80, numbers: false };
  output.write(`\nThe test "${test.title}", played over HTTP:\n\n`);
  const seen = new Set<string>();
  const show = (bubble: Bubble): void => {
    if (bubble.n === 0 || seen.has(bubble.id)) return;
    seen.add(bubble.id);
    output.write(`${bubbleText(bubble, view)}\n`);
  };
  const contact = world.phone.contact.id;
  const off = world.emulator.on((event) => {
    if (event.kind === "bubble" && event.contact.id === contact) show(event.bubble);
  });
  const events: BotEvent[] = [];
  const offBot = world.bot.on((event) => events.push(event));
  const recorder = recordTranscript(world.emulator, contact);
  const note = (text: string): void => {
    recorder.note(text);
    output.write(`${renderNote(text, renderOptions(view))}\n`);
  };
  const from = world.clock.now();
  const began = Date.now();
  actions.mock(true);
  const failure = await playTest(test, {
    ...world,
    machine: stage.machine,
    env: stage.env,
    host: actions.host,
    left: actions.left,
    events,
    recorder: { ...recorder, note },
    close: () => undefined,
  });
  off();
  offBot();
  recorder.stop();
  actions.mock(false);
  output.write(`\n${outcome(failure)}\n`);
  const passed = world.clock.now() - from - (Date.now() - began);
  if (passed > 60_000) output.write(`The emulator's clock is now ${Math.round(passed / 360_000) / 10} hours ahead.\n`);
}

function outcome(failure: TestFailure | undefined): string {
  if (!failure) return "Everything was as the test expects.";
  const { place, message } = failure;
  return `Not as the test expects, at ${place.file}:${place.line}: ${message}`;
}
