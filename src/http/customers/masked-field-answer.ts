// One field's masked form as the interface gives it.
import type { MaskedField } from "../../disclosure/disclosure.ts";

export function maskedFieldAnswer({ field, value, disputed }: MaskedField) {
  return {
    field: field.path,
    dataClass: field.dataClass,
    label: field.label,
    form: "masked" as const,
    ...(value === null ? {} : { value }),
    ...(disputed === undefined ? {} : { disputed }),
  };
}
