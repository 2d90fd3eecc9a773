// Runs one write in its transaction, and writes down the attempt when it was refused: denials are entries too.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { recordRefusal, type Act } from "./act.ts";
import type { AccessContext } from "./context.ts";
import { AppError } from "../kernel/app-error.ts";
import { readPrincipal } from "./read-principal.ts";
import type { Within } from "./within.ts";

const TARGETS_MAX = 100;

export interface Attempt extends Omit<Within, "tx"> {
  readonly kind: Act["kind"];
  readonly action: Act["action"];
  /** Principals or customers it was about. */
  readonly targets: readonly Uuid[];
  readonly withheld?: boolean;
  /** What everybody does to themselves (sign out, add a passkey) and needs no right for. INVARIANT: then the actor is the only target. */
  readonly isOwn?: true;
}

export async function perform<Result>(
  context: AccessContext,
  attempt: Attempt,
  work: (within: Within) => Promise<Result>,
): Promise<Result> {
  const { actor, also, grants } = attempt;
  try {
    const result = await context.database.transaction((tx) => work({ tx, actor, also, grants }));
    await raiseMark(context, attempt);
    return result;
  } catch (error) {
    if (isRefusal(error)) await recordRefusal(context, actor, refused(attempt, error.code));
    throw error;
  } finally {
    // Also after a failure: a commit whose answer was lost has changed the row all the same.
    if (attempt.kind === "principal") for (const target of attempt.targets) context.forget(target);
  }
}

/** Reading what was just written raises the mark below which this process believes no row. */
async function raiseMark(context: AccessContext, { kind, targets }: Attempt): Promise<void> {
  if (kind === "principal") await believe(context, targets);
}

/** Reads the principals as they stand now. */
export async function believe(context: AccessContext, principalIds: Iterable<Uuid>): Promise<void> {
  try {
    for (const target of principalIds) await readPrincipal(context, context.database, target);
  } catch {
    // What was asked for is committed, and its answer (a token, shown once) must not be lost over this; the next reading raises the mark.
  }
}

/** Whatever domain refuses it: 403 is for what somebody may not do. */
function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && error.status === 403;
}

function refused({ kind, action, targets, withheld }: Attempt, reason: string): Act {
  return {
    entryId: newId(),
    kind,
    action,
    written: [],
    ...(withheld === undefined ? {} : { withheld }),
    detail: { refused: reason, targets: [...new Set(targets)].slice(0, TARGETS_MAX) },
  };
}
