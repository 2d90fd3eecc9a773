// For fuzz tests: good requests of people who sign in, each with a session of its own, and of those who look after staff.
import { ACCESS_ADMIN, addPasskey, type Enrolled, peopleOn, type SignedIn } from "../../src/signin/test-people.ts";
import { createAuthenticator } from "../../src/signin/test-authenticator.ts";
import type { TestServer } from "../../src/test-server.ts";
import type { GoodRequests } from "./test-good-requests.ts";

type People = ReturnType<typeof peopleOn>;
interface Question {
  readonly state: string;
  readonly options: { readonly challenge: string };
}

const by = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

/** A code may be shown once, and the next step's is good already. */
const nextCode = (people: People, { secret }: Enrolled): string => people.codeAt({ secret }, 30);

export function goodSignIns(server: TestServer): GoodRequests {
  const people = peopleOn(server);
  return {
    ...withoutToken(server, people),
    ...inSession(server, people),
    ...onOwn(server, people),
    ...onStaff(people),
  };
}

const siteOf = (server: TestServer): string => server.url.replace("127.0.0.1", "localhost");

async function half(people: People): Promise<{ readonly person: Enrolled; readonly token: string }> {
  const person = await people.enrolled();
  const { token } = (await people.byPassword(person)).body as unknown as SignedIn;
  return { person, token };
}

async function invited(people: People): Promise<string> {
  const { invitation: token } = await people.invite();
  return (await people.done<SignedIn>("POST", "/v1/invitations/acceptance", { body: { token } })).token;
}

function withoutToken(_server: TestServer, people: People): GoodRequests {
  return {
    signIn: async () => {
      const { email, password } = await people.enrolled();
      return { body: { email, password } };
    },
    askPasskeySignIn: async () => ({}),
    signInByPasskey: async () => {
      const { authenticator } = await people.withPasskey();
      const { state, options } = await people.done<Question>("POST", "/v1/sessions/passkey-options");
      return { body: { state, response: authenticator.sign(options) } };
    },
    lookAtInvitation: async () => ({ body: { token: (await people.invite()).invitation } }),
    acceptInvitation: async () => ({ body: { token: (await people.invite()).invitation } }),
  };
}

function inSession(_server: TestServer, people: People): GoodRequests {
  const passkey = async (path: string) => {
    const { authenticator, token } = await people.withPasskey();
    const { state, options } = await people.done<Question>("POST", path, { token });
    return { ...by(token), body: { state, response: authenticator.sign(options) } };
  };
  return {
    getSession: async () => by((await half(people)).token),
    signOut: async () => by((await half(people)).token),
    showCode: async () => {
      const { person, token } = await half(people);
      return { ...by(token), body: { code: nextCode(people, person) } };
    },
    showRecoveryCode: async () => {
      const { person, token } = await half(people);
      return { ...by(token), body: { code: person.recoveryCodes[0] } };
    },
    askPasskey: async () => by((await people.withPasskey()).token),
    showPasskey: () => passkey("/v1/session/passkey-options"),
  };
}

function onOwn(server: TestServer, people: People): GoodRequests {
  const own = async () => by((await people.enrolled()).token);
  return {
    listFactors: own,
    choosePassword: async () => ({ ...by(await invited(people)), body: { password: "lantern-obelisk-marmot-77" } }),
    addTotp: async () => ({ ...by(await invited(people)), body: { name: "phone" } }),
    confirmTotp: async () => {
      const { token } = await people.enrolled();
      const asked = { token, body: { name: "second phone" } };
      const offered = await people.done<{ factorId: string; secret: string }>("POST", "/v1/me/totp", asked);
      return { ...by(token), params: { factorId: offered.factorId }, body: { code: people.codeAt(offered, 0) } };
    },
    askNewPasskey: async () => by(await invited(people)),
    addPasskey: async () => {
      const token = await invited(people);
      const { state, options } = await people.done<Question>("POST", "/v1/me/passkeys/options", { token });
      const response = createAuthenticator(siteOf(server)).register(options);
      return { ...by(token), body: { state, name: "key", response } };
    },
    removeFactor: async () => {
      const { token } = await people.enrolled();
      const { factorId } = await addPasskey(people, token, createAuthenticator(siteOf(server)));
      return { ...by(token), params: { factorId } };
    },
    renewRecoveryCodes: own,
    listSessions: own,
    endSession: async () => {
      const { token } = await people.withPasskey();
      const { sessionId } = await people.done<{ sessionId: string }>("GET", "/v1/session", { token });
      return { ...by(token), params: { sessionId } };
    },
    endOtherSessions: own,
    dismissNotice: async () => {
      const { token } = await people.enrolled();
      await addPasskey(people, token, createAuthenticator(siteOf(server)));
      const { notices } = await people.done<{ notices: { noticeId: string }[] }>("GET", "/v1/session", { token });
      return { ...by(token), params: { noticeId: notices[0]?.noticeId ?? "" } };
    },
  };
}

function onStaff(people: People): GoodRequests {
  const someone = async () => ({ params: { staffId: (await people.invite()).staffId } });
  const manager = async () => (await people.withPasskey(ACCESS_ADMIN)).token;
  const reset = async () => {
    const { staffId } = await people.invite();
    const { resetId } = await people.done<{ resetId: string }>("POST", `/v1/staff/${staffId}/resets`, {
      token: await manager(),
      body: callBack(),
    });
    return { staffId, resetId };
  };
  return {
    inviteStaff: async () => ({
      body: { ...ACCESS_ADMIN, name: "Grace", email: `grace.${Math.random()}@insurer.example` },
    }),
    listStaff: async () => ({ query: [["limit", "2"]] }),
    getStaff: someone,
    changeStaff: async () => ({ ...(await someone()), body: { status: "suspended" } }),
    approveStaff: async () => {
      const { staffId } = await people.invite({ withSecondPerson: true });
      return { ...by(await manager()), params: { staffId } };
    },
    nameSupervisor: async () => ({ ...(await someone()), body: { supervisorId: (await people.invite()).staffId } }),
    inviteAgain: someone,
    endStaffSessions: someone,
    askForReset: async () => ({ ...by(await manager()), ...(await someone()), body: callBack() }),
    listResets: async () => {
      await reset();
      return { query: [["limit", "2"]] };
    },
    approveReset: async () => ({ ...by(await manager()), params: await reset() }),
    cancelReset: async () => ({ params: await reset() }),
  };
}

function callBack(): object {
  return { path: "two-people", callBack: { calledAt: new Date().toISOString(), reference: "ticket 77" } };
}
