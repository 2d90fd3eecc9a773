// Sends one operation of the contract and parses its answer. Works wherever there is `fetch`.
import { problem as problemSchema } from "../contract/common.ts";
import type { Answer, Asking, Route } from "../contract/route.ts";
import { SdkError } from "./sdk-error.ts";
import type { TokenSource } from "./token-source.ts";

const TIMEOUT_MS = 60_000;

export interface Connection {
  /** e.g. https://uberrima.example.org */
  readonly url: string;
  /** An API client's token; left out for what is public. */
  readonly token?: string | undefined;
  /** In place of `token`: tokens that are asked for and renewed. */
  readonly tokens?: TokenSource | undefined;
  /** Replaces the platform's fetch: for a Unix socket, or tests. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

export interface CallOptions {
  /** The same key with the same request is done once, so that a write may be repeated after a lost answer. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** Throws SdkError: with the server's problem, or with code `unreachable` or `unexpected-answer`. */
export type Call = <R extends Route>(described: R, asking: Asking<R>, options?: CallOptions) => Promise<Answer<R>>;

export function caller(connection: Connection): Call {
  return async (described, asking, options = {}) => {
    const answer = await send(connection, described, asking, options);
    const content = described.gives === undefined ? parseJson(await answer.text()) : await answer.text();
    const parsed = described.answer.safeParse(content);
    if (!parsed.success) {
      throw new SdkError("unexpected-answer", "the server's answer is not of the agreed form: versions may differ");
    }
    return parsed.data as Answer<typeof described>;
  };
}

/** Answers only what succeeded; the body is not read yet. */
export async function send(
  connection: Connection,
  described: Route,
  asking: unknown,
  options: CallOptions,
): Promise<Response> {
  const { params, query, body } = asking as { params?: Values; query?: Values; body?: unknown };
  // A server may stand below a path of its own.
  const url = new URL(connection.url.replace(/\/+$/, "") + fillIn(described.path, params ?? {}));
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const deadline = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const init: Sending = {
    method: described.method,
    headers: headersOf(described, body, options),
    signal: options.signal === undefined ? deadline : AbortSignal.any([options.signal, deadline]),
    redirect: "error",
    ...(body === undefined ? {} : { body: described.takes === undefined ? JSON.stringify(body) : (body as Blob) }),
  };
  const answer = await reachWithToken(connection, url, init);
  if (!answer.ok) throw await refusalOf(answer);
  return answer;
}

/** A token of ours may have ended before its time. Whoever is not authenticated has done nothing yet, so it is asked once more. */
async function reachWithToken(connection: Connection, url: URL, init: Sending): Promise<Response> {
  const { token, tokens } = connection;
  if (tokens === undefined) return reach(connection, url, withToken(init, token));
  const first = await tokens.token();
  const answer = await reach(connection, url, withToken(init, first));
  if (answer.status !== 401) return answer;
  await answer.body?.cancel();
  tokens.forget(first);
  return reach(connection, url, withToken(init, await tokens.token()));
}

type Sending = RequestInit & { readonly headers: Headers };

function withToken(init: Sending, token: string | undefined): Sending {
  if (token === undefined) return init;
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${token}`);
  return { ...init, headers };
}

type Values = Readonly<Record<string, string | number | undefined>>;

function fillIn(path: string, params: Values): string {
  return path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new TypeError(`the path needs ${name}`);
    return encodeURIComponent(value);
  });
}

function headersOf(described: Route, body: unknown, options: CallOptions): Headers {
  const headers = new Headers();
  if (body !== undefined) headers.set("content-type", described.takes ?? "application/json");
  if (options.idempotencyKey !== undefined) headers.set("idempotency-key", options.idempotencyKey);
  return headers;
}

async function reach(connection: Connection, url: URL, init: RequestInit): Promise<Response> {
  try {
    return await (connection.fetch ?? fetch)(url.href, init);
  } catch (cause) {
    if (init.signal?.aborted === true && (cause as Error).name === "AbortError") throw cause;
    throw new SdkError("unreachable", `no answer from ${url.origin}`, { cause });
  }
}

async function refusalOf(answer: Response): Promise<SdkError> {
  const parsed = problemSchema.safeParse(parseJson(await answer.text()));
  const status = answer.status;
  if (!parsed.success) return new SdkError("unexpected-answer", `the server answered ${status}`, { status });
  const retryAfterSeconds = Number(answer.headers.get("retry-after") ?? Number.NaN);
  return new SdkError(parsed.data.code, parsed.data.detail, {
    problem: parsed.data,
    retryAfterSeconds: Number.isFinite(retryAfterSeconds) ? retryAfterSeconds : null,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
