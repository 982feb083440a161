export * from "./errors.ts";
export * from "./events.ts";
export { type Env, type EnvOptions, envOf } from "./expr/env.ts";
export { evaluate } from "./expr/evaluate.ts";
export { formatLength, longestName, type NamedPart } from "./expr/format.ts";
export { FUNCTION_NAMES, type FunctionName } from "./expr/function-names.ts";
export * from "./format.ts";
export {
  type HttpCall,
  type HttpRequest,
  httpAddress,
  httpRequest,
  httpResult,
  withoutLabels,
} from "./http/request.ts";
export { hashJson, hashMachine } from "./load/hash.ts";
export { validateMachine } from "./load/validate.ts";
export { namedOptions, optionIds } from "./option-ids.ts";
export { type Prepared, prepare } from "./prepare.ts";
export * from "./render/index.ts";
export * from "./snapshot.ts";
export { MAX_STEPS } from "./step/run.ts";
export { createStep, step } from "./step.ts";
export * from "./tests.ts";
export { foldText, normalText } from "./text/fold.ts";
export { builtinOf } from "./text/localized.ts";
export { runPattern } from "./text/pattern.ts";
export { enumsOf } from "./value/enums.ts";
export { type Fit, fits, fitValue } from "./value/fits.ts";
export { printNumber } from "./value/number.ts";
export { type Enclosed, redact } from "./value/personal.ts";
export { decodeWireId, encodeWireId, WIRE_NAME_MAX, type WireId } from "./wire-id.ts";
