// POST /v1/customers/:customerId/letters
import type { FastifyInstance } from "fastify";
import { letterRoutes } from "../../../contract/routes/letters.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { letterAnswer } from "./letter-answer.ts";

export function postCustomersIdLetters(http: FastifyInstance, shell: Shell): void {
  const { idempotency, letters, notices, preferences } = shell;
  serve(http, letterRoutes.sendNotice, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "letter.send", kind: "letter", customerId });
    const language = body.language ?? (await preferences.read(customerId)).language ?? "en";
    const { values, delivers } = notices.letterOf(body.notice, language);
    // A notice goes once in each version, and the annual one once in each year.
    const year = shell.clock.now().getUTCFullYear();
    const serves = `${delivers.notice}/${delivers.version}${body.kind === "annual-privacy-notice" ? `/${year}` : ""}`;
    const order = { customerId, kind: body.kind, language, values: { ...values }, serves, delivers };
    return idempotency.once(
      request,
      async (also) => letterAnswer(await letters.letter(await letters.enqueue(order, { actor: principal, also }))),
      async ([letterId]) => {
        if (letterId === undefined) throw new HttpError("conflict");
        return letterAnswer(await letters.letter(letterId));
      },
    );
  });
}
