// The pages for staff and for customers, served by the server they talk to; nothing from elsewhere.
import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Shell } from "../shell.ts";
import { builtPages, type Asset } from "./built-pages.ts";
import { STAFF_PATHS } from "./paths.ts";

const PORTAL_PATH = "portal";

const NONCE_BYTES = 16;
const OPTIONS = { config: { isPublic: true }, schema: { hide: true } } as const;
/** As build-pages.ts wrote it. */
const NONCE = /NONCE-OF-THIS-ANSWER/g;

/** Without sources elsewhere. The nonce is for the component library's style elements; scripts are files of ours. */
const policy = (nonce: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self'; ` +
  "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const ALWAYS = {
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy":
    "publickey-credentials-get=(self), publickey-credentials-create=(self), clipboard-write=(self), camera=(), microphone=(), geolocation=()",
};

export async function addPages(http: FastifyInstance, { federated }: Pick<Shell, "federated">): Promise<void> {
  const { staff, portal, assets } = await builtPages();
  const withSignOn = federated.hasProvider ? staff.replace("<html ", "<html data-sign-on ") : staff;
  for (const path of STAFF_PATHS) addPage(http, path, withSignOn);
  addPage(http, PORTAL_PATH, portal);
  answerLost(http, { staff: withSignOn, portal });
  for (const [name, asset] of assets) {
    http.get(`/assets/${name}`, OPTIONS, (request, reply) =>
      sendAsset(reply, asset, /\bbr\b/.test(request.headers["accept-encoding"] ?? "")),
    );
  }
}

/** Whatever lies below is routed by the page itself. */
function addPage(http: FastifyInstance, path: string, html: string): void {
  for (const url of [`/${path}`, `/${path}/*`]) http.get(url, OPTIONS, (_request, reply) => sendPage(reply, html));
}

function sendPage(reply: FastifyReply, html: string): FastifyReply {
  const nonce = randomBytes(NONCE_BYTES).toString("base64");
  return reply
    .headers({ ...ALWAYS, "content-security-policy": policy(nonce) })
    .type("text/html; charset=utf-8")
    .send(html.replaceAll(NONCE, nonce));
}

/** Below these no page ever was: who asks there is a program, or somebody who looks at what programs get. */
const NOT_FOR_PEOPLE = /^\/(v\d+|scim|oauth|log|assets|\.well-known|docs)(\/|$)/;

/** A person's browser that went astray gets the page that says so, with the way home; everybody else the problem document. */
function answerLost(http: FastifyInstance, pages: { readonly staff: string; readonly portal: string }): void {
  http.addHook("onRequest", (request, reply, done) => {
    if (!request.is404 || !isForPerson(request)) return done();
    sendPage(reply.code(404), /^\/portal(\/|$)/.test(request.url) ? pages.portal : pages.staff);
  });
}

/** RFC 9110 12.5.1: a browser that opens an address names HTML; `*\/*` alone is no wish for it. */
function isForPerson({ method, url, headers }: FastifyRequest): boolean {
  if (method !== "GET" && method !== "HEAD") return false;
  return !NOT_FOR_PEOPLE.test(url.split("?", 1)[0] ?? "") && /\btext\/html\b/.test(headers.accept ?? "");
}

function sendAsset(reply: FastifyReply, { type, bytes, brotli }: Asset, takesBrotli: boolean): FastifyReply {
  const isPacked = takesBrotli && brotli !== null;
  return reply
    .headers({
      vary: "accept-encoding",
      // Names hold a digest of the content, so what stands under one never changes.
      "cache-control": "public, max-age=31536000, immutable",
      ...(isPacked ? { "content-encoding": "br" } : {}),
    })
    .type(type)
    .send(isPacked ? brotli : bytes);
}
