/** PostgreSQL's texts hold neither NUL nor half a character. */
export function plain<T extends string | null | undefined>(value: T): T {
  return (typeof value === "string" ? value.toWellFormed().replaceAll("\0", "\uFFFD") : value) as T;
}
