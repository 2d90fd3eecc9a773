// POST /v1/customers/:customerId/notices/mails
import type { FastifyInstance } from "fastify";
import { noticeRoutes } from "../../../contract/routes/choices.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { mailAnswer } from "./notice-answer.ts";

export function postCustomersIdNoticesMails(http: FastifyInstance, shell: Shell): void {
  const { idempotency, notices, preferences } = shell;
  serve(http, noticeRoutes.mail, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "letter.send", kind: "notice", customerId });
    const language = body.language ?? (await preferences.read(customerId)).language ?? "en";
    const letter = notices.letterOf(body.notice, language);
    const serves = `${letter.delivers.notice}/${letter.delivers.version}`;
    const answer = async (made: Uuid | undefined) => {
      const row = (await notices.mails(customerId)).find(({ rowId }) => rowId === made);
      if (row === undefined) throw new HttpError("not-found");
      return mailAnswer(row);
    };
    return idempotency.once(
      request,
      async (also) => answer(await notices.mail({ customerId, letter, serves }, { actor: principal, also })),
      ([made]) => answer(made),
    );
  });
}
