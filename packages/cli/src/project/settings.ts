/** By itself, so that what reads YAML is loaded only where there is some. */
export { localeFileMissing, parseLocale, parseProject, parseTemplates } from "@parley/compiler";
