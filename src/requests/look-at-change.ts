// What becomes of a correction that waits for the contact as it was before: the request follows it, once, however often it is looked at.
import { asId } from "../kernel/ids.ts";
import { type At, changeRequest } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import { corrected, goesBack, whomToTell } from "./correct.ts";
import { currentDeeds } from "./deed-row.ts";
import type { RequestRow } from "./request-row.ts";

/** Applied: done, and whoever was given what was wrong is to be told. Stopped or dropped: back to whoever decides, while the law's clock runs on. */
export async function lookAtChange(context: RequestsContext, row: RequestRow): Promise<void> {
  const { access, deeds } = context;
  const { content, ownerId: customerId, rowId: requestId } = row;
  const { proposal, ruleId } = content;
  const deed = currentDeeds(content).find((one) => one.do === "correct" && one.state === "waits");
  if (deed === undefined || deed.resultId === null || proposal === null) return;
  const changeId = asId(deed.resultId);
  const standing = await deeds.changeStanding({ customerId, changeId });
  if (standing === null) return;
  const at: At = { customerId, requestId };
  if (standing.as !== "applied") return goesBack(context, { at, deed, proposal }, `change-${standing.as}`);
  const given = await deeds.givenTo({ ...proposal, customerId, ruleId, until: standing.at });
  const changing = { asker: access.system, action: "right.fulfil", ...at, step: "carried-out" } as const;
  const detail = { deed: deed.do, state: "done", made: changeId };
  const { tells, beside } = whomToTell(context, row, given);
  const change = corrected(context, deed, { tells, resultId: changeId });
  await changeRequest(context, { ...changing, detail, beside }, change);
}
