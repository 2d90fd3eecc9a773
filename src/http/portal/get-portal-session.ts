// GET /v1/portal/session
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { portalSession } from "../../../contract/portal.ts";
import { portalRoutes } from "../../../contract/routes/portal.ts";
import { SignInError } from "../../signin/signin.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { factorsAnswer } from "../sign-in/signed-in.ts";
import { type Customer, customerOf } from "./customer-of.ts";

export function getPortalSession(http: FastifyInstance, shell: Shell): void {
  serve(http, portalRoutes.session, ({ principal }) => portalSessionAnswer(shell, customerOf(principal)));
}

/** Ids and codes of one's own standing, so no entry: what is in those files is asked for, and written down, apart. */
async function portalSessionAnswer(shell: Shell, customer: Customer): Promise<z.output<typeof portalSession>> {
  const { signIns, gate, preferences } = shell;
  const { signIn, principalId, customerId } = customer;
  const [face, sessions, others, { language }] = await Promise.all([
    signIns.face(customer),
    signIns.sessions.of(principalId),
    gate.standsFor(customer),
    preferences.read(customerId),
  ]);
  const row = sessions.find(({ rowId }) => rowId === signIn.sessionId);
  if (row === undefined || row.endsAt === null) throw new SignInError("unknown-session");
  return {
    sessionId: signIn.sessionId,
    principalId,
    customerId,
    standsFor: others.map((one) => ({ ...one, unitIds: copied(one.unitIds), classes: copied(one.classes) })),
    methods: [...signIn.methods],
    startedAt: signIn.at.toISOString(),
    endsAt: row.endsAt.toISOString(),
    idleSeconds: row.content.idleSeconds,
    strongAt: signIn.strongAt?.toISOString() ?? null,
    isFresh: face.isFresh,
    mayAddPasskey: face.mayChangeFactors,
    language,
    factors: factorsAnswer(face.factors),
    notices: face.notices.map(({ rowId, content }) => ({ noticeId: rowId, ...content })),
  };
}

function copied<Item>(items: readonly Item[] | null): Item[] | null {
  return items === null ? null : [...items];
}
