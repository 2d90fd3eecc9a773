// A grant as it is answered.
import type { Grant } from "../../../contract/grants.ts";
import type { Row } from "../../authority/authority.ts";
import { type GrantContent, stateOf } from "../../grants/grants.ts";

export function grantAnswer(row: Row<GrantContent>, now: Date): Grant {
  const { content } = row;
  const lends = content.form === "elevation" ? content.lends : null;
  return {
    grantId: row.rowId,
    form: content.form,
    state: stateOf(row, now),
    holderId: row.ownerId,
    reason: content.reason,
    requestedAt: content.requestedAt,
    untilAt: content.untilAt,
    lends:
      lends === null
        ? null
        : {
            role: lends.role,
            purposes: [...lends.purposes],
            rowScope: lends.rowScope,
            groups: [...lends.groups],
            classes: lends.classCeiling === null ? null : [...lends.classCeiling],
          },
    about:
      content.form === "two-person"
        ? { customerId: content.customerId, classes: [...content.classes], purpose: content.purpose }
        : null,
    decisions: content.decisions.map((each) => ({ ...each })),
    reviewBy: content.form === "break-glass" ? content.reviewBy : null,
    review: content.form === "break-glass" && content.review !== null ? { ...content.review } : null,
  };
}
