/**
 * Number of Unicode code points in `text`; a lone surrogate counts as one. The unit of WhatsApp's text limits here:
 * no source at WhatsApp states the unit, gateways that count live rejections count code points.
 */
export function codePoints(text: string): number {
  const units = text.length;
  let count = units;
  for (let i = 0; i < units - 1; i++) {
    const high = text.charCodeAt(i);
    if (high < 0xd800 || high > 0xdbff) continue;
    const low = text.charCodeAt(i + 1);
    if (low < 0xdc00 || low > 0xdfff) continue;
    count--;
    i++;
  }
  return count;
}

/** Number of UTF-16 units in `text`, the stricter count of some clients; over the limit in this unit alone is a warning. */
export function utf16(text: string): number {
  return text.length;
}
