// The pages by which staff sign in and look after their own account. TypeScript of `console/people`, its types taken off at start; nothing from elsewhere.
import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Shell } from "../shell.ts";

const FOLDER = join(import.meta.dirname, "../../../console/people");
const PAGES = ["sign-in", "enrol", "account"] as const;

// What is ours and nothing else: no inline script or style, no form to elsewhere, no frame around it.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'none'";
const HEADERS = {
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "publickey-credentials-get=(self), publickey-credentials-create=(self)",
};
const OPTIONS = { config: { isPublic: true }, schema: { hide: true } } as const;

export function addPages(http: FastifyInstance, { federated }: Pick<Shell, "federated">): void {
  for (const page of PAGES) {
    const html = htmlOf(page, federated.hasProvider);
    http.get(`/${page}`, OPTIONS, (_request, reply) => send(reply, "text/html", html));
  }
  for (const name of readdirSync(FOLDER)) {
    const text = readFileSync(join(FOLDER, name), "utf8");
    const isScript = name.endsWith(".ts");
    const [type, content] = isScript ? ["text/javascript", stripTypeScriptTypes(text)] : ["text/css", text];
    http.get(`/pages/${name}`, OPTIONS, (_request, reply) => send(reply, type, content));
  }
}

function send(reply: FastifyReply, type: string, content: string): FastifyReply {
  return reply.headers(HEADERS).type(`${type}; charset=utf-8`).send(content);
}

function htmlOf(page: string, hasProvider: boolean): string {
  return `<!doctype html>
<html lang="en"${hasProvider ? " data-sign-on" : ""}>
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>Uberrima</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/pages/style.css">
    <script type="module" src="/pages/${page}.ts"></script>
  </head>
  <body>
    <header>Uberrima</header>
    <main><noscript>This page needs JavaScript, which it loads from this server alone.</noscript></main>
  </body>
</html>
`;
}
