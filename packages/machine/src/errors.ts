/** A machine that this interpreter cannot run: another format version, or parts that refer to what is not there. */
export class MachineError extends Error {
  override readonly name = "MachineError";
  /** JSON pointer into the machine. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(path === "" ? message : `${path}: ${message}`);
    this.path = path;
  }
}

/** Where in a flow's code something went wrong. */
export interface StepPlace {
  readonly flow: string;
  /** Index into the flow's code, or the id at which the frame stands. */
  readonly at: number | string;
}

/**
 * The event could not be stepped: a loop that does not end, or a machine or snapshot that contradicts itself. The
 * snapshot that was given holds unchanged.
 */
export class StepError extends Error {
  override readonly name = "StepError";
  readonly place: StepPlace | null;

  constructor(message: string, place: StepPlace | null = null, cause?: unknown) {
    super(place ? `${message} (at ${place.flow}, ${place.at})` : message, cause === undefined ? {} : { cause });
    this.place = place;
  }
}
