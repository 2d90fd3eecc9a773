// A restriction that the background was about to set, while somebody refused or lifted it: what counts is how the request stands when the flag is written.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { activeFlags } from "../access/access.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";
import { asId } from "../kernel/ids.ts";
import type { RequestsContext } from "./context.ts";
import { tryIdentity } from "./identity.ts";
import { keepRestriction } from "./restrict.ts";

let accounting: TestAccounting;
let dpo: Client;
before(async () => {
  accounting = await openTestAccounting();
  const { bench } = accounting;
  dpo = bench.as((await bench.server.createClient({ role: "dpo", purposes: ["data-subject-request"] })).token);
});
after(() => accounting?.bench.close());

/** As another process's: it has read that the flag is to be set, and writes it once `meanwhile` is over. */
function aboutTo(meanwhile: () => Promise<unknown>): RequestsContext {
  const { domains } = accounting.bench.server.app;
  const write = async (...args: Parameters<typeof domains.access.write>) => {
    await meanwhile();
    return domains.access.write(...args);
  };
  const access = { ...domains.access, write };
  return {
    ...domains,
    clocks: domains.requests.clocks,
    areOnePerson: domains.grants.areOnePerson,
    access,
  } as unknown as RequestsContext;
}

const flagsOf = async (customerId: ReturnType<typeof asId>) => {
  const { access, clock } = accounting.bench.server.app.domains;
  const state = (await access.authoritiesOf([customerId])).get(customerId)?.state;
  return activeFlags(state!, clock.now());
};

test("a restriction that is refused while somebody is about to set it is not set behind the refusal", async () => {
  const { bench } = accounting;
  const { customerId } = await bench.customer({});
  const draft = { kind: "restriction", place: { country: "DE", state: null } } as const;
  const requestId = asId((await dpo.rights.file(customerId, draft)).requestId);
  const hired = await bench.server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const asker = await bench.server.app.domains.access.authenticate(hired.token);
  assert.ok(asker !== null);
  // Known, and the flag not set yet: as between the two commits.
  const idle = aboutTo(() => Promise.resolve());
  await tryIdentity(idle, asker, { requestId, method: "documents", passed: true });
  const refusal = { outcome: "refused", ground: "unfounded-or-excessive", reason: "the third this week" } as const;
  const refusing = aboutTo(() => bench.as(hired.token).rights.decide(requestId, refusal));
  await keepRestriction(refusing, { customerId, requestId });
  assert.deepEqual(await flagsOf(customerId), []);
});
