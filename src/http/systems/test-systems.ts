// For tests: servers with TLS that ask clients for certificates, and clients that sign, show certificates, or steal from each other.
import { mkdtempSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signAssertion, type AssertionParts, type TestKey } from "../../systems/test-assertion.ts";
import { startTestServer, type TestServer, type TestServerOptions } from "../../test-server.ts";
import { makeTestCertificate, type TestCertificate } from "../test-certificate.ts";

export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Sent {
  readonly method?: string;
  readonly token?: string;
  readonly json?: object;
  readonly form?: Readonly<Record<string, string>> | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Shown in the handshake. */
  readonly certificate?: TestCertificate;
}

export interface TlsServer {
  readonly server: TestServer;
  /** Who issues certificates to clients, to this server's knowledge. */
  readonly authority: TestCertificate;
  send(path: string, sent?: Sent): Promise<Answered>;
  /** Asks for a token with an assertion. */
  sign(key: TestKey, parts: Partial<AssertionParts> & { clientId: string }): Promise<string>;
  tokenFor(key: TestKey, clientId: string, more?: Readonly<Record<string, string>>, sent?: Sent): Promise<Answered>;
}

const files = {
  server: makeTestCertificate(new Date()),
  authority: makeTestCertificate(new Date(), { commonName: "authority" }),
};

export async function startTlsServer(
  options: TestServerOptions & { readonly beside?: TestServer } = {},
): Promise<TlsServer> {
  const folder = mkdtempSync(join(tmpdir(), "uberrima-systems-"));
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const settings = {
    UBERRIMA_TLS_CERT: write("cert.pem", files.server.certPem),
    UBERRIMA_TLS_KEY: write("key.pem", files.server.keyPem),
    UBERRIMA_CLIENT_CA: write("ca.pem", files.authority.certPem),
    UBERRIMA_STATIC_SECRETS: "allow",
    UBERRIMA_CLIENT_APPROVAL: "off",
    ...options.settings,
  };
  const server = await startTestServer({ ...options, settings });
  const send: TlsServer["send"] = (path, sent = {}) => sendTo(server.url, path, sent);
  const sign: TlsServer["sign"] = (key, parts) => signAssertion(key, { audience: server.url, ...parts });
  return {
    server,
    authority: files.authority,
    send,
    sign,
    tokenFor: async (key, clientId, more = {}, sent = {}) =>
      send("/oauth/token", { ...sent, form: { ...assertionForm(await sign(key, { clientId })), ...more } }),
  };
}

export function assertionForm(assertion: string): Record<string, string> {
  return {
    grant_type: "client_credentials",
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: assertion,
  };
}

/** One request over one connection of its own. */
function sendTo(url: string, path: string, sent: Sent): Promise<Answered> {
  const { method = sent.form === undefined && sent.json === undefined ? "GET" : "POST", token, certificate } = sent;
  const body = bodyOf(sent);
  const headers = {
    ...(body === null ? {} : { "content-type": body.type, "content-length": Buffer.byteLength(body.text) }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...sent.headers,
  };
  const identity = certificate === undefined ? {} : { cert: certificate.certPem, key: certificate.keyPem };
  return new Promise((resolve, reject) => {
    const options = { method, headers, ca: files.server.certPem, agent: false, ...identity };
    const asked = request(url + path, options, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: parse(text) });
      });
    });
    asked.on("error", reject);
    asked.end(body?.text);
  });
}

function bodyOf({ form, json }: Sent): { type: string; text: string } | null {
  if (form !== undefined) {
    const text = typeof form === "string" ? form : new URLSearchParams(form).toString();
    return { type: "application/x-www-form-urlencoded", text };
  }
  return json === undefined ? null : { type: "application/json", text: JSON.stringify(json) };
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
