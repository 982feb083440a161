/** The name of the option that a payload stands for: of a wire id the part behind the colon, else the payload itself. */
export function decodeOption(payload: string): string | undefined {
  const wire = /^[\w.]+:([A-Za-z_]\w*)#[0-9a-z]+\.[0-9a-z]+$/.exec(payload);
  const name = wire?.[1] ?? payload;
  return /^[A-Za-z_]\w*$/.test(name) ? name : undefined;
}
