// Single sign-on for browsers: away to the identity provider, and back with a session's cookie.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { HttpError } from "../errors.ts";
import { readCookie, sessionCookie, setCookie, setSessionCookie } from "../session-cookie.ts";
import type { Shell } from "../shell.ts";

const CARRIED_SECONDS = 600;
const query = z.object({ returnTo: z.string().max(500).optional(), stepUp: z.literal("1").optional() });

/** Pages for people, not operations for programs: they are left out of the OpenAPI document. */
export function addSingleSignOn(http: FastifyInstance, { federated, signIns, publicUrl, clock }: Shell): void {
  const { singleSignOn } = federated;
  const options = { config: { isPublic: true }, schema: { hide: true } } as const;
  http.get("/v1/sso/start", options, async (request, reply) => {
    const asked = query.safeParse(request.query);
    if (!asked.success) throw new HttpError("invalid-request");
    const session = asked.data.stepUp === undefined ? null : await ownSession(request);
    const { url, carried } = await singleSignOn.depart({ returnTo: asked.data.returnTo, stepUp: session });
    // Lax: the way back is a navigation that another site begins.
    carry(reply, isSecure(), carried, CARRIED_SECONDS);
    return reply.redirect(url, 303);
  });
  http.get("/v1/sso/callback", options, async (request, reply) => {
    const carried = readCookie(request, carriedName(isSecure()));
    carry(reply, isSecure(), "", 0);
    const from = { device: String(request.headers["user-agent"] ?? "").slice(0, 200), address: request.ip };
    const { returnTo, session } = await singleSignOn.arrive(new URL(request.url, publicUrl()), carried, from);
    const maxAgeSeconds = Math.floor((session.endsAt.getTime() - clock.now().getTime()) / 1000);
    setSessionCookie(reply, "staff", session.token, { isSecure: isSecure(), maxAgeSeconds });
    return reply.redirect(returnTo, 303);
  });

  function isSecure(): boolean {
    return publicUrl().protocol === "https:";
  }

  async function ownSession(request: FastifyRequest): Promise<{ principalId: string; sessionId: string }> {
    const token = sessionCookie(request);
    const found = token === null ? null : await signIns.sessions.authenticate(token, true);
    if (found?.signIn == null) throw new HttpError("unauthenticated");
    return { principalId: found.principalId, sessionId: found.signIn.sessionId };
  }
}

const carriedName = (isSecure: boolean): string => (isSecure ? "__Host-uberrima-sso" : "uberrima-sso");

function carry(reply: FastifyReply, isSecure: boolean, value: string, maxAgeSeconds: number): void {
  setCookie(reply, carriedName(isSecure), value, { isSecure, maxAgeSeconds, sameSite: "Lax" });
}
