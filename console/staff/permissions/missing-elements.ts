// Which elements of a form are not there yet. Pure; the server checks them again.
import type { Draft } from "./draft.ts";
import type { Form } from "./forms.ts";

export type Element = Form["elements"][number];

export function missingOf({ elements }: Form, draft: Draft): readonly Element[] {
  return elements.filter((element) => !isThere(element, draft));
}

function isThere({ id, found }: Element, draft: Draft): boolean {
  switch (found) {
    case "classes":
      return draft.classes.length > 0;
    case "recipients":
      return draft.recipients.length > 0;
    case "purposes":
      return draft.purposes.length > 0;
    case "expiry":
      return draft.expires !== "";
    case "signature":
      return draft.signed !== "" && draft.documentId !== null;
    // Whoever signs for another is chosen from those whose authority is on file.
    case "authority":
      return true;
    case null:
      return draft.elements.includes(id);
  }
}
