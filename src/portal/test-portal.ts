// For tests: a whole server that sends to a real mail server, customers with contacts on file, and people who sign in over HTTP.
import { connect, type Client } from "../../sdk/client.ts";
import type { Actor, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Flag } from "../kernel/vocabulary.ts";
import { codeIn, startSmtpServer, type TestSmtpServer } from "../mail/test-smtp-server.ts";
import { sealBytesOf } from "../documents/test-paper.ts";
import { sql } from "../postgres/sql.ts";
import { startTestServer, type TestServer, type TestServerOptions } from "../test-server.ts";

export interface TestPerson {
  readonly email?: string;
  readonly phone?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly birthDate?: string;
  /** Of a contact that stands in the claim. */
  readonly claimEmail?: string;
  /** Nowhere to write to. */
  readonly address?: false;
}

export interface TestCustomer {
  readonly customerId: Uuid;
  readonly relationshipId: Uuid;
  readonly claimId: Uuid;
  /** By record type. */
  readonly recordIds: ReadonlyMap<string, Uuid>;
}

export interface TestPortal {
  readonly server: TestServer;
  readonly smtp: TestSmtpServer;
  /** Without a token. */
  readonly anybody: Client;
  readonly as: (token: string) => Client;
  readonly maker: Client;
  customer(person?: TestPerson): Promise<TestCustomer>;
  flag(customerId: Uuid, kind: Flag): Promise<void>;
  /** An administrator of flags. */
  readonly officer: Actor;
  /** Waits for look-ups and hands over what is due. */
  deliver(): Promise<void>;
  /** The code of the newest letter to somebody. */
  codeTo(address: string): string | null;
  /** Signs somebody in by e-mail and answers the session's token. */
  signIn(email: string): Promise<string>;
  close(): Promise<void>;
}

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
let made = 0;

export interface TestPortalOptions extends TestServerOptions {
  /** Left out, the bytes of every customer's paper are put there by no entry of the log: no such database passes verification. */
  readonly paperBytes?: false;
}

export async function openTestPortal({ paperBytes, ...options }: TestPortalOptions = {}): Promise<TestPortal> {
  const smtp = await startSmtpServer();
  const settings = { ...smtp.settings, UBERRIMA_TEXT_MESSAGE_DOMAIN: "texts.example", ...options.settings };
  const server = await startTestServer({ ...options, settings });
  const as = (token: string): Client => connect({ url: server.url, token });
  const anybody = as("ubc_nobody");
  const maker = as((await server.createClient({ role: "underwriter", purposes: ["underwriting"] })).token);
  const dpo = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const officer = (await server.app.domains.access.authenticate(dpo.token)) as Authenticated;
  const deliver = async (): Promise<void> => {
    await server.app.domains.portal.settled();
    await server.app.domains.mail.deliver();
    // The server's own background may have some of them under way.
    while ((await server.app.domains.database.query(sql`select 1 from mail_outbox`)).length > 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const codeTo = (address: string): string | null => codeIn(smtp.letters, address);
  return {
    server,
    smtp,
    anybody,
    as,
    maker,
    officer,
    deliver,
    codeTo,
    customer: async (person) => {
      const customer = await makeCustomer(maker, person);
      const { customerId, relationshipId: unitId, recordIds } = customer;
      if (paperBytes === false) return customer;
      await sealBytesOf(server.app.domains, { customerId, unitId, recordId: recordIds.get("document")! });
      return customer;
    },
    flag: async (customerId, kind) => {
      await server.app.domains.access.setFlag({ customerId, kind, reason: "test", endsAt: null }, officer);
    },
    signIn: async (email) => {
      const { challengeId } = await anybody.portal.askCode({ contact: email });
      await deliver();
      return (await anybody.portal.signIn({ challengeId, code: codeTo(email) ?? "none" })).token ?? "";
    },
    close: async () => {
      await server.stop();
      await smtp.stop();
    },
  };
}

/** Signed in as a customer, for long: by a code, or `strong`, as after a passkey that counts. */
export async function customerSession(
  { server, as }: Pick<TestPortal, "server" | "as">,
  customerId: Uuid,
  how: "by-code" | "strong" = "by-code",
): Promise<Client> {
  return as(await customerToken(server, customerId, how));
}

export async function customerToken({ app }: TestServer, customerId: Uuid, how: "by-code" | "strong"): Promise<string> {
  const { access, signIns } = app.domains;
  const isStrong = how === "strong";
  const { token } = await signIns.sessions.start({
    principalId: await access.enrolCustomer(customerId, access.system),
    methods: [isStrong ? "passkey" : "one-time-code"],
    isStrong,
    isPhishingResistant: isStrong,
    lifetimeSeconds: 86_400,
    idleSeconds: 86_400,
    device: "test",
    address: "127.0.0.1",
  });
  return token;
}

async function makeCustomer(maker: Client, person: TestPerson = {}): Promise<TestCustomer> {
  made += 1;
  const {
    email,
    phone,
    claimEmail,
    firstName = "Ada",
    lastName = `Marlowe-${made}`,
    birthDate = "1971-03-09",
  } = person;
  const told = { "employer-name": "Orchard Works Ltd", occupation: "Baker" };
  const named = { "first-name": firstName, "last-name": lastName, "birth-date": birthDate, ...told };
  const reached = {
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { "mobile-phone": phone }),
  };
  const account = {
    "account-number": `7711${made}0042`,
    "routing-number": "021000021",
    "holder-name": firstName,
    "bank-name": "First Harbour Bank",
  };
  const { customerId, units, records } = await maker.customers.create({
    kind: "person",
    units: [
      {
        kind: "relationship",
        ...PLACE,
        records: [
          { type: "person", fields: named },
          ...(Object.keys(reached).length === 0 ? [] : [{ type: "contact", fields: reached }]),
          { type: "bank-account", fields: account },
          // Handed in by themselves, so that nobody has to look through it before it is in a copy of theirs.
          {
            type: "document",
            fields: { title: "letters testamentary" },
            origin: { source: "person", ground: "given" },
          },
          ...(person.address === false
            ? []
            : [{ type: "address", fields: { line1: "1 Elm Street", postcode: "10001", city: "New York" } }]),
        ],
      },
      {
        kind: "claim",
        ...PLACE,
        records: [
          { type: "claim", fields: { number: `CL-${made}`, "payee-name": firstName } },
          ...(claimEmail === undefined ? [] : [{ type: "contact", fields: { email: claimEmail } }]),
        ],
      },
    ],
  });
  return {
    customerId: asId(customerId),
    relationshipId: asId(units[0]!.unitId),
    claimId: asId(units[1]!.unitId),
    recordIds: new Map(records.map(({ type, recordId }) => [type, asId(recordId)])),
  };
}
