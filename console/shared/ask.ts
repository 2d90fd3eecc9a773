// Asks the server for one operation of the contract: the session in a cookie that no script sees, failures as the problem documents they come as.
import { operations } from "./operations.ts";
import type { Answer, Asking } from "../../contract/route.ts";
import type { RouteId, RouteOf } from "../../contract/routes.ts";
import { problemIn, Refused } from "./refused.ts";

export type AnswerOf<Id extends RouteId> = Answer<RouteOf<Id>>;
export type AskingOf<Id extends RouteId> = Asking<RouteOf<Id>>;

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** The same key with the same request is done once, however often it is sent. */
  readonly idempotencyKey?: string;
}

interface Loose {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

let heed: (refused: Refused) => void = () => {};

/** One listener a page, for what concerns it whoever asked, such as that the session is over. */
export function heedRefusals(listener: (refused: Refused) => void): void {
  heed = listener;
}

function refused(answer: Response, text: string): Refused {
  const waitSeconds = Number(answer.headers.get("retry-after") ?? Number.NaN);
  const failure = new Refused(answer.status, problemIn(text), {
    waitSeconds: Number.isFinite(waitSeconds) ? waitSeconds : null,
  });
  heed(failure);
  return failure;
}

/** Answers JSON parsed, and other media as text. Throws Refused. */
export async function ask<Id extends RouteId>(
  id: Id,
  asking: AskingOf<Id>,
  options: AskOptions = {},
): Promise<AnswerOf<Id>> {
  const { answer, text } = await inTime(options.signal, async (signal) => {
    const came = await send(id, asking as Loose, { ...options, signal });
    return { answer: came, text: await came.text() };
  });
  if (!answer.ok) throw refused(answer, text);
  const parsed: unknown = operations[id].gives === undefined ? JSON.parse(text === "" ? "{}" : text) : text;
  return parsed as AnswerOf<Id>;
}

/** For files: what the server answers, as bytes, by the name that the server gave it. Throws Refused. */
export async function askForFile<Id extends RouteId>(id: Id, asking: AskingOf<Id>): Promise<File> {
  const answer = await inTime(undefined, (signal) => send(id, asking as Loose, { signal }));
  if (!answer.ok) throw refused(answer, await answer.text());
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1];
  return new File([await answer.blob()], name ?? "file");
}

/** Which pages these are: the server takes the one's session for the other's nowhere. */
const PAGES = /^\/portal(\/|$)/.test(location.pathname) ? "portal" : "1";

async function send(id: RouteId, { params, query, body }: Loose, options: AskOptions): Promise<Response> {
  const { method, path, takes } = operations[id];
  const isJson = body !== undefined && takes === undefined;
  const headers = new Headers({ "x-uberrima-request": PAGES });
  if (body !== undefined) headers.set("content-type", takes ?? "application/json");
  if (options.idempotencyKey !== undefined) headers.set("idempotency-key", options.idempotencyKey);
  const init: RequestInit = {
    method,
    headers,
    credentials: "same-origin",
    cache: "no-store",
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as Blob) }),
  };
  return fetch(withParts(path, params ?? {}, query ?? {}), init);
}

/** An answer that does not come in this time does not come: longer than the server itself takes to give up. */
const ANSWER_MS = 60_000;

/** Throws Refused where no whole answer came, and what the asker's own signal throws. */
async function inTime<Result>(
  own: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ANSWER_MS);
  try {
    return await work(own === undefined ? late.signal : AbortSignal.any([own, late.signal]));
  } catch (error) {
    if (own?.aborted === true) throw error;
    throw new Refused(0, problemIn(""));
  } finally {
    clearTimeout(timer);
  }
}

/** Lists go as the name once a member. */
function withParts(path: string, params: NonNullable<Loose["params"]>, query: NonNullable<Loose["query"]>): string {
  const filled = path.replaceAll(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    for (const each of Array.isArray(value) ? value : [value]) search.append(name, String(each));
  }
  return search.size === 0 ? filled : `${filled}?${search}`;
}
