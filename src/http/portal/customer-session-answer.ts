// A customer's session that has just begun, handed over as it was asked for: its token in the answer, or in the portal's own cookie.
import type { FastifyReply } from "fastify";
import type { z } from "zod";
import type { customerSession } from "../../../contract/portal.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { carryInCookies } from "../sign-in/signed-in.ts";
import type { Shell } from "../shell.ts";

interface Begun {
  readonly sessionId: Uuid;
  readonly customerId: Uuid;
  readonly principalId: Uuid;
  readonly endsAt: Date;
  readonly token: string;
  readonly deviceToken: string | null;
}

export function customerSessionAnswer(
  shell: Pick<Shell, "publicUrl" | "clock">,
  reply: FastifyReply,
  as: "token" | "cookie",
  begun: Begun,
): z.output<typeof customerSession> {
  const { sessionId, customerId, principalId, endsAt, token } = begun;
  if (as === "cookie") carryInCookies(shell, reply, "portal", begun);
  return { sessionId, customerId, principalId, endsAt: endsAt.toISOString(), token: as === "token" ? token : null };
}
