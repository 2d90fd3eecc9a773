// A request comes in: which law governs it, whether it was asked before, whether who asks is known, and by when it is to be answered.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import { putRow, type RowChange } from "../authority/authority.ts";
import { type Choice, ClocksError, type Matter, type Place, type RightKind } from "../clocks/clocks.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { LineOfBusiness } from "../kernel/vocabulary.ts";
import { lookupOf, queue } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import { RequestsError } from "./errors.ts";
import { isOpen, REQUEST, type RequestContent, type RequestRow } from "./request-row.ts";
import { sealWords } from "./sealing.ts";
import { eventsOf, settled } from "./standing.ts";
import { type Proposing, wantedOf } from "./correct.ts";

export interface Intake {
  readonly customerId: Uuid;
  readonly kind: RightKind;
  readonly about: Matter;
  readonly place: Place;
  readonly words: string | null;
  readonly channel: RequestContent["channel"];
  /** Of a letter or a call; now when null. */
  readonly receivedAt: Date | null;
  readonly authorityDocumentId: Uuid | null;
  /** Of a correction, where it is known: where, and what it should say. */
  readonly correction?: Proposing | null;
}

/** Nobody is to be kept busy by one who asks for everything. */
const OPEN_MAX = 20;
const RECEIVED_DAYS_MAX = 400;
const DAY_MS = 86_400_000;

/** Throws RequestsError, AccessError. Returns the request's id. */
export async function takeIn(
  context: RequestsContext,
  asker: Authenticated,
  asked: Intake,
  also?: AlsoWrite,
): Promise<Uuid> {
  const { access, authority, clock } = context;
  const { customerId, channel } = asked;
  const requestId = newId();
  const content = await draft(context, asker, { ...asked, requestId });
  const isOwn = channel === "portal";
  const attempt = {
    kind: "right",
    action: isOwn ? "right.open" : "right.file",
    actor: asker,
    targets: isOwn ? [asker.principalId] : [customerId],
    also,
    ...(isOwn ? { isOwn: true as const } : {}),
  } as const;
  return access.write(attempt, async ({ tx, act, moveCustomer }) => {
    // Whoever judged before that the customer's files may go judges again (src/retention): nothing goes while it is asked about.
    const moved = await moveCustomer(customerId);
    const made: RequestRow[] = [];
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [REQUEST.kind],
      make: (live): RowChange[] => {
        const open = live.of(REQUEST, clock.now()).filter((row) => isOpen(row.content));
        if (open.length >= OPEN_MAX) throw new RequestsError("too-many-requests");
        const known = open.find((row) => isSame(row.content, content) && row.content.duplicateOf === null);
        const whole = { ...content, duplicateOf: known?.rowId ?? null };
        const place = { rowId: requestId, lookup: lookupOf(context, requestId) };
        made.push({ ...place, ownerId: customerId, state: "live", endsAt: null, content: whole, revision: 1, act });
        return [putRow(REQUEST, { ...place, content: whole })];
      },
    });
    for (const row of made) await queue(context, tx, row);
    const duplicateOf = made[0]?.content.duplicateOf ?? null;
    const detail = {
      request: requestId,
      step: "received",
      asks: content.kind,
      channel,
      rule: content.ruleId,
      duplicateOf,
    };
    return { result: requestId, written: [moved, ...written], customers: [customerId], detail, ids: [requestId] };
  });
}

/** The same right about the same matter, while the first is not answered. A correction may be of something else each time. */
function isSame(one: RequestContent, other: RequestContent): boolean {
  return one.kind === other.kind && one.about === other.about && one.kind !== "correction";
}

const NOTHING_DONE = { deeds: [], returned: [], proposal: null, statements: [], liftedAt: null };

async function draft(
  context: RequestsContext,
  asker: Authenticated,
  asked: Intake & { readonly requestId: Uuid },
): Promise<RequestContent> {
  const { clock, clocks } = context;
  const { customerId, requestId, channel, words, authorityDocumentId, correction = null } = asked;
  const now = clock.now();
  const receivedAt = asked.receivedAt ?? now;
  if (receivedAt > now || now.getTime() - receivedAt.getTime() > RECEIVED_DAYS_MAX * DAY_MS)
    throw new RequestsError("bad-receipt");
  if (authorityDocumentId !== null) await requireDocument(context, { customerId, authorityDocumentId });
  const lines = await linesOf(context, customerId);
  const identity = {
    status: channel === "portal" ? "verified" : "unverified",
    method: channel === "portal" ? "signed-in" : null,
    at: channel === "portal" ? now.toISOString() : null,
    tries: [],
  } as const;
  const timed = { receivedAt: receivedAt.toISOString(), pauses: [], extension: null, channel };
  const { kind, about, place } = asked;
  const chosen = choose(
    context,
    { kind, about, place, lines },
    eventsOf({ ...timed, identity: { ...identity, tries: [] } }, now),
  );
  const isNotAsked = chosen.governing.identity === "not-asked" && channel !== "portal";
  const wanted = correction === null ? null : await wantedOf(context, { customerId, requestId, kind }, correction);
  const sealed = words === null ? null : await sealWords(context, { customerId, requestId, part: "words" }, words);
  return settled(
    clocks,
    {
      kind,
      about,
      place,
      lines,
      ...lawOf(chosen),
      ...timed,
      filedBy: asker.principalId,
      authorityDocumentId,
      words: sealed,
      identity: isNotAsked ? { status: "not-asked", method: null, at: null, tries: [] } : { ...identity, tries: [] },
      duplicateOf: null,
      state: channel === "portal" || isNotAsked ? "received" : "verifying",
      // The portal's own page confirms receipt, with the law and the day (11 CCR 7021(a)).
      acknowledgedAt: channel === "portal" ? now.toISOString() : null,
      assigneeId: null,
      tasks: [],
      flagId: null,
      decision: null,
      earlier: [],
      ...NOTHING_DONE,
      wanted,
      appeal: null,
      closed: null,
      due: { on: "1970-01-01", before: now.toISOString(), what: "answer", isStopped: false },
    },
    now,
  );
}

export function lawOf({ governing, judged }: Choice): Pick<RequestContent, "ruleId" | "judged"> {
  return { ruleId: governing.id, judged: judged.map(({ rule, verdict }) => ({ ruleId: rule.id, verdict })) };
}

/** Throws RequestsError `bad-place`. */
export function choose({ clocks }: RequestsContext, ...asked: Parameters<RequestsContext["clocks"]["choose"]>): Choice {
  try {
    return clocks.choose(...asked);
  } catch (error) {
    if (error instanceof ClocksError && error.code === "unknown-place") throw new RequestsError("bad-place");
    throw error;
  }
}

export async function linesOf({ vault }: RequestsContext, customerId: Uuid): Promise<LineOfBusiness[]> {
  const [subject] = await vault.loadForDecision([{ customerId }]);
  if (subject === undefined) throw new RequestsError("no-relationship");
  const held = subject.units.filter(({ header }) => header.status !== "erased").map(({ header }) => header.line);
  return [...new Set(held)];
}

async function requireDocument(
  { vault }: RequestsContext,
  of: { readonly customerId: Uuid; readonly authorityDocumentId: Uuid },
): Promise<void> {
  const [document] = await vault.loadRecords([of.customerId], { recordId: of.authorityDocumentId });
  if (document?.record.recordType !== "document") throw new RequestsError("unknown-document");
}
