// GET /v1/customers/:customerId/letters
import type { FastifyInstance } from "fastify";
import { letterRoutes } from "../../../contract/routes/letters.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { letterAnswer } from "./letter-answer.ts";

export function getCustomersIdLetters(http: FastifyInstance, shell: Shell): void {
  serve(http, letterRoutes.ofCustomer, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "letter.read", kind: "letter", customerId });
    return { items: (await shell.letters.ofCustomer(customerId)).map(letterAnswer) };
  });
}
