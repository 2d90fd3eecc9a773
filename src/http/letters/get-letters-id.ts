// GET /v1/letters/:letterId
import type { FastifyInstance } from "fastify";
import { letterRoutes } from "../../../contract/routes/letters.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { letterAnswer } from "./letter-answer.ts";

export function getLettersId(http: FastifyInstance, shell: Shell): void {
  serve(http, letterRoutes.read, async ({ params, principal }) => {
    await requireRecordedRight(shell, principal, { action: "letter.read", kind: "letter", customerId: null });
    return letterAnswer(await shell.letters.letter(idOf(params.letterId)));
  });
}
