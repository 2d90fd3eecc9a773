// A browser's session: a cookie that no script reads, that goes to this server alone and with no request of another site's making.
import type { FastifyReply, FastifyRequest } from "fastify";
import { HttpError } from "./errors.ts";

/** Which pages a session belongs to: one browser may hold one of each, and neither stands for the other. */
export type Door = "staff" | "portal";

/** RFC 6265bis 4.1.3: with this prefix no other host and no plain connection can set it. */
const SECURE_PREFIX = "__Host-";
/** On loopback without TLS it is the whole name. */
const NAMES: Readonly<Record<Door, string>> = { staff: "uberrima", portal: "uberrima-portal" };

function nameOf(door: Door, isSecure: boolean): string {
  return `${isSecure ? SECURE_PREFIX : ""}${NAMES[door]}`;
}

/** Pages say which they are in the header that all of them send; the portal's own operations are nobody else's. */
export function doorOf({ headers, routeOptions }: FastifyRequest): Door {
  const isPortal = headers["x-uberrima-request"] === "portal" || routeOptions.url?.startsWith("/v1/portal/") === true;
  return isPortal ? "portal" : "staff";
}

export interface CookieOptions {
  readonly isSecure: boolean;
  readonly maxAgeSeconds: number;
}

export function setSessionCookie(reply: FastifyReply, door: Door, token: string, options: CookieOptions): void {
  setCookie(reply, nameOf(door, options.isSecure), token, { ...options, sameSite: "Strict" });
}

export function clearSessionCookie(reply: FastifyReply, door: Door, isSecure: boolean): void {
  setSessionCookie(reply, door, "", { isSecure, maxAgeSeconds: 0 });
}

/**
 * The token; null when there is none, or more than one of the name, of which one would be somebody else's. INVARIANT: the plain name counts on loopback
 * alone: beyond it, a neighbour's page under the same domain could set it, and sign a browser in as somebody else.
 */
export function sessionCookie(request: FastifyRequest): string | null {
  const isPlain = request.protocol === "http" && LOOPBACK_HOST.test(request.headers.host ?? "");
  const door = doorOf(request);
  return readCookie(request, nameOf(door, true)) ?? (isPlain ? readCookie(request, nameOf(door, false)) : null);
}

const LOOPBACK_HOST = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d{1,5})?$/;

/** What tells a device that its owner has signed in from: it outlives sessions. */
export function setDeviceCookie(reply: FastifyReply, door: Door, token: string, isSecure: boolean): void {
  setCookie(reply, deviceName(door, isSecure), token, { isSecure, maxAgeSeconds: DEVICE_SECONDS, sameSite: "Strict" });
}

export function deviceCookie(request: FastifyRequest, isSecure: boolean): string | null {
  return readCookie(request, deviceName(doorOf(request), isSecure));
}

const DEVICE_SECONDS = 365 * 86_400;
const deviceName = (door: Door, isSecure: boolean): string => `${nameOf(door, isSecure)}-device`;

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
/** What our own pages send: the staff's `1`, the customers' `portal`. */
const OWN_PAGES: ReadonlySet<unknown> = new Set(["1", "portal"]);

/**
 * A request that a cookie vouches for must be of our own pages' making: no form and no image of another site can set a header, and a browser says where
 * a request comes from (Fetch Metadata; older ones in RFC 6454's Origin). Whoever says neither is no browser of ours. Throws HttpError `cross-site`.
 */
export function assertSameSite({ method, headers }: FastifyRequest): void {
  if (SAFE_METHODS.has(method)) return;
  const site = headers["sec-fetch-site"];
  const isOurs = site === undefined ? isOwnOrigin(headers) : site === "same-origin" || site === "none";
  if (!OWN_PAGES.has(headers["x-uberrima-request"]) || !isOurs) throw new HttpError("cross-site");
}

function isOwnOrigin({ origin, host }: FastifyRequest["headers"]): boolean {
  return origin !== undefined && host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
