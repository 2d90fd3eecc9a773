// For attacks: the people who work at a server that runs as a process of its own, reached over HTTP alone.
import assert from "node:assert/strict";
import { bootstrap } from "../../sdk/local.ts";
import { type Person, personAt } from "./test-stage.ts";

export interface Crew {
  readonly admin: Person;
  readonly maker: Person;
  readonly dpo: Person;
  readonly security: Person;
  hire(draft: object): Promise<Person>;
}

const DRAFT = { name: "a client", entities: ["acme"], lines: ["life", "health", "auto", "property"] };
const NO_ROWS = { rowScope: "none", entities: [], lines: [] };
/** For a feed, which may write and not read. */
export const FEED = {
  role: "service-account",
  purposes: ["administration"],
  rowScope: "none",
  entities: ["life-company", "sample-mutual"],
  lines: ["life", "health", "auto", "property", "general"] as const,
  classes: ["identity"],
};

/** The first people of a server that nobody has signed in to yet. */
export async function openCrew(url: string, dataFolder: string): Promise<Crew> {
  const { client, token } = await bootstrap(dataFolder, "administrator");
  const admin = personAt(url, client.clientId, token ?? "");
  const hire = (draft: object): Promise<Person> => hireFrom(admin, url, draft);
  return {
    admin,
    maker: await hire({ role: "underwriter", purposes: ["underwriting"] }),
    dpo: await hire({ role: "dpo", purposes: ["data-subject-request", "audit"] }),
    security: await hire({ role: "security-admin", purposes: ["incident-response"], ...NO_ROWS }),
    hire,
  };
}

async function hireFrom(admin: Person, url: string, draft: object): Promise<Person> {
  const made = await admin.ask("POST", "/v1/clients", { ...DRAFT, ...draft });
  assert.equal(made.status, 201, made.text);
  const { clientId } = made.body["client"] as { clientId: string };
  return personAt(url, clientId, String(made.body["token"]));
}
