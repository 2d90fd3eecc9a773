// A restriction is a rule that denies, at once: the flag is set when somebody known asks for it, and ended where it is refused, withdrawn or lifted.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { type At, changeRow, getRequest } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import { isOpen, type RequestContent } from "./request-row.ts";

/** Safe to run again: what a crash left undone is done by the walk. */
export async function keepRestriction(context: RequestsContext, at: At): Promise<void> {
  const { content } = await getRequest(context, at);
  if (wants(content) && content.flagId === null) await setRestriction(context, at, wants);
  if (content.flagId !== null && isOver(content)) await endRestriction(context, at, content.flagId);
}

export function isRestrictionDue(content: RequestContent): boolean {
  return (wants(content) && content.flagId === null) || (content.flagId !== null && isOver(content));
}

/** From somebody known, and not the second time. */
function wants(content: RequestContent): boolean {
  const { kind, identity, duplicateOf } = content;
  return kind === "restriction" && isOpen(content) && identity.status === "verified" && duplicateOf === null;
}

function isOver({ state, decision, closed, liftedAt }: RequestContent): boolean {
  return (state === "decided" && decision?.outcome === "refused") || closed?.as === "withdrawn" || liftedAt !== null;
}

/**
 * The flag and the request's word of it are one commit, so that there is one flag to end. INVARIANT: judged as the request stands under the lock, so
 * that none is set behind a refusal. Returns its id, also where it was set meanwhile, or null where `isDue` denies it by then.
 */
export async function setRestriction(
  context: RequestsContext,
  at: At,
  isDue: (content: RequestContent) => boolean,
): Promise<Uuid | null> {
  const { access, clock } = context;
  const { customerId, requestId } = at;
  const targets = [customerId];
  const attempt = { kind: "flag", action: "right.restrict", actor: access.system, targets } as const;
  const flag = { id: newId(), kind: "restricted", startsAt: clock.now().toISOString(), endsAt: null } as const;
  try {
    await access.write(attempt, async ({ tx, act, moveCustomer }) => {
      const moved = await moveCustomer(customerId, (flags) => [...flags, flag]);
      const rows = await changeRow(context, tx, { ...at, act }, ({ content }) => {
        if (content.flagId !== null || !isDue(content)) throw new SettledMeanwhile(content.flagId);
        return { ...content, flagId: flag.id };
      });
      const detail = { request: requestId, step: "restricted", flag: { ...flag } };
      return { result: null, written: [moved, ...rows], customers: [customerId], detail };
    });
    return flag.id;
  } catch (error) {
    if (error instanceof SettledMeanwhile) return error.flagId as Uuid | null;
    throw error;
  }
}

class SettledMeanwhile extends Error {
  /** Null where none is to be set any more. */
  readonly flagId: string | null;

  constructor(flagId: string | null) {
    super("somebody else set it, or decided otherwise");
    this.flagId = flagId;
  }
}

async function endRestriction(context: RequestsContext, at: At, flagId: string): Promise<void> {
  const { access, clock } = context;
  const { customerId, requestId } = at;
  const targets = [customerId];
  const attempt = { kind: "flag", action: "right.lift", actor: access.system, targets } as const;
  await access.write(attempt, async ({ tx, act, moveCustomer }) => {
    const now = clock.now().toISOString();
    // Somebody may have ended it before.
    const moved = await moveCustomer(customerId, (flags) =>
      flags.map((one) =>
        one.id === flagId && (one.endsAt === null || one.endsAt > now) ? { ...one, endsAt: now } : one,
      ),
    );
    const rows = await changeRow(context, tx, { ...at, act }, ({ content }) => ({
      ...content,
      flagId: content.flagId === flagId ? null : content.flagId,
    }));
    const flag = { id: flagId, kind: "restricted", endsAt: now };
    const detail = { request: requestId, step: "restriction-lifted", flag };
    return { result: null, written: [moved, ...rows], customers: [customerId], detail };
  });
}
