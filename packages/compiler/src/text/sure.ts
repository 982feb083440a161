/**
 * A value that bounds, or what an earlier phase promises, say is there: an item at an index below the length, a group
 * that a pattern always has. A `RangeError` where it is not, which is a mistake of the compiler, never of a program.
 */
export function sure<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError("a value that must be there is missing");
  return value;
}
