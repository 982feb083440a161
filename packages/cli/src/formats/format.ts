import type { Paint } from "../report/colours.ts";
import type { Report } from "../report/finding.ts";

/** One way to write a report down. A new one is a file beside this and a line in `index.ts`. */
export interface Format {
  /** For people, who see at most `max` findings; programs get all. */
  readonly forPeople: boolean;
  /** The whole text, with its last newline; "" where there is nothing to say. */
  readonly write: (report: Report, view: View) => string | Promise<string>;
}

export interface View {
  readonly paint: Paint;
  /** Columns of the terminal. */
  readonly width: number;
  /** How many findings to show. */
  readonly max: number;
}
