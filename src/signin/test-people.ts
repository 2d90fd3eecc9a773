// For tests: people of a real server, who enrol by invitation and sign in over HTTP as anybody does.
import assert from "node:assert/strict";
import { generateSync } from "otplib";
import { type Client, connect } from "../../sdk/client.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Role } from "../kernel/vocabulary.ts";
import { startTestServer, type TestServer, type TestServerOptions } from "../test-server.ts";
import { type Authenticator, createAuthenticator } from "./test-authenticator.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, never>;
  readonly text: string;
}

export interface TestPeople {
  readonly server: TestServer;
  readonly site: string;
  /** Turns the clock of the server. */
  readonly pass: (ms: number) => void;
  readonly now: () => Date;
  ask(method: string, path: string, options?: Asked): Promise<Answer>;
  /** Asks, and fails unless it went well. */
  done<Body = Record<string, unknown>>(method: string, path: string, options?: Asked): Promise<Body>;
  invite(changes?: Record<string, unknown>): Promise<Invited>;
  /** With a password and an authenticator app. */
  enrolled(changes?: Record<string, unknown>): Promise<Enrolled>;
  /** With a passkey alone. */
  withPasskey(changes?: Record<string, unknown>): Promise<WithPasskey>;
  /** Half a session. */
  byPassword(person: Pick<Enrolled, "email" | "password">, more?: Record<string, unknown>): Promise<Answer>;
  /** As the app would show it so many seconds from now. */
  codeAt(person: Pick<Enrolled, "secret">, seconds: number): string;
  code(person: Pick<Enrolled, "secret">): string;
  signIn(person: Enrolled): Promise<SignedIn>;
  stop(): Promise<void>;
}

export interface Asked {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Invited {
  readonly staffId: string;
  readonly email: string;
  readonly invitation: string;
}
export interface SignedIn {
  readonly token: string;
  readonly deviceToken: string | null;
  readonly session: { readonly sessionId: string; readonly needs: string | null; readonly [other: string]: unknown };
}
export interface Enrolled extends Invited {
  readonly password: string;
  readonly secret: string;
  readonly token: string;
  readonly recoveryCodes: readonly string[];
}
export interface WithPasskey extends Invited {
  readonly authenticator: Authenticator;
  readonly token: string;
}

const PASSWORD = "glacier-tangent-ferment-41";

let made = 0;

export async function startTestPeople(options: TestServerOptions = {}): Promise<TestPeople> {
  let offsetMs = 0;
  const clock: Clock = options.clock ?? { now: () => new Date(Date.now() + offsetMs) };
  const server = await startTestServer({ ...options, clock });
  const pass = (ms: number): void => {
    offsetMs += ms;
  };
  const scene: Scene = { server, pass, now: () => clock.now() };
  return {
    ...scene,
    site: server.url.replace("127.0.0.1", "localhost"),
    ...asking(server),
    ...hands(scene),
    stop: () => server.stop(),
  };
}

/** On a server whose clock nobody turns. */
export function peopleOn(server: TestServer): Hands & Pick<TestPeople, "done"> {
  const { done } = asking(server);
  return { done, ...hands({ server, pass: () => {}, now: () => new Date() }) };
}

export interface InLine {
  readonly staffId: string;
  readonly client: Client;
}

/** Each reports to the one before. */
export async function lineOf<const Roles extends readonly Role[]>(
  server: TestServer,
  roles: Roles,
): Promise<{ [At in keyof Roles]: InLine }> {
  const people = peopleOn(server);
  const admin = connect({ url: server.url, token: server.admin.token });
  const line: InLine[] = [];
  for (const role of roles) {
    const { purposes, rowScopes } = server.app.domains.access.roles[role];
    const scope = { rowScope: rowScopes[0], entities: ["acme"], lines: ["life"] };
    const { staffId, token } = await people.withPasskey({ role, purposes: purposes.slice(0, 1), ...scope });
    const above = line.at(-1)?.staffId;
    if (above !== undefined) await admin.staff.nameSupervisor(staffId, above);
    line.push({ staffId, client: connect({ url: server.url, token }) });
  }
  return line as { [At in keyof Roles]: InLine };
}

type Scene = Pick<TestPeople, "server" | "pass" | "now">;

function asking(server: TestServer): Pick<TestPeople, "ask" | "done"> {
  const ask: TestPeople["ask"] = async (method, path, asked = {}) => {
    const { token, body, headers = {} } = asked;
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) };
  };
  return {
    ask,
    done: async (method, path, asked) => {
      const answer = await ask(method, path, asked);
      assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
      return answer.body as never;
    },
  };
}

type Hands = Pick<TestPeople, "invite" | "enrolled" | "withPasskey" | "byPassword" | "code" | "codeAt" | "signIn">;

function hands({ server, pass, now }: Scene): Hands {
  const { ask, done } = asking(server);
  const codeAt: Hands["codeAt"] = ({ secret }, seconds) =>
    generateSync({ secret, epoch: Math.floor(now().getTime() / 1000) + seconds });
  const code: Hands["code"] = (person) => codeAt(person, 0);
  const invite: Hands["invite"] = async (changes = {}) => {
    made += 1;
    const draft = { name: `Ada Nightingale ${made}`, email: `ada.${made}@insurer.example`, ...ADJUSTER, ...changes };
    const { staff, invitation } = await done<Made>("POST", "/v1/staff", { token: server.admin.token, body: draft });
    return { staffId: staff.staffId, email: staff.email, invitation: invitation.token };
  };
  const byPassword: Hands["byPassword"] = ({ email, password }, more = {}) =>
    ask("POST", "/v1/sessions", { body: { email, password, ...more } });
  return {
    code,
    codeAt,
    invite,
    byPassword,
    enrolled: async (changes) => {
      const invited = await invite(changes);
      return { ...invited, ...(await enrolByApp({ done }, invited.invitation, code)) };
    },
    withPasskey: async (changes) => {
      const invited = await invite(changes);
      const half = await accept({ done }, invited.invitation);
      const authenticator = createAuthenticator(server.url.replace("127.0.0.1", "localhost"));
      const added = await addPasskey({ done }, half.token, authenticator);
      return { ...invited, authenticator, token: added.signedIn.token };
    },
    signIn: async (person) => {
      const half = (await byPassword(person)).body as unknown as SignedIn;
      // A code is accepted once, so the next one is waited for.
      pass(30_000);
      return done("POST", "/v1/session/totp", { token: half.token, body: { code: code(person) } });
    },
  };
}

interface Made {
  readonly staff: { readonly staffId: string; readonly email: string };
  readonly invitation: { readonly token: string };
}
type Doing = Pick<TestPeople, "done">;

/** Chooses the password and confirms an app. */
async function enrolByApp(
  { done }: Doing,
  invitation: string,
  codeOf: TestPeople["code"],
  more: Record<string, unknown> = {},
): Promise<Pick<Enrolled, "password" | "secret" | "token" | "recoveryCodes">> {
  const { token } = await accept({ done }, invitation, more);
  await done("PUT", "/v1/me/password", { token, body: { password: PASSWORD } });
  const offered = await done<{ factorId: string; secret: string }>("POST", "/v1/me/totp", {
    token,
    body: { name: "phone" },
  });
  const path = `/v1/me/totp/${offered.factorId}/confirmation`;
  const body = { code: codeOf(offered) };
  const { recoveryCodes, signedIn } = await done<{ recoveryCodes: string[]; signedIn: SignedIn }>("POST", path, {
    token,
    body,
  });
  return { password: PASSWORD, secret: offered.secret, token: signedIn.token, recoveryCodes };
}

export function accept(people: Doing, invitation: string, more: Record<string, unknown> = {}): Promise<SignedIn> {
  return people.done("POST", "/v1/invitations/acceptance", { body: { token: invitation, ...more } });
}

export async function addPasskey(
  people: Doing,
  token: string,
  authenticator: Authenticator,
): Promise<{ factorId: string; signedIn: SignedIn; recoveryCodes: string[] | null }> {
  const { state, options } = await people.done<PasskeyQuestion>("POST", "/v1/me/passkeys/options", { token });
  const response = authenticator.register(options);
  return people.done("POST", "/v1/me/passkeys", { token, body: { state, name: "key", response } });
}

export interface PasskeyQuestion {
  readonly state: string;
  readonly options: { readonly challenge: string };
}

const ADJUSTER = {
  role: "claims-adjuster",
  purposes: ["claim-handling"],
  rowScope: "assignments",
  entities: ["acme"],
  lines: ["life"],
};

export const ACCESS_ADMIN = {
  role: "access-admin",
  purposes: ["administration"],
  rowScope: "none",
  entities: [],
  lines: [],
  classes: [],
};
