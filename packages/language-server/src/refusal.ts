/** What was asked for cannot be done, and the person who asked is told why: no bug of ours. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}
