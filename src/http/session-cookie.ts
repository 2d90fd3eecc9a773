// A browser's session: a cookie that no script reads, that goes to this server alone and with no request of another site's making.
import type { FastifyReply, FastifyRequest } from "fastify";
import { HttpError } from "./errors.ts";

/** RFC 6265bis 4.1.3: with this prefix no other host and no plain connection can set it. */
const SECURE_NAME = "__Host-uberrima";
/** On loopback without TLS. */
const PLAIN_NAME = "uberrima";

export interface CookieOptions {
  readonly isSecure: boolean;
  readonly maxAgeSeconds: number;
}

export function setSessionCookie(reply: FastifyReply, token: string, options: CookieOptions): void {
  setCookie(reply, options.isSecure ? SECURE_NAME : PLAIN_NAME, token, { ...options, sameSite: "Strict" });
}

export function clearSessionCookie(reply: FastifyReply, isSecure: boolean): void {
  setSessionCookie(reply, "", { isSecure, maxAgeSeconds: 0 });
}

/**
 * The token; null when there is none, or more than one of the name, of which one would be somebody else's. INVARIANT: the plain name counts on loopback
 * alone: beyond it, a neighbour's page under the same domain could set it, and sign a browser in as somebody else.
 */
export function sessionCookie(request: FastifyRequest): string | null {
  const isPlain = request.protocol === "http" && LOOPBACK_HOST.test(request.headers.host ?? "");
  return readCookie(request, SECURE_NAME) ?? (isPlain ? readCookie(request, PLAIN_NAME) : null);
}

const LOOPBACK_HOST = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d{1,5})?$/;

/** What tells a device that its owner has signed in from: it outlives sessions. */
export function setDeviceCookie(reply: FastifyReply, token: string, isSecure: boolean): void {
  setCookie(reply, deviceName(isSecure), token, { isSecure, maxAgeSeconds: DEVICE_SECONDS, sameSite: "Strict" });
}

export function deviceCookie(request: FastifyRequest, isSecure: boolean): string | null {
  return readCookie(request, deviceName(isSecure));
}

const DEVICE_SECONDS = 365 * 86_400;
const deviceName = (isSecure: boolean): string => `${isSecure ? SECURE_NAME : PLAIN_NAME}-device`;

export interface Cookie extends CookieOptions {
  readonly sameSite: "Strict" | "Lax";
}

export function setCookie(reply: FastifyReply, name: string, value: string, cookie: Cookie): void {
  const { isSecure, maxAgeSeconds, sameSite } = cookie;
  const line = `${name}=${value}; Path=/; HttpOnly; SameSite=${sameSite}; Max-Age=${maxAgeSeconds}${isSecure ? "; Secure" : ""}`;
  // The framework adds cookies to those that are set already.
  void reply.header("set-cookie", line);
}

export function readCookie({ headers }: FastifyRequest, name: string): string | null {
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim());
  const values = pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && value !== "" ? value : null;
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A request that a cookie vouches for must be of our own pages' making: no form and no image of another site can set a header, and a browser says where
 * a request comes from (Fetch Metadata; older ones in RFC 6454's Origin). Whoever says neither is no browser of ours. Throws HttpError `cross-site`.
 */
export function assertSameSite({ method, headers }: FastifyRequest): void {
  if (SAFE_METHODS.has(method)) return;
  const site = headers["sec-fetch-site"];
  const isOurs = site === undefined ? isOwnOrigin(headers) : site === "same-origin" || site === "none";
  if (headers["x-uberrima-request"] !== "1" || !isOurs) throw new HttpError("cross-site");
}

function isOwnOrigin({ origin, host }: FastifyRequest["headers"]): boolean {
  return origin !== undefined && host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
