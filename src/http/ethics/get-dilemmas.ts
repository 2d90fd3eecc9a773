// GET /v1/dilemmas
import type { FastifyInstance } from "fastify";
import { dilemmaRoutes } from "../../../contract/routes/dilemmas.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { dilemmaAnswer } from "./dilemma-answer.ts";

export function getDilemmas(http: FastifyInstance, { cursors, ethics }: Shell): void {
  serve(http, dilemmaRoutes.list, async ({ query, principal }) => {
    const { state, kind = null, outcome = null, guidance = null, limit } = query;
    const name = `dilemmas ${[state, kind, outcome, guidance].join(" ")}`;
    const cursor = cursors.parse(name, principal.principalId, query.cursor);
    const isDecided = state === undefined ? null : state === "decided";
    const after = cursor === null ? null : parseId(cursor);
    const page = await ethics.list(principal, { isDecided, kind, outcome, guidance }, { after, limit });
    return { items: page.items.map(dilemmaAnswer), next: cursors.print(name, principal.principalId, page.next) };
  });
}
