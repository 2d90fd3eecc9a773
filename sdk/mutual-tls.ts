// Requests over TLS that show the client's certificate (RFC 8705), which the platform's fetch cannot. Node only.
import { Agent, request } from "node:https";
import { Readable } from "node:stream";
import { getCACertificates } from "node:tls";

/** PEM texts. `ca`: whom to trust for the server, beside the usual authorities. */
export interface MutualTls {
  readonly clientId: string;
  readonly certificate: string;
  readonly key: string;
  readonly ca?: string | undefined;
}

const agents = new WeakMap<MutualTls, Agent>();

export async function fetchOverMutualTls(client: MutualTls, url: string, init: RequestInit): Promise<Response> {
  const body = await bodyOf(init);
  const headers = { ...Object.fromEntries(new Headers(init.headers)), "content-length": body.length };
  const options = { agent: agentOf(client), method: init.method ?? "GET", headers };
  return new Promise((resolve, reject) => {
    const asked = request(url, { ...options, ...(init.signal == null ? {} : { signal: init.signal }) }, (answer) => {
      const status = answer.statusCode ?? 500;
      // As `redirect: "error"`: a token is for one server.
      if (status >= 300 && status < 400) return void asked.destroy(new Error("the server redirects"));
      const answered = Object.entries(answer.headersDistinct).map(([name, values]) => [
        name,
        (values ?? []).join(", "),
      ]);
      const content = status === 204 ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
      resolve(new Response(content, { status, headers: Object.fromEntries(answered) as Record<string, string> }));
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

function agentOf(client: MutualTls): Agent {
  const known = agents.get(client);
  if (known !== undefined) return known;
  const { certificate: cert, key, ca } = client;
  const trusted = ca === undefined ? {} : { ca: [...getCACertificates("default"), ca] };
  const agent = new Agent({ keepAlive: true, minVersion: "TLSv1.3", cert, key, ...trusted });
  agents.set(client, agent);
  return agent;
}

async function bodyOf({ body }: RequestInit): Promise<Buffer> {
  if (body == null) return Buffer.alloc(0);
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Blob) return Buffer.from(await body.arrayBuffer());
  throw new TypeError("a body must be a text or a Blob");
}
