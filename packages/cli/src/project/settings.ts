/** By itself, so that what reads YAML is loaded only where there is some. */
export { openProject, readProject } from "@parley/compiler";
