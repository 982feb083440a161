/**
 * The codes that a request is refused with. 100: a property that is unknown, of the wrong type, not one of the words
 * allowed, or always required and missing. 131008: missing, where something else in the message makes it required.
 * 131009: a value out of its limits. Others are of templates and of the message's kind.
 */
export const INVALID_PARAMETER = 100;
export const MISSING_PARAMETER = 131008;
export const INVALID_VALUE = 131009;
export const UNSUPPORTED_TYPE = 131051;
export const TEMPLATE_TEXT_TOO_LONG = 132005;
export const TEMPLATE_FORMAT = 132012;
export const TEMPLATE_CHARACTERS = 132018;
