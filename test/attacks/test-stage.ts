// For attacks: a whole server, customers made over HTTP, and its database as a superuser who means harm sees it.
import assert from "node:assert/strict";
import pg from "pg";
import { startTestServer, type TestClient, type TestServer } from "../../src/test-server.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
}

export interface Json {
  readonly [key: string]: unknown;
}

/** A list within an answer. */
export const listIn = (body: Json, name: string): readonly Json[] => (body[name] ?? []) as readonly Json[];

export interface Person {
  readonly clientId: string;
  readonly token: string;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface MadeCustomer {
  readonly customerId: string;
  readonly unitIds: readonly string[];
  readonly recordIds: readonly string[];
}

export interface CustomerChanges {
  readonly book?: string;
  /** Under which key of the source system "core". */
  readonly source?: string;
  /** To be shared with another; otherwise everybody has their own. */
  readonly ssn?: string;
}

export interface AttackStage {
  readonly server: TestServer;
  readonly admin: Person;
  readonly intruder: pg.Client;
  hire(request: TestClient): Promise<Person>;
  assign(to: Person, customer: MadeCustomer, at?: { unit?: number; kind?: string }): Promise<void>;
  /** One customer with a relationship (person, government id) and two claims. */
  customer(by: Person, changes?: CustomerChanges): Promise<MadeCustomer>;
  verify(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function setAttackStage(): Promise<AttackStage> {
  const server = await startTestServer();
  const intruder = new pg.Client({ connectionString: server.database.superuserUrl });
  await intruder.connect();
  const person = (clientId: string, token: string): Person => personAt(server.url, clientId, token);
  const hire = async (request: TestClient): Promise<Person> => {
    const { principalId, token } = await server.createClient(request);
    return person(principalId, token);
  };
  const admin = person(server.admin.principalId, server.admin.token);
  const auditor = await hire({ role: "it-admin", purposes: ["emergency"], rowScope: "none", entities: [], lines: [] });
  return {
    server,
    admin,
    intruder,
    hire,
    assign: async (to, { customerId, unitIds }, { unit, kind = "claim" } = {}) => {
      const unitId = unit === undefined ? {} : { unitId: unitIds[unit] };
      const answer = await admin.ask("POST", "/v1/assignments", { customerId, ...unitId, clientId: to.clientId, kind });
      assert.equal(answer.status, 201, answer.text);
    },
    customer: (by, changes) => makeCustomer(by, changes),
    verify: async () => {
      const answer = await auditor.ask("POST", "/v1/verifications", {});
      assert.equal(answer.status, 200, answer.text);
      return [...new Set(listIn(answer.body, "findings").map(({ code }) => String(code)))].sort();
    },
    close: async () => {
      await intruder.end();
      await server.stop();
    },
  };
}

export function personAt(url: string, clientId: string, token: string): Person {
  return { clientId, token, ask: (method, path, body, headers) => ask(url, { method, path, body, token, headers }) };
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly token: string;
  readonly headers?: Record<string, string> | undefined;
}

async function ask(url: string, { method, path, body, token, headers = {} }: Call): Promise<Answer> {
  const json = body === undefined ? {} : { "content-type": "application/json" };
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...json, ...headers },
    ...(body === undefined
      ? {}
      : { body: typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = /json$|json;/.test(answer.headers.get("content-type")?.replace("application/x-ndjson", "") ?? "");
  return { status: answer.status, headers: answer.headers, text, body: (isJson ? JSON.parse(text) : {}) as Json };
}

let made = 0;

async function makeCustomer(
  by: Person,
  { book, source, ssn = `900-12-${String(3457 + made)}` }: CustomerChanges = {},
): Promise<MadeCustomer> {
  made += 1;
  const place = { entity: "acme", brand: "acme", line: "life", ...(book === undefined ? {} : { book }) };
  const answer = await by.ask("POST", "/v1/customers", {
    kind: "person",
    ...(source === undefined ? {} : { source: { system: "core", key: source } }),
    units: [
      {
        kind: "relationship",
        ...place,
        records: [
          { type: "person", fields: { "first-name": "Mara", "last-name": "Holloway", "birth-date": "1971-03-09" } },
          { type: "government-id", fields: { ssn, "holder-last-name": "Holloway" } },
        ],
      },
      {
        kind: "claim",
        ...place,
        records: [{ type: "claim", fields: { number: `CL-1${made}`, narrative: "slipped on ice" } }],
      },
      {
        kind: "claim",
        ...place,
        records: [{ type: "claim", fields: { number: `CL-2${made}`, narrative: "another matter" } }],
      },
    ],
  });
  assert.equal(answer.status, 201, answer.text);
  const ids = (name: string, id: string): string[] => listIn(answer.body, name).map((each) => String(each[id]));
  return {
    customerId: String(answer.body["customerId"]),
    unitIds: ids("units", "unitId"),
    recordIds: ids("records", "recordId"),
  };
}
