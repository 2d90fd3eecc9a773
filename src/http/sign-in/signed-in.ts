// A session as the interface shows it, and how it is carried: in the answer, or in a cookie.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { factors, session, signedIn } from "../../../contract/sign-in.ts";
import { ACTIONS, type Authenticated } from "../../access/access.ts";
import type { Factors, SignedInFrom } from "../../signin/signin.ts";
import { SignInError } from "../../signin/signin.ts";
import { assertSameSite, deviceCookie, type Door, setDeviceCookie, setSessionCookie } from "../session-cookie.ts";
import type { Shell } from "../shell.ts";
import { deviceName } from "./device-name.ts";

type Carried = "token" | "cookie";

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** From where somebody comes, and what their device brought with it. */
export function whence(shell: Pick<Shell, "publicUrl">, request: FastifyRequest, deviceToken?: string): SignedInFrom {
  return {
    device: deviceName(request.headers["user-agent"] ?? ""),
    address: request.ip,
    deviceToken: deviceToken ?? deviceCookie(request, isSecure(shell)),
  };
}

/** INVARIANT: only a page of ours signs a browser in, else another one could sign it in as somebody else. Throws HttpError `cross-site`. */
export function checkCarried(request: FastifyRequest, as: Carried): void {
  if (as === "cookie") assertSameSite(request);
}

/** A session goes on as it came. */
export function carriedBy(request: FastifyRequest): Carried {
  return request.headers.authorization === undefined ? "cookie" : "token";
}

export function isSecure({ publicUrl }: Pick<Shell, "publicUrl">): boolean {
  return publicUrl().protocol === "https:";
}

/** Hands the token over as it was asked for, and says how the session stands. */
export async function signedInAnswer(
  shell: Shell,
  { reply }: Exchange,
  as: Carried,
  entered: { readonly token: string; readonly deviceToken: string | null },
): Promise<z.output<typeof signedIn>> {
  const principal = await shell.signIns.sessions.authenticate(entered.token, true);
  if (principal === null) throw new SignInError("not-in-force");
  const answer = await sessionAnswer(shell, principal);
  if (as === "token") return { session: answer, token: entered.token, deviceToken: entered.deviceToken };
  carryInCookies(shell, reply, doorFor(principal), { ...entered, endsAt: new Date(answer.endsAt) });
  return { session: answer, token: null, deviceToken: null };
}

/** By whose session it is, so that it never lands where it would not count. */
export function doorFor({ kind }: Pick<Authenticated, "kind">): Door {
  return kind === "customer" ? "portal" : "staff";
}

export function carryInCookies(
  shell: Pick<Shell, "publicUrl" | "clock">,
  reply: FastifyReply,
  door: Door,
  entered: { readonly token: string; readonly deviceToken: string | null; readonly endsAt: Date },
): void {
  const maxAgeSeconds = Math.ceil((entered.endsAt.getTime() - shell.clock.now().getTime()) / 1000);
  setSessionCookie(reply, door, entered.token, { isSecure: isSecure(shell), maxAgeSeconds });
  if (entered.deviceToken !== null) setDeviceCookie(reply, door, entered.deviceToken, isSecure(shell));
}

/** Throws SignInError `no-session`. */
export async function sessionAnswer(shell: Shell, principal: Authenticated): Promise<z.output<typeof session>> {
  const { signIn, principalId, role } = principal;
  if (signIn === null) throw new SignInError("no-session");
  const { access, signIns } = shell;
  const [face, sessions, person] = await Promise.all([
    signIns.face(principal),
    signIns.sessions.of(principalId),
    access.describePrincipal(principalId),
  ]);
  const row = sessions.find(({ rowId }) => rowId === signIn.sessionId);
  if (row === undefined || row.endsAt === null) throw new SignInError("unknown-session");
  return {
    sessionId: signIn.sessionId,
    principalId,
    name: person?.name ?? "",
    role,
    methods: [...signIn.methods],
    needs: face.needs,
    startedAt: signIn.at.toISOString(),
    endsAt: row.endsAt.toISOString(),
    idleSeconds: row.content.idleSeconds,
    strongAt: signIn.strongAt?.toISOString() ?? null,
    isFresh: face.isFresh,
    freshSeconds: face.freshSeconds,
    phishingResistantAt: signIn.phishingResistantAt?.toISOString() ?? null,
    may: ACTIONS.filter((action) => access.may(principal, action)),
    purposes: [...principal.purposes],
    entities: [...principal.entities],
    lines: [...principal.lines],
    isPasskeyWanted: face.isPasskeyWanted,
    factors: factorsAnswer(face.factors),
    notices: face.notices.map(({ rowId, content }) => ({ noticeId: rowId, ...content })),
  };
}

export function factorsAnswer(held: Factors): z.output<typeof factors> {
  return { ...held, factors: held.factors.map((factor) => ({ ...factor })) };
}
