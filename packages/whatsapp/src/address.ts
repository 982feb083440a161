/**
 * Fields of an address message: keys of its `values` and of its `validation_errors`, in the order of the form.
 * Source: Meta docs, messages/address-messages (2025-12-15).
 */
export const ADDRESS_FIELDS: readonly string[] = [
  "name",
  "phone_number",
  "in_pin_code",
  "house_number",
  "floor_number",
  "tower_number",
  "building_name",
  "address",
  "landmark_area",
  "city",
  "state",
];
