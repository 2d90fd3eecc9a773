// Who sees which dilemma: whoever raised it, and those of the desk who are tied to nobody in it.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { EthicsContext } from "./context.ts";
import { DILEMMA, type DilemmaContent, type DilemmaRow } from "./dilemma-row.ts";
import { EthicsError } from "./errors.ts";

/** Throws EthicsError `unknown-dilemma`. */
export async function seen(context: EthicsContext, asker: Authenticated, dilemmaId: Uuid): Promise<DilemmaRow> {
  const [row] = await context.authority.live(context.database, DILEMMA, dilemmaId);
  if (row === undefined || !(await maySee(context, asker, row.content))) throw new EthicsError("unknown-dilemma");
  return row;
}

export async function maySee(context: EthicsContext, asker: Authenticated, content: DilemmaContent): Promise<boolean> {
  return content.raisedBy === asker.principalId || mayDecide(context, asker, content);
}

/** INVARIANT: nobody who raised it, is involved in it, is another principal of theirs or in their line. */
export async function mayDecide(
  context: EthicsContext,
  asker: Authenticated,
  content: DilemmaContent,
): Promise<boolean> {
  const { reviewers } = content;
  if (!context.access.may(asker, "dilemma.decide")) return false;
  if (reviewers.length > 0 && !reviewers.includes(asker.principalId)) return false;
  return isIndependent(context, [asker.principalId, ...(asker.via === undefined ? [] : [asId(asker.via)])], content);
}

export async function isIndependent(
  { areTied }: EthicsContext,
  deciders: readonly Uuid[],
  { raisedBy, raisedVia, involved }: Pick<DilemmaContent, "raisedBy" | "raisedVia" | "involved">,
): Promise<boolean> {
  const parties = [raisedBy, ...(raisedVia === null ? [] : [raisedVia]), ...involved];
  for (const decider of deciders) for (const party of parties) if (await areTied(decider, party)) return false;
  return true;
}
