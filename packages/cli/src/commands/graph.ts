import { EXIT, UsageError } from "../exit.ts";
import { drawingOf } from "../graph/drawing.ts";
import { GRAPH_FORMATS } from "../graph/formats.ts";
import { compileForUse } from "../project/use.ts";
import { writeText } from "../report/write.ts";
import type { Run } from "./command.ts";
import { outputsOf } from "./options.ts";

export const graph: Run = async ([path], options) => {
  const outputs = outputsOf(options.format ?? ["mermaid"], GRAPH_FORMATS);
  const compiled = await compileForUse(path);
  if (!compiled) return EXIT.findings;
  const { names, graph: flowGraph, settings } = compiled.compilation;
  const all = [...names.flows.values()];
  if (all.length === 0) throw new UsageError(`${compiled.project.show(".")} has no flow to draw`);
  const wanted = options.flow ?? all.map((flow) => flow.name.text);
  const unknown = wanted.find((name) => !names.flows.has(name));
  if (unknown !== undefined) {
    throw new UsageError(`there is no flow ${unknown}; there are ${all.map((flow) => flow.name.text).join(", ")}`);
  }
  const drawing = drawingOf(
    settings.name,
    flowGraph,
    all.filter((flow) => wanted.includes(flow.name.text)),
  );
  for (const { format, file } of outputs) {
    const text = (await format())(drawing);
    if (file === undefined) process.stdout.write(text);
    else writeText(file, text);
  }
  return EXIT.clean;
};
