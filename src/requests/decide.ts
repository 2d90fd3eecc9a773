// The decision on a request, and on an appeal against it: by others than who filed it or decided it, on grounds that the law knows.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { changeRequest, findRequest } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import { roundOf } from "./deed-row.ts";
import { RequestsError } from "./errors.ts";
import { planDeeds } from "./plan-deeds.ts";
import { type Decision, isOpen, type RequestContent } from "./request-row.ts";
import { sealWords } from "./sealing.ts";

export interface Deciding {
  readonly requestId: Uuid;
  readonly outcome: Decision["outcome"];
  /** A code of the rule's grounds; needed for all but what is fulfilled. */
  readonly ground: string | null;
  readonly reason: string | null;
  /** A copy made by hand before, for access and portability. */
  readonly fulfilmentId: Uuid | null;
  /** What is erased where it is not all. */
  readonly unitIds: readonly string[];
  /** What is said no to; by what was asked for when empty. */
  readonly choices: readonly string[];
  /** What a person found who looked at an automated decision again. */
  readonly found: Decision["found"];
  /** When the correction was proposed that is granted: none that whoever decides did not look at. */
  readonly proposedAt: string | null;
}

/** Of a person who is not known, whatever the law: nothing can be given to them. */
const UNKNOWN_PERSON = "cannot-identify";

export async function decideRequest(
  context: RequestsContext,
  asker: Authenticated,
  deciding: Deciding,
  also?: AlsoWrite,
): Promise<void> {
  const { requestId, outcome, ground, reason, fulfilmentId, found } = deciding;
  const { ownerId, content: seen } = await findRequest(context, requestId);
  if (outcome !== "fulfilled" && (ground === null || reason === null)) throw new RequestsError("ground-needed");
  await requireGrantable(context, asker, seen, { ...deciding, customerId: ownerId });
  const isOwn = await isOneOf(context, asker, [
    seen.filedBy,
    // Who proposes a correction does not decide on it.
    ...(seen.proposal === null ? [] : [seen.proposal.by]),
    ...seen.earlier.map(({ by }) => by),
  ]);
  const part = `decision-${seen.earlier.length}`;
  const words = reason === null ? null : await sealWords(context, { customerId: ownerId, requestId, part }, reason);
  const at = context.clock.now().toISOString();
  const changing = { asker, action: "right.decide", customerId: ownerId, requestId, step: "decided", also } as const;
  await changeRequest(context, { ...changing, detail: { decided: outcome, ground } }, ({ content }) => {
    if (isOwn) throw new RequestsError("own-decision");
    requireAsSeen(content, seen);
    requireDecidable(content, outcome);
    requireRead(content, deciding);
    if (ground !== null && !groundsOf(context, content).includes(ground)) throw new RequestsError("bad-ground");
    const pauses = content.pauses.map((one) => ({ ...one, to: one.to ?? at }));
    const decision = { outcome, ground, reason: words, by: asker.principalId, at, fulfilmentId, found };
    const deeds = planDeeds(context, content, { ...deciding, copyId: fulfilmentId }, roundOf(content));
    const state = deeds.length === 0 ? "decided" : "fulfilling";
    return { ...content, state, pauses, decision, appeal: null, deeds: [...content.deeds, ...deeds] };
  });
  await context.tell({ customerId: ownerId, requestId, place: seen.place }, "right-news");
}

/** What cannot be known under the lock. Throws RequestsError `not-yours-to-grant`, `unknown-copy`, `finding-needed`. */
async function requireGrantable(
  { access, deeds }: RequestsContext,
  asker: Authenticated,
  { kind }: RequestContent,
  { outcome, fulfilmentId, customerId, found, reason }: Deciding & { readonly customerId: Uuid },
): Promise<void> {
  if (outcome === "refused") return;
  if (kind === "erasure" && !access.may(asker, "erasure.request")) throw new RequestsError("not-yours-to-grant");
  if (kind === "automated-decision-review" && (found === null || reason === null))
    throw new RequestsError("finding-needed");
  if (fulfilmentId === null) return;
  if ((await deeds.copyStanding({ customerId, copyId: fulfilmentId })) === "gone")
    throw new RequestsError("unknown-copy");
}

/**
 * INVARIANT: who proposed and who decided before is asked of what is decided on, and not of what stood there a moment ago. Each seal is another, so that one
 * who proposes the same once more has proposed anew.
 */
function requireAsSeen(content: RequestContent, seen: RequestContent): void {
  const isSame =
    content.proposal?.values === seen.proposal?.values &&
    content.earlier.length === seen.earlier.length &&
    content.decision?.at === seen.decision?.at;
  if (!isSame) throw new RequestsError("wrong-state");
}

/** INVARIANT: what is granted is what somebody looked at: until the decision, whoever proposes may propose something else. */
function requireRead({ proposal }: RequestContent, { outcome, proposedAt }: Deciding): void {
  if (outcome === "refused" || proposal === null) return;
  if (proposedAt === null || Date.parse(proposedAt) !== Date.parse(proposal.at))
    throw new RequestsError("other-proposal");
}

/** Said in words of their own; that nothing else can be stored is the row's own rule. */
function requireDecidable(content: RequestContent, outcome: Decision["outcome"]): void {
  const { state } = content;
  if (!isOpen(content) || state === "appealed" || state === "fulfilling") throw new RequestsError("wrong-state");
  if (outcome === "refused") return;
  if (content.identity.status === "unverified") throw new RequestsError("not-verified");
  if (content.duplicateOf !== null) throw new RequestsError("is-duplicate");
}

export function groundsOf({ clocks }: RequestsContext, { ruleId, identity }: RequestContent): readonly string[] {
  const known = clocks.rule(ruleId)?.refusals.map(({ code }) => code) ?? [];
  return identity.status === "unverified" && !known.includes(UNKNOWN_PERSON) ? [...known, UNKNOWN_PERSON] : known;
}

export interface AppealDeciding {
  readonly requestId: Uuid;
  readonly outcome: "upheld" | "overturned";
  readonly reason: string;
}

/** Overturned: it is open again, to be decided by somebody else than the first time. */
export async function decideAppeal(
  context: RequestsContext,
  asker: Authenticated,
  { requestId, outcome, reason }: AppealDeciding,
  also?: AlsoWrite,
): Promise<void> {
  const { ownerId, content: seen } = await findRequest(context, requestId);
  const others = [seen.filedBy, ...[seen.decision, ...seen.earlier].flatMap((each) => each?.by ?? [])];
  const isOwn = await isOneOf(context, asker, others);
  const at = context.clock.now().toISOString();
  const part = `appeal-decision-${seen.earlier.length}`;
  const words = await sealWords(context, { customerId: ownerId, requestId, part }, reason);
  const changing = {
    asker,
    action: "right.decide",
    customerId: ownerId,
    requestId,
    step: "appeal-decided",
    also,
  } as const;
  await changeRequest(context, { ...changing, detail: { decided: outcome } }, ({ content }) => {
    if (isOwn) throw new RequestsError("own-decision");
    requireAsSeen(content, seen);
    const { appeal, decision, earlier } = content;
    if (content.state !== "appealed" || appeal === null || decision === null) throw new RequestsError("wrong-state");
    const decided = { ...appeal, decision: { outcome, reason: words, by: asker.principalId, at } };
    if (outcome === "upheld") return { ...content, state: "decided", appeal: decided };
    if (earlier.length >= 10) throw new RequestsError("too-much");
    return { ...content, state: "in-progress", appeal: decided, decision: null, earlier: [...earlier, decision] };
  });
  await context.tell({ customerId: ownerId, requestId, place: seen.place }, "right-news");
}

export async function isOneOf(
  { areOnePerson }: RequestsContext,
  { principalId, via }: Authenticated,
  others: readonly string[],
): Promise<boolean> {
  for (const one of [principalId, ...(via === undefined ? [] : [via])])
    for (const other of others) if (one === other || (await areOnePerson(one, asId(other)))) return true;
  return false;
}
