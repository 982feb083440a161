import { visible } from "../report/visible.ts";
import type { Format } from "./format.ts";

/** `file:line:column: severity[code] message`, one finding a line: what editors and `grep` take. */
export const concise: Format = {
  forPeople: false,
  write: (report) =>
    report.findings
      .map(({ place, severity, code, message }) => {
        const { line, column } = place.start;
        return `${place.shown}:${line}:${column}: ${severity}[${code}] ${visible(message)}\n`;
      })
      .join(""),
};
