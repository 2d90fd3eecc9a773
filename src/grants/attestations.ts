// What somebody passed, acknowledged or declared, and what their role needs of it (45 CFR 164.530(b); 23 NYCRR 500.14).
import type { Actor, AlsoWrite, Authenticated } from "../access/access.ts";
import { putRow, type Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { changeOwn } from "./change-own.ts";
import type { GrantsContext } from "./context.ts";
import { GrantError } from "./errors.ts";
import { requireIndependence } from "./independence.ts";
import { ATTESTATION, type AttestationContent } from "./rows.ts";

const DAY_MS = 86_400_000;
const ATTESTATIONS_MAX = 500;

export interface TrainingRecord {
  readonly principalId: Uuid;
  readonly course: string;
  readonly passedAt: Date;
}

/** Somebody else's: nobody certifies themselves. Throws GrantError `unknown-course`, AccessError `not-permitted`, `own-authority` (recorded). */
export async function recordTraining(
  context: GrantsContext,
  { principalId, course, passedAt }: TrainingRecord,
  actor: Actor,
  also?: AlsoWrite,
): Promise<Uuid> {
  const known = context.rules.attestations.courses[course];
  const now = context.clock.now();
  if (known === undefined || passedAt > now) throw new GrantError("unknown-course");
  const content: AttestationContent = {
    what: "training",
    course,
    passedAt: passedAt.toISOString(),
    recordedBy: actor.principalId,
  };
  const endsAt = new Date(passedAt.getTime() + known.validDays * DAY_MS);
  const isOther = async (writing: Parameters<typeof changeOwn>[1]): Promise<void> =>
    requireIndependence(context, writing.tx, actor, { holder: principalId, before: [] });
  const attempt = { kind: "attestation", action: "attestation.record", actor, targets: [principalId], also } as const;
  return put(context, attempt, { principalId, content, endsAt }, isOther);
}

/** The policy as it reads now. Throws GrantError `unknown-policy`. */
export async function acknowledgePolicy(
  context: GrantsContext,
  policy: string,
  actor: Authenticated,
  also?: AlsoWrite,
): Promise<Uuid> {
  const known = context.rules.attestations.policies[policy];
  if (known === undefined) throw new GrantError("unknown-policy");
  const content: AttestationContent = { what: "policy", policy, version: known.version, at: nowOf(context) };
  return put(context, ownAttempt(actor, also), { principalId: actor.principalId, content, endsAt: null });
}

/** From now on the customer is somebody else's to work for. */
export async function declareConflict(
  context: GrantsContext,
  declared: { readonly customerId: Uuid; readonly note: string | null },
  actor: Authenticated,
  also?: AlsoWrite,
): Promise<Uuid> {
  const content: AttestationContent = { what: "conflict", ...declared, at: nowOf(context) };
  return put(context, ownAttempt(actor, also), { principalId: actor.principalId, content, endsAt: null });
}

/** Lifts a declared conflict, or takes back what was recorded wrongly: never one's own. Throws GrantError `unknown-attestation`. */
export async function endAttestation(
  context: GrantsContext,
  at: { readonly principalId: Uuid; readonly attestationId: Uuid },
  actor: Actor,
  also?: AlsoWrite,
): Promise<Uuid> {
  const { principalId, attestationId } = at;
  const attempt = { kind: "attestation", action: "attestation.end", actor, targets: [principalId], also } as const;
  return context.access.write(attempt, async (writing) => {
    await requireIndependence(context, writing.tx, actor, { holder: principalId, before: [] });
    const written = await changeOwn(context, writing, principalId, (live) => {
      const rows = live.of(ATTESTATION, context.clock.now());
      if (!rows.some(({ rowId }) => rowId === attestationId)) throw new GrantError("unknown-attestation");
      return [{ end: attestationId }];
    });
    return {
      result: attestationId,
      written,
      ids: [attestationId],
      detail: { principal: principalId, ended: attestationId },
    };
  });
}

export function attestationsOf(
  { authority, database }: GrantsContext,
  principalId: Uuid,
): Promise<readonly Row<AttestationContent>[]> {
  return authority.live(database, ATTESTATION, principalId);
}

type Attempt = Parameters<GrantsContext["access"]["write"]>[0];

/** What everybody says of themselves needs no right. */
function ownAttempt(actor: Authenticated, also: AlsoWrite | undefined): Attempt {
  return { kind: "attestation", action: "attestation.make", actor, targets: [actor.principalId], also, isOwn: true };
}

const nowOf = ({ clock }: GrantsContext): string => clock.now().toISOString();

interface Putting {
  readonly principalId: Uuid;
  readonly content: AttestationContent;
  readonly endsAt: Date | null;
}

function put(
  context: GrantsContext,
  attempt: Attempt,
  { principalId, content, endsAt }: Putting,
  first: (writing: Parameters<typeof changeOwn>[1]) => Promise<void> = async () => {},
): Promise<Uuid> {
  return context.access.write(attempt, async (writing) => {
    await first(writing);
    const now = context.clock.now();
    let attestationId = newId();
    const written = await changeOwn(context, writing, principalId, (live) => {
      const rows = live.of(ATTESTATION, now);
      // Said again it is renewed, and takes no further place.
      const same = rows.find((row) => subjectOf(row.content) === subjectOf(content));
      if (same === undefined && rows.length >= ATTESTATIONS_MAX) throw new GrantError("too-many");
      attestationId = same?.rowId ?? attestationId;
      return [putRow(ATTESTATION, { rowId: attestationId, endsAt, content })];
    });
    const customers = content.what === "conflict" ? { customers: [content.customerId] } : {};
    const detail = { attestation: { id: attestationId, of: principalId, ...content } };
    return { result: attestationId, written, ids: [attestationId], detail, ...customers };
  });
}

function subjectOf(content: AttestationContent): string {
  const { what } = content;
  return `${what}/${what === "training" ? content.course : what === "policy" ? content.policy : content.customerId}`;
}
