/** Lines of text with their indentation. A line break is held back until something follows it, so it can be moved. */
export class Writer {
  private out = "";
  /** Columns used on the current line. */
  private used = 0;
  /** Indentation of the line that is to begin, or -1. */
  private pending = 0;
  private blank = false;
  private indent = 0;

  /** Begins a line, after an empty one if `blank`; two calls without text between them begin one line. */
  newline(indent: number, blank = false): void {
    this.pending = indent;
    this.blank = blank;
  }

  write(text: string): void {
    if (this.pending >= 0) {
      if (this.out !== "") this.out += this.blank ? "\n\n" : "\n";
      this.out += " ".repeat(this.pending);
      this.indent = this.used = this.pending;
      this.pending = -1;
    }
    this.put(text);
  }

  /** Adds to the line that stands, even if a break is held back. */
  trail(text: string): void {
    this.put(text);
  }

  private put(text: string): void {
    this.out += text;
    const last = text.lastIndexOf("\n");
    this.used = last === -1 ? this.used + text.length : text.length - last - 1;
  }

  /** Whether what is written next begins a line. */
  get atLineStart(): boolean {
    return this.pending >= 0;
  }

  get empty(): boolean {
    return this.out === "";
  }

  /** The column at which the next text stands, from 0. */
  get column(): number {
    return this.pending >= 0 ? this.pending : this.used;
  }

  /** The indentation of the line that is being written. */
  get lineIndent(): number {
    return this.pending >= 0 ? this.pending : this.indent;
  }

  /** All that was written, with a line break at its end. */
  finish(): string {
    return this.out === "" ? "" : `${this.out}\n`;
  }
}
