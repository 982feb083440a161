/**
 * Reads the same generated projects with each of the tools named in the arguments, in turns, in a process of its own:
 * `peers-run.ts parley,langium,yaml 1000,10000 ROUNDS`. Prints JSON.
 */
import { Ajv } from "ajv";
import { parse } from "yaml";
import { buildFiles, compile, DEFAULT_SETTINGS } from "../../packages/compiler/src/index.ts";
import { type GeneratedFile, generateProject } from "./generate-flow.ts";
import { langiumBuilder } from "./langium-build.ts";
import { asYaml, SCHEMA } from "./yaml-project.ts";

export interface PeerTimes {
  readonly peer: string;
  /** Of the flows, also where the tool reads YAML. */
  readonly lines: number;
  /** In ms, in order; the first ones warm up. */
  readonly ms: readonly number[];
  /** Of the processor, also in threads of the engine: what a busy machine changes least. */
  readonly cpu: readonly number[];
}

export interface PeersRun {
  readonly times: readonly PeerTimes[];
  /** The most memory that the process has had, in MB. */
  readonly memory: number;
}

interface Peer {
  readonly name: string;
  readonly input: (files: readonly GeneratedFile[]) => readonly GeneratedFile[];
  /** Throws where it finds a mistake. */
  readonly build: (files: readonly GeneratedFile[]) => Promise<unknown> | unknown;
  readonly after?: () => Promise<void>;
}

const parley: Peer = {
  name: "parley",
  input: (files) => files,
  build: (files) => {
    const { output, diagnostics } = compile({ settings: DEFAULT_SETTINGS, files });
    if (!output || diagnostics.length > 0) throw new Error(`findings: ${diagnostics[0]?.code}`);
    // A text made of pieces is put together when it is first read, as writing it does.
    for (const text of buildFiles(output).values()) Buffer.byteLength(text);
  },
};

async function langium(): Promise<Peer> {
  const builder = await langiumBuilder();
  return {
    name: "langium",
    input: (files) => files,
    build: async (files) => {
      const [found] = await builder.build(files);
      if (found !== undefined) throw new Error(found);
    },
    after: builder.forget,
  };
}

function yaml(): Peer {
  const validate = new Ajv({ allErrors: true }).compile(SCHEMA);
  return {
    name: "yaml",
    input: (files) => files.map(asYaml),
    build: (files) => {
      for (const { text } of files) if (!validate(parse(text))) throw new Error(JSON.stringify(validate.errors));
    },
  };
}

async function peersOf(names: readonly string[]): Promise<readonly Peer[]> {
  const peers: Peer[] = [];
  if (names.includes("parley")) peers.push(parley);
  if (names.includes("langium")) peers.push(await langium());
  if (names.includes("yaml")) peers.push(yaml());
  return peers;
}

async function timed(peer: Peer, files: readonly GeneratedFile[]): Promise<{ ms: number; cpu: number }> {
  // Each time other objects, as after an edit: nothing can be remembered by identity.
  const sources = files.map(({ path, text }) => ({ path, text }));
  const [start, before] = [performance.now(), process.cpuUsage()];
  await peer.build(sources);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  await peer.after?.();
  return { ms, cpu: (user + system) / 1000 };
}

const [, , names = "parley", sizes = "1000", rounds = "3"] = process.argv;
const peers = await peersOf(names.split(","));
const times = sizes.split(",").flatMap((size) => {
  const files = generateProject(Number(size), 1, { flowsPerFile: 1 });
  const lines = files.reduce((sum, { text }) => sum + text.split("\n").length, 0);
  return peers.map((peer) => ({ peer, input: peer.input(files), lines, ms: [] as number[], cpu: [] as number[] }));
});
for (let round = 0; round < Number(rounds); round++) {
  for (const { peer, input, ms, cpu } of times) {
    const took = await timed(peer, input);
    ms.push(took.ms);
    cpu.push(took.cpu);
  }
}
const result: PeersRun = {
  times: times.map(({ peer, lines, ms, cpu }) => ({ peer: peer.name, lines, ms, cpu })),
  memory: Math.round(process.resourceUsage().maxRSS / 1024),
};
process.stdout.write(JSON.stringify(result));
