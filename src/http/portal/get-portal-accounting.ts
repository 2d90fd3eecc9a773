// GET /v1/portal/accounting
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { portalAccountingLine } from "../../../contract/accounting.ts";
import { recipientType, role as roles } from "../../../contract/vocabulary.ts";
import { portalAccountingRoutes } from "../../../contract/routes/portal-accounting.ts";
import type { AccountingLine } from "../../accounting/accounting.ts";
import { instantOf } from "../ledger/entry-answer.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { customerOf, whoseOf } from "./customer-of.ts";

export function getPortalAccounting(http: FastifyInstance, { accounting, cursors }: Shell): void {
  serve(http, portalAccountingRoutes.list, async ({ query, principal }) => {
    const asker = customerOf(principal);
    const customerId = whoseOf(asker, query.customerId);
    // A cursor is of one list of one customer.
    const name = `portal-accounting ${query.law ?? ""} ${customerId}`;
    const cursor = cursors.parse(name, asker.principalId, query.cursor);
    const page = await accounting.list(asker, { customerId, law: query.law ?? null }, { cursor, limit: query.limit });
    return {
      law: page.law,
      laws: page.laws.map((one) => ({ ...one })),
      items: page.items.map(lineAnswer),
      next: cursors.print(name, asker.principalId, page.next),
    };
  });
}

function lineAnswer({ entry, facts, who, opens }: AccountingLine): z.output<typeof portalAccountingLine> {
  const { entryId, index, at, kind, outcome, recipientId, purpose, basis, classes } = entry;
  const type = recipientType.safeParse(facts.recipientType).data ?? null;
  return {
    entryId,
    index,
    at: instantOf(at),
    kind,
    outcome,
    who: { ...who, role: roles.safeParse(who.role).data ?? null },
    recipient: type === null && recipientId === null ? null : { type, recipientId },
    purpose,
    basis,
    classes: [...classes],
    fields: facts.fields.map(({ path, form }) => ({ field: path, form })),
    opens,
  };
}
