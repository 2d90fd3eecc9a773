// What waits for the privacy side and for whoever answers to third parties: requests and demands by their clocks, dilemmas, disposals, letters, what is about to expire.
import type { Authenticated } from "../access/access.ts";
import type { DemandFace } from "../demands/demands.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import { approvableUntil } from "../retention/retention.ts";
import type { Source, WorkParts } from "./context.ts";
import { instantOf, type Waiting, waits } from "./waiting.ts";

export const onPrivacy: readonly Source[] = [
  { needs: ["right.work"], read: rights },
  { needs: ["demand.change"], read: demands },
  { needs: ["dilemma.decide"], read: dilemmas },
  { needs: ["disposal.decide"], read: disposals },
  { needs: ["disposal.ask"], read: maxima },
  { needs: ["notice-round.decide"], read: rounds },
  { needs: ["letter.print"], read: letters },
  { needs: ["telling.work"], read: tellings },
  { needs: ["recipient.approve"], read: contracts },
  { needs: ["authorization.record"], read: authorizations },
];

/** One's own, and those that nobody works on yet. */
async function rights({ requests }: WorkParts, asker: Authenticated, limit: number): Promise<Waiting[]> {
  const found = await Promise.all(
    [asker.principalId, "nobody" as const].map((assignee) =>
      requests.queue({ isOpen: true, assignee, after: null, limit }),
    ),
  );
  const items = found.flatMap((page) => page.items);
  const days = await requests.dueDays(items);
  return items.map(({ requestId: id, customerId, kind, receivedAt: since, dueBefore: dueAt }) =>
    waits("right", kind, { id, customerId, since, dueAt, dueOn: days.get(id) ?? null }),
  );
}

/** By when it is to be answered, and the end of a delay; and whose customers are still to be told. INVARIANT: whose it is, is not said here. */
async function demands(
  { demands: register, clock }: WorkParts,
  _asker: Authenticated,
  limit: number,
): Promise<Waiting[]> {
  const now = clock.now();
  const found: Waiting[] = [];
  for (let after: Uuid | null = null; found.length < limit;) {
    const page: Awaited<ReturnType<typeof register.list>> = await register.list(null, { after, limit });
    for (const face of page.items) found.push(...ofDemand(face, now));
    after = page.next;
    if (after === null) break;
  }
  return found;
}

function ofDemand({ row: { rowId: id, content }, owed }: DemandFace, now: Date): Waiting[] {
  const { kind, dueAt, notice, takenIn, closed } = content;
  const since = instantOf(takenIn.at);
  const delay = notice === null || notice.toldAt !== null ? null : instantOf(notice.untilAt);
  const isDelayed = delay !== null && delay > now;
  return [
    ...(closed === null ? [waits("demand", kind, { id, since, dueAt: instantOf(dueAt) })] : []),
    // Nobody may be told before; from then on they are to be.
    ...(isDelayed ? [waits("demand", "delay-ends", { id, since, dueAt: delay })] : []),
    ...(owed === null ? [] : [waits("demand-notice", owed.why, { id, since, dueAt: owed.since })]),
  ];
}

async function dilemmas({ ethics }: WorkParts, asker: Authenticated, limit: number): Promise<Waiting[]> {
  const filter = { isDecided: false, kind: null, outcome: null, guidance: null } as const;
  const { items } = await ethics.list(asker, filter, { after: null, limit });
  return items
    .filter(({ isOwn }) => !isOwn)
    .map(({ dilemmaId: id, kind, raisedAt: since }) => waits("dilemma", kind, { id, since }));
}

async function disposals({ retention }: WorkParts, asker: Authenticated, limit: number): Promise<Waiting[]> {
  const { items } = await retention.disposals.list({ after: null, limit });
  return items
    .filter(({ state, asked }) => state === "previewed" && asked.by !== asker.principalId)
    .map(({ disposalId: id, asked, found }) =>
      waits("disposal", "approval", { id, since: asked.at, dueAt: found === null ? null : approvableUntil(found) }),
    );
}

/** What the law wants destroyed by a day that is near, or past. */
async function maxima({ retention }: WorkParts): Promise<Waiting[]> {
  const near = retention.nearMaxima();
  if (near === null) return [];
  const { count, dueOn } = near;
  return [waits("retention-maximum", "near", { count, dueAt: new Date(`${dueOn}T23:59:59Z`), dueOn })];
}

async function rounds({ rounds: ofNotices }: WorkParts, asker: Authenticated, limit: number): Promise<Waiting[]> {
  const { items } = await ofNotices.list({ after: null, limit });
  return items
    .filter(({ state, asked }) => state === "previewed" && asked.by !== asker.principalId)
    .map(({ roundId: id, asked }) => waits("notice-round", "approval", { id, since: asked.at }));
}

/** How many could not be printed or came back; and what was printed and is not posted yet. */
async function letters({ letters: post }: WorkParts): Promise<Waiting[]> {
  const counts = await post.counts();
  return (["waiting", "held", "returned", "in-batch"] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => waits("letter", state, { count: counts[state] }));
}

/** What a person has to do, and what the server has not brought to its end. */
async function tellings(parts: WorkParts, _asker: Authenticated, limit: number): Promise<Waiting[]> {
  const { items } = await parts.tellings.page(true, { after: null, limit });
  return items.map(({ tellingId: id, customerId, of, madeAt, due }) =>
    waits("telling", of, { id, customerId, since: instantOf(madeAt), dueAt: instantOf(due.before), dueOn: due.on }),
  );
}

const MONTH_MS = 30 * 86_400_000;

/** Within a month, and not renewed. */
async function contracts({ recipients, clock }: WorkParts, _asker: Authenticated, limit: number): Promise<Waiting[]> {
  const before = new Date(clock.now().getTime() + MONTH_MS);
  const ending = await recipients.contractsEnding(before, limit);
  return ending.map(({ ownerId: id, content }) =>
    waits("contract", content.kind, { id, dueAt: instantOf(content.endsAt) }),
  );
}

/** Of the customers in hand, within a month. */
async function authorizations(parts: WorkParts, asker: Authenticated, limit: number): Promise<Waiting[]> {
  const { access, clock } = parts;
  const page = { after: null, limit };
  const { assignments } = await access.listAssigned([asker.principalId, ...asker.groups], page);
  const customers = [...new Set(assignments.map(({ customerId }) => customerId))];
  const before = new Date(clock.now().getTime() + MONTH_MS);
  const ending = await parts.authorizations.ending(customers, before);
  return ending.map(({ rowId, ownerId: customerId, content }) =>
    waits("authorization", content.form, { id: asId(rowId), customerId, dueAt: instantOf(content.expiresAt) }),
  );
}
