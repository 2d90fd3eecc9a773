// GET /v1/entries/:entryId
import type { FastifyInstance } from "fastify";
import { ledgerRoutes } from "../../../contract/routes/ledger.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { entryAnswer } from "./entry-answer.ts";

export function getEntriesId(http: FastifyInstance, { gate }: Shell): void {
  serve(http, ledgerRoutes.entry, async ({ params, principal }) =>
    entryAnswer(await gate.entry(principal, idOf(params.entryId))),
  );
}
