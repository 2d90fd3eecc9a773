// A restriction is a rule that denies, at once: the flag is set when somebody known asks for it, and ended where it is refused or withdrawn.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { changeRequest } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import { isOpen, REQUEST, type RequestContent } from "./request-row.ts";

/** Safe to run again: what a crash left undone is done by the walk. */
export async function keepRestriction(
  context: RequestsContext,
  at: { readonly customerId: Uuid; readonly requestId: Uuid },
): Promise<void> {
  const { access, authority, database } = context;
  const row = await authority.get(database, REQUEST, { ownerId: at.customerId, rowId: at.requestId });
  if (row === null) return;
  const { flagId } = row.content;
  const changing = { asker: access.system, action: "right.restrict", ...at } as const;
  if (wants(row.content) && flagId === null) {
    const set = await access.setFlag(
      { customerId: at.customerId, kind: "restricted", endsAt: null, reason: `rights request ${at.requestId}` },
      access.system,
    );
    await changeRequest(context, { ...changing, step: "restricted" }, ({ content }) => ({ ...content, flagId: set }));
  }
  if (flagId !== null && isOver(row.content)) {
    await endFlag(context, at.customerId, asId(flagId));
    await changeRequest(context, { ...changing, step: "restriction-lifted" }, ({ content }) => ({
      ...content,
      flagId: null,
    }));
  }
}

export function isRestrictionDue(content: RequestContent): boolean {
  return (wants(content) && content.flagId === null) || (content.flagId !== null && isOver(content));
}

/** From somebody known, and not the second time. */
function wants(content: RequestContent): boolean {
  const { kind, identity, duplicateOf } = content;
  return kind === "restriction" && isOpen(content) && identity.status === "verified" && duplicateOf === null;
}

function isOver({ state, decision, closed }: RequestContent): boolean {
  return (state === "decided" && decision?.outcome === "refused") || closed?.as === "withdrawn";
}

async function endFlag({ access }: RequestsContext, customerId: Uuid, flagId: Uuid): Promise<void> {
  try {
    await access.endFlag({ customerId, flagId }, access.system);
  } catch (error) {
    // Somebody ended it before.
    if (!(error instanceof Error && "code" in error && error.code === "unknown-flag")) throw error;
  }
}
