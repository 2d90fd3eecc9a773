// GET /v1/portal/accounting/documents/:form
import type { FastifyInstance } from "fastify";
import { portalAccountingRoutes } from "../../../contract/routes/portal-accounting.ts";
import { sendFile } from "../send-file.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { customerOf, whoseOf } from "./customer-of.ts";

export function getPortalAccountingDocumentsForm(http: FastifyInstance, { accounting }: Shell): void {
  serve(http, portalAccountingRoutes.document, async ({ params, query, principal, reply }) => {
    const asker = customerOf(principal);
    const { law = null, language } = query;
    const question = { customerId: whoseOf(asker, query.customerId), law, language, form: params.form };
    return sendFile(reply, await accounting.document(asker, question));
  });
}
