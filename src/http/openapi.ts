// The OpenAPI 3.1 document, made from the routes, and pages to browse it that load nothing from elsewhere.
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { createJsonSchemaTransform } from "fastify-type-provider-zod";
import { withProblems } from "./problem-statuses.ts";

const DESCRIPTION = `Customer information of insurers: kept sealed, shown only through the gate, recorded before it is shown.

Send the token of an API client as \`Authorization: Bearer\`. Errors are problem documents (RFC 9457); they never repeat what was sent.
Writes take an \`Idempotency-Key\`. Lists are paged by cursor. HEAD is answered where no token is needed.

Systems get tokens at \`POST /oauth/token\` (RFC 6749, with RFC 7523, 8705 and 8693) and end them at \`POST /oauth/revoke\` (RFC 7009); both take
forms and refuse as RFC 6749 5.2 says. \`/.well-known/oauth-authorization-server\` (RFC 8414) says the rest.

Beside what is described here, and without a token: \`/health/live\`, \`/health/ready\`, \`/metrics\` (Prometheus), and the public log below \`/log\`
(C2SP tlog-tiles).`;

// The pages' own scripts and styles only; the bundle sets styles from script.
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Before the routes are registered, so that it sees them. */
export async function describeRoutes(http: FastifyInstance, version: string): Promise<void> {
  await http.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Uberrima",
        version,
        description: DESCRIPTION,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
    },
    transform: createJsonSchemaTransform({}),
    transformObject: (made) => ("openapiObject" in made ? withProblems(made.openapiObject) : made.swaggerObject),
    hideUntagged: true,
  });
}

export async function serveDocumentation(http: FastifyInstance): Promise<void> {
  http.get("/openapi.json", { config: { isPublic: true }, schema: { hide: true } }, () => http.swagger());
  await http.register(async (docs) => {
    docs.addHook("onRoute", (route) => {
      route.config = { ...route.config, isPublic: true };
    });
    await docs.register(swaggerUi, {
      routePrefix: "/docs",
      staticCSP: DOCS_POLICY,
      // Without this the pages would send the document to a validator on the internet.
      uiConfig: { validatorUrl: null, docExpansion: "none", tryItOutEnabled: true, persistAuthorization: false },
      // The top bar would load a description, and send a token, wherever somebody asks it to.
      theme: {
        title: "Uberrima API",
        css: [{ filename: "bar.css", content: ".swagger-ui .topbar { display: none }" }],
      },
      logLevel: "silent",
    });
  });
}
