/** By itself: whoever only needs the name does not load what reads YAML. */
import type { Settings } from "../project/settings.ts";

/** Of another language's file, relative to the project, with `/`. */
export function localePath({ locales }: Settings, locale: string): string {
  const dir = locales.dir.replace(/^\.\//, "").replace(/\/+$/, "");
  return dir === "" || dir === "." ? `${locale}.yaml` : `${dir}/${locale}.yaml`;
}
