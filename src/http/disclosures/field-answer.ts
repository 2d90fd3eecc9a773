// One field's answer as the interface gives it.
import type { FieldAnswer as Shown } from "../../../contract/disclosures.ts";
import type { FieldAnswer } from "../../disclosure/disclosure.ts";

export function fieldAnswer(answer: FieldAnswer): Shown {
  const { reasons, policies, permittedBy } = answer;
  return { ...answer, reasons: [...reasons], policies: [...policies], permittedBy: [...permittedBy] };
}
