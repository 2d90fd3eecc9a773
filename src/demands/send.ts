// Telling a demand's customers: by mail, or by letter where there is none or it is refused, each put on its way by the commit that says so.
import { activeFlags } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Transaction } from "../postgres/database.ts";
import type { DemandsContext } from "./context.ts";
import type { DemandContent, Telling } from "./demand-row.ts";
import { DemandError } from "./errors.ts";
import { ANY_STATE, withTelling } from "./telling.ts";
import { changeDemand, demandAt } from "./write.ts";

/** Mail that lies for longer is no notice any more: a letter goes. */
const MAIL_GOOD_FOR_MS = 4 * 86_400_000;

/** What is planned and not sent yet. Never fails: what does not go out now is tried again. */
export async function sendPlanned(context: DemandsContext, demandId: Uuid): Promise<void> {
  try {
    const { content } = await demandAt(context, demandId);
    for (const telling of content.notice?.customers ?? [])
      if (telling.state === "planned" && mayGoOut(content, context.clock.now())) await send(context, demandId, telling);
  } catch (error) {
    if (!isOvertaken(error)) context.onFailure(error);
  }
}

/** Another process was first, or somebody changed the demand: it is looked at again. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof DemandError && error.code === "wrong-state";
}

/** Delayed or withdrawn meanwhile, nothing goes out. */
function mayGoOut({ notice }: DemandContent, now: Date): boolean {
  return notice !== null && notice.mode !== "none" && (notice.untilAt === null || new Date(notice.untilAt) <= now);
}

async function send(context: DemandsContext, demandId: Uuid, telling: Telling): Promise<void> {
  const { access, clock, mail, preferences } = context;
  const { customerId } = telling;
  const state = (await access.authoritiesOf([customerId])).get(customerId)?.state;
  if (state == null || state.status === "erased")
    return note(context, demandId, unreached(telling, "gone", clock.now()));
  const { alternative, onPaper, language } = await preferences.read(customerId);
  const isProtected = activeFlags(state, clock.now()).includes("protection-order");
  // INVARIANT: under a protection order nothing goes to a contact on file, where others may read along (N.Y. Ins. Law 2612, 45 CFR 164.522(b)).
  const isByMail = alternative === null ? !isProtected && !onPaper : alternative.channel !== "post";
  if (isByMail && telling.fault !== "mail-refused" && mail.canSend()) {
    const isSent = await preferences.useReach(
      { customerId, serves: demandId, why: "demand-letter" },
      async (reached) => {
        // A text message is no written notice, unless it is how somebody wants to be written to.
        const contact = reached.find(({ channel }) => channel === "email" || alternative !== null);
        const to = contact === undefined ? null : mail.addressOf(contact.channel, contact.value);
        if (to === null) return false;
        await sendMail(context, demandId, { telling, to, language: language ?? "en" });
        return true;
      },
    );
    if (isSent) return;
  }
  await sendLetter(context, demandId, { telling, language: language ?? "en" });
}

type Language = NonNullable<Awaited<ReturnType<DemandsContext["preferences"]["read"]>>["language"]>;

interface Sending {
  readonly telling: Telling;
  readonly language: Language;
}

/** INVARIANT: the mail and the word that it lies in the outbox are one commit, so that none is lost and none goes twice. */
function sendMail(
  context: DemandsContext,
  demandId: Uuid,
  { telling, to, language }: Sending & { readonly to: string },
): Promise<void> {
  const { clock, mail } = context;
  const now = clock.now();
  const letter = {
    to,
    name: "information-demanded",
    language,
    values: { at: now },
    expiresAt: new Date(now.getTime() + MAIL_GOOD_FOR_MS),
    proves: { customerId: telling.customerId, rowId: demandId },
  } as const;
  const queued = { ...telling, state: "mailed", way: "mail", fault: null, at: now.toISOString() } as const;
  return note(context, demandId, { ...queued, reference: null }, async (tx) => ({
    reference: await mail.put(tx, letter),
  }));
}

/** Where it would not be printed, none is queued. Asked for again after a crash, it is the same letter. */
async function sendLetter(context: DemandsContext, demandId: Uuid, { telling, language }: Sending): Promise<void> {
  const { clock, letters } = context;
  const { customerId, tries } = telling;
  const now = clock.now();
  const way = await letters.byPost(customerId, demandId);
  if (way !== "reached") return note(context, demandId, unreached(telling, way, now));
  const values = { told: now.toISOString().slice(0, 10) };
  const serves = `${demandId} ${String(tries)}`;
  const letterId = await letters.enqueue({ customerId, kind: "demand-notice", language, values, serves });
  const queued = { ...telling, state: "letter", way: "letter", reference: letterId, at: now.toISOString() } as const;
  await note(context, demandId, queued);
}

export function unreached(telling: Telling, fault: NonNullable<Telling["fault"]>, now: Date): Telling {
  return { ...telling, state: "unreached", fault, at: now.toISOString() };
}

/**
 * What is so now of one customer, by the server, and what is put on its way by the same commit. Throws DemandError `wrong-state` where another process was first,
 * or what it was planned under has changed.
 */
export async function note(
  context: DemandsContext,
  demandId: Uuid,
  next: Telling,
  put: (tx: Transaction) => Promise<Partial<Telling>> = async () => ({}),
): Promise<void> {
  const { access, clock } = context;
  const make = async (held: DemandContent, tx: Transaction): Promise<DemandContent> => {
    const now = clock.now();
    const standing = held.notice?.customers.find(({ customerId }) => customerId === next.customerId);
    const isNews = standing?.tries === next.tries && standing.state !== next.state;
    if (!isNews || (standing.state === "planned" && !mayGoOut(held, now))) throw new DemandError("wrong-state");
    return withTelling(held, { ...next, ...(await put(tx)) }, now);
  };
  await changeDemand(context, {
    demandId,
    action: "demand.send",
    who: { actor: access.system },
    states: ANY_STATE,
    said: { telling: next.customerId, step: next.state },
    make,
  });
}
