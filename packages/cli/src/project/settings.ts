/** By itself, so that what reads YAML is loaded only where there is some. */
export { parseProject } from "@parley/compiler";
