import { isAbsolute, relative, sep } from "node:path";

/** A path as people read it: relative where that is short, with `/`. */
export function showPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  if (short === "") return ".";
  return (short.startsWith(`..${sep}..`) || isAbsolute(short) ? path : short).split(sep).join("/");
}
