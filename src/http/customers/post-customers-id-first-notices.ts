// POST /v1/customers/:customerId/first-notices
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { firstNotice } from "../../../contract/customers.ts";
import { customerRoutes } from "../../../contract/routes/customers.ts";
import type { Authenticated } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import type { Also } from "../idempotency.ts";
import { serve } from "../serve.ts";
import { groupId, idOf, type Shell } from "../shell.ts";
import { idsOf, newUnitDraft } from "./drafts.ts";
import { requireCustomer, requirePlaces } from "./may-write.ts";
import { requireAuthorizations } from "./origins.ts";
import { writeActor } from "./write-actor.ts";

export function postCustomersIdFirstNotices(http: FastifyInstance, shell: Shell): void {
  serve(http, customerRoutes.takeFirstNotice, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    const attempt = { action: "first-notice.take", kind: "record-create", customerId } as const;
    await requireCustomer(shell, principal, attempt);
    await requirePlaces(shell, principal, attempt, [body]);
    const { claim, origin, ...place } = body;
    const team = shell.access.firstNoticeTeam(place.line);
    if (team === null) throw new HttpError("conflict", { detail: "no team takes first notices of this line" });
    await requireAuthorizations(shell, customerId, [origin]);
    const unit = { kind: "claim", ...place, records: [{ type: "claim", fields: claim, origin }] } as const;
    return shell.idempotency.once(
      request,
      async (also) => noticeAnswer(team, await taken(shell, { customerId, unit, team, principal, also })),
      (ids) => noticeAnswer(team, ids),
    );
  });
}

interface Notice {
  readonly customerId: Uuid;
  readonly unit: Parameters<typeof newUnitDraft>[1];
  readonly team: string;
  readonly principal: Authenticated;
  readonly also: Also;
}

/** Claim and assignment stand in one transaction and one entry: there is no claim that is nobody's work. */
async function taken(shell: Shell, { customerId, unit, team, principal, also }: Notice): Promise<readonly Uuid[]> {
  const draft = { customerId, create: null, sources: [], units: [newUnitDraft(shell, unit)] };
  const made = idsOf(draft);
  const ids: Uuid[] = [];
  const actor = writeActor(principal);
  await shell.vault.create([draft], {
    ...actor,
    also: async (tx, [act]) => {
      const { assignmentId, written } = await shell.access.assignFirstNotice(
        { customerId, unitId: made[1]!, endsAt: null },
        { tx, actor: principal, act: act!, teamId: groupId(shell.keys, team) },
      );
      ids.push(act!, ...made, assignmentId);
      await also(tx, ids);
      return written.map(({ row, id, revision, digest }) => ({
        row: ofCustomer(row),
        id,
        customer: customerId,
        revision,
        digest,
      }));
    },
  });
  return ids;
}

/** Those are the rows of an assignment. */
function ofCustomer(row: string): "assignment" | "customer" {
  return row === "customer" ? "customer" : "assignment";
}

/** `ids`: entry, customer, unit, record, assignment. */
function noticeAnswer(team: string, ids: readonly Uuid[]): z.output<typeof firstNotice> {
  const [entryId, customerId, unitId, recordId, assignmentId] = ids;
  if (entryId === undefined || customerId === undefined || unitId === undefined) throw new HttpError("conflict");
  if (recordId === undefined || assignmentId === undefined) throw new HttpError("conflict");
  return { customerId, unitId, recordId, assignmentId, team, entryId };
}
