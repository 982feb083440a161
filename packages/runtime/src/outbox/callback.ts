/** `biz_opaque_callback_data`: says in each status which attempt of which send it is about. */

export function callbackData(send: string, attempt: number): string {
  return `v1.${send}.${attempt}`;
}

/** Undefined for data that is not ours: another system, or another installation, sends with the same number. */
export function parseCallback(
  storeId: string,
  data: string | undefined,
): { readonly send: string; readonly attempt: number } | undefined {
  const match = /^v1\.([A-Za-z0-9]+)-(\d+)\.(\d+)$/.exec(data ?? "");
  if (!match || match[1] !== storeId) return undefined;
  return { send: `${match[1]}-${match[2]}`, attempt: Number(match[3]) };
}
