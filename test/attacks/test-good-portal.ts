// For fuzz tests: good requests of customers who sign in, whose letters land in a folder.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestServer } from "../../src/test-server.ts";
import type { GoodRequests } from "./test-good-requests.ts";
import type { Person } from "./test-stage.ts";

const PLACE = { entity: "acme", brand: "acme", line: "life" };
let made = 0;

export interface PortalHands {
  readonly server: TestServer;
  readonly maker: Person;
  readonly mailFolder: string;
}

export function onPortal(hands: PortalHands): GoodRequests {
  return {
    askSignInCode: async () => ({ body: { contact: `fuzz-${(made += 1)}@mailbox.example` } }),
    signInCustomer: async () => {
      const contact = await newContact(hands);
      const { body } = await hands.maker.ask("POST", "/v1/portal/codes", { contact });
      return { body: { challengeId: body["challengeId"], code: await codeTo(hands, contact) } };
    },
  };
}

async function newContact({ maker }: PortalHands): Promise<string> {
  const email = `fuzz-${(made += 1)}@mailbox.example`;
  const records = [{ type: "contact", fields: { email } }];
  const answer = await maker.ask("POST", "/v1/customers", {
    kind: "person",
    units: [{ kind: "relationship", ...PLACE, records }],
  });
  assert.equal(answer.status, 201, answer.text);
  return email;
}

/** The code in the letter to somebody. */
async function codeTo({ server, mailFolder }: PortalHands, contact: string): Promise<string> {
  await server.app.domains.portal.settled();
  for (let attempt = 0; attempt < 400; attempt += 1) {
    await server.app.domains.mail.deliver();
    for (const name of await readdir(mailFolder)) {
      const letter = name.endsWith(".eml") ? await readFile(join(mailFolder, name), "utf8") : "";
      const code = letter.includes(`To: ${contact}`)
        ? /\b(\d{8})\b(?!\S*@)/.exec(letter.split("\n\n")[1] ?? "")?.[1]
        : undefined;
      if (code !== undefined) return code;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return assert.fail("no letter came");
}
