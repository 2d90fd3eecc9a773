// What a browser carries to the recipient's identity provider and back: a cookie that no script reads, for minutes.
import type { FastifyReply, FastifyRequest } from "fastify";
import { readCookie, setCookie } from "../session-cookie.ts";
import type { Shell } from "../shell.ts";

const CARRIED_SECONDS = 600;
const isSecure = ({ publicUrl }: Pick<Shell, "publicUrl">): boolean => publicUrl().protocol === "https:";
const nameOf = (shell: Pick<Shell, "publicUrl">): string =>
  isSecure(shell) ? "__Host-uberrima-room" : "uberrima-room";

export function carriedByRoom(shell: Pick<Shell, "publicUrl">, request: FastifyRequest): string | null {
  return readCookie(request, nameOf(shell));
}

/** Lax: the way back is a navigation that another site begins. */
export function carryForRoom(shell: Pick<Shell, "publicUrl">, reply: FastifyReply, value: string | null): void {
  const maxAgeSeconds = value === null ? 0 : CARRIED_SECONDS;
  setCookie(reply, nameOf(shell), value ?? "", { isSecure: isSecure(shell), maxAgeSeconds, sameSite: "Lax" });
}
