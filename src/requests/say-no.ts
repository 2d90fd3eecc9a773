// What somebody objects to or opts out of, said no to at the gate: the customer's flag and the request's word that it is done, in one commit.
import { newId } from "../kernel/ids.ts";
import { type At, changeRow } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import type { Deed } from "./deed-row.ts";
import { overOnce, stamped } from "./over-once.ts";

/** Said once more it is newer than whatever was agreed to meanwhile. */
export async function sayNo(context: RequestsContext, at: At, deed: Deed): Promise<void> {
  const { access, clock, deeds } = context;
  const { customerId, requestId } = at;
  const kind = deeds.flagOf(deed.to ?? "");
  if (kind === null) throw new TypeError("no such choice");
  const targets = [customerId];
  const attempt = { kind: "choice", action: "right.fulfil", actor: access.system, targets } as const;
  await access.write(attempt, async ({ tx, act, moveCustomer }) => {
    const now = clock.now().toISOString();
    const moved = await moveCustomer(customerId, (flags) => {
      const others = flags.filter((flag) => flag.kind !== kind);
      return [...others, { id: newId(), kind, startsAt: now, endsAt: null }];
    });
    const rows = await changeRow(context, tx, { ...at, act }, overOnce(context, deed, stamped(context)));
    const detail = { request: requestId, choice: deed.to, saysNo: true, channel: "rights-request" };
    return { result: null, written: [moved, ...rows], customers: [customerId], detail };
  });
}
