import { concise } from "./concise.ts";
import type { Format } from "./format.ts";
import { human } from "./human.ts";
import { json } from "./json.ts";

/** All formats by the name that `--format` takes. */
export const FORMATS: Readonly<Record<string, Format>> = { human, json, concise };
