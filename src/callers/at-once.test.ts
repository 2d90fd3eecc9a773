// Many tries in one moment are as many failures: the file is locked after three, however many calls are open and whenever their answers come.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Client } from "../../sdk/client.ts";
import { openTestPortal, type TestPortal } from "../portal/test-portal.ts";
import type { Uuid } from "../kernel/bytes.ts";

let bench: TestPortal;
let desk: Client;
let deskId: Uuid;
before(async () => {
  bench = await openTestPortal();
  const hired = await bench.server.createClient({ role: "csr", purposes: ["policy-servicing"], lines: ["auto"] });
  [desk, deskId] = [bench.as(hired.token), hired.principalId];
});
after(() => bench?.close());

const AT_ONCE = 10;

test("of many guesses at once no more than three are judged, and the rest find the file locked", async () => {
  const { customerId } = await bench.customer({ email: "guessed@mailbox.example" });
  await bench.as(bench.server.admin.token).assignments.create({ customerId, clientId: deskId, kind: "call" });
  const calls = [];
  for (let count = 0; count < AT_ONCE; count += 1)
    calls.push(await desk.callers.start(customerId, { purpose: "policy-servicing" }));
  const tried = await Promise.allSettled(
    calls.map(({ callId, questions }) => {
      const answers = Object.fromEntries(questions.map(({ field }) => [field, "a guess"]));
      return desk.callers.answer({ customerId, callId }, { answers });
    }),
  );
  const judged = tried.filter(({ status }) => status === "fulfilled").length;
  const refused = tried.flatMap((one) => (one.status === "rejected" ? [(one.reason as { code: string }).code] : []));
  assert.ok(judged >= 1 && judged <= 3, `${judged} were judged`);
  assert.deepEqual(new Set(refused), new Set(["file-locked"]));
});
