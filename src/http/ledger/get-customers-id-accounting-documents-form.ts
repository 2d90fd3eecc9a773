// GET /v1/customers/:customerId/accounting/documents/:form
import type { FastifyInstance } from "fastify";
import { ledgerRoutes } from "../../../contract/routes/ledger.ts";
import { requireRecordedRight } from "../refusals.ts";
import { sendFile } from "../send-file.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function getCustomersIdAccountingDocumentsForm(http: FastifyInstance, shell: Shell): void {
  serve(http, ledgerRoutes.accountingDocument, async ({ params, query, principal, reply }) => {
    const customerId = idOf(params.customerId);
    await requireRecordedRight(shell, principal, { action: "accounting.read", kind: "accounting-read", customerId });
    const { law = null, language } = query;
    const question = { customerId, law, language, form: params.form, byStaff: true } as const;
    return sendFile(reply, await shell.accounting.document(principal, question));
  });
}
