// What a security event says: valid against the published schema, ids and words of closed lists only, and nothing of what is withheld.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { MARK, nastyText, runs } from "../../test/support/test-hostile.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { newId } from "../kernel/ids.ts";
import { BASES } from "../kernel/vocabulary.ts";
import { ENTRY_KINDS, OUTCOMES, type TailEntry } from "../ledger/ledger.ts";
import { happeningOf } from "./happening.ts";
import { securityEvent } from "./ocsf.ts";
import { syslogMessage } from "./syslog-message.ts";
import { className, schemaFaults } from "./test-ocsf-schema.ts";

const PRODUCT = { version: "1.2.3", log: "ledger.test/main" };

function entryWith(detail: { readonly [key: string]: Json }): TailEntry {
  const entryId = newId();
  const common = { v: 1, entryId, kind: "disclosure", at: 1_790_000_000, outcome: "allowed", withheld: false };
  const said = { actor: newId(), customer: newId(), recipient: null, purpose: "billing", basis: "role-duty" };
  return { index: 7, entryId, detail: { ...common, ...said, classes: ["financial"], ...detail } };
}

function eventOf(entry: TailEntry): { readonly [key: string]: unknown } {
  return JSON.parse(securityEvent(happeningOf(entry), 1, PRODUCT).json) as { [key: string]: unknown };
}

test("events of every kind, outcome and basis follow the schema", () => {
  for (const kind of [...ENTRY_KINDS, "a-kind-to-come"]) {
    for (const outcome of OUTCOMES) {
      for (const basis of [...BASES, null]) {
        for (const actor of [newId(), null]) {
          const event = eventOf(
            entryWith({ kind, outcome, basis, actor, authority: [{ row: "principal", id: newId() }] }),
          );
          assert.deepEqual(schemaFaults(event), [], `${kind} ${outcome}`);
        }
      }
    }
  }
  assert.deepEqual(schemaFaults(eventOf({ index: 1, entryId: newId(), detail: null })), []);
});

test("the schema would refuse what it does not know, lacks or mistakes", () => {
  const event = eventOf(entryWith({}));
  assert.notDeepEqual(schemaFaults({ ...event, surname: "x" }), []);
  assert.notDeepEqual(schemaFaults({ ...event, actor: undefined }), []);
  assert.notDeepEqual(schemaFaults({ ...event, activity_id: 77 }), []);
  assert.notDeepEqual(schemaFaults({ ...event, time: "now" }), []);
  assert.notDeepEqual(schemaFaults({ ...event, actor: { user: {} } }), []);
});

test("what happened is of the class that others look for", () => {
  const client = newId();
  const authority = [{ row: "principal", id: client, revision: 1, digest: "00" }];
  const classOf = (detail: { readonly [key: string]: Json }): string => className(eventOf(entryWith(detail)));
  assert.equal(classOf({}), "datastore_activity");
  assert.equal(classOf({ kind: "opening-read" }), "api_activity");
  assert.equal(classOf({ kind: "principal", action: "client.create", authority }), "account_change");
  assert.equal(classOf({ kind: "assignment", action: "assignment.create" }), "user_access");
  assert.equal(classOf({ kind: "verification", outcome: "failed" }), "data_security_finding");
  assert.equal(classOf({ kind: "session", action: "session.end", principal: client }), "authentication");
  const started = eventOf(
    entryWith({ kind: "session", action: "session.start", principal: client, methods: ["password", "totp"] }),
  );
  assert.deepEqual([started["activity_id"], started["user"], started["is_mfa"]], [1, { uid: client }, true]);
  const raised = eventOf(entryWith({ kind: "alert", action: "alert.raise", principal: client }));
  assert.deepEqual([className(raised), raised["activity_id"], raised["is_alert"]], ["detection_finding", 1, true]);
  const decided = eventOf(entryWith({ kind: "alert", action: "alert.decide", principal: client }));
  assert.deepEqual([decided["activity_id"], decided["status_id"], decided["is_alert"]], [3, 4, undefined]);
  const ended = eventOf(entryWith({ kind: "assignment", action: "assignment.end" }));
  assert.equal(ended["activity_id"], 2);
  const revoked = eventOf(entryWith({ kind: "principal", action: "client.revoke", authority }));
  assert.equal(revoked["activity_id"], 6);
  assert.deepEqual(revoked["user"], { uid: client });
});

test("an emergency and a refusal stand out", () => {
  const emergency = eventOf(entryWith({ basis: "emergency" }));
  assert.equal(emergency["severity_id"], 4);
  assert.equal(emergency["is_alert"], true);
  const denied = eventOf(entryWith({ outcome: "denied" }));
  assert.deepEqual([denied["status_id"], denied["action_id"], denied["disposition_id"]], [2, 2, 2]);
});

test("an entry that is not what its leaf commits to is a finding, with nothing believed of its columns", () => {
  const event = eventOf({ index: 3, entryId: newId(), detail: null });
  assert.equal(className(event), "data_security_finding");
  assert.equal(event["severity_id"], 5);
});

test("where an entry stands in the ledger is not said, since gaps would tell of what is withheld", () => {
  const text = securityEvent(happeningOf({ ...entryWith({}), index: 987_654 }), 12, PRODUCT).json;
  assert.ok(!text.includes("987654"));
});

test("whatever stands in a detail, an event holds ids and words of closed lists alone, in one line of ASCII", () => {
  const value = fc.oneof(nastyText, fc.constant(MARK), fc.integer(), fc.constant(null));
  const anything = fc.oneof(value, fc.array(value), fc.dictionary(nastyText, value));
  const names = [
    "kind",
    "outcome",
    "actor",
    "customer",
    "purpose",
    "basis",
    "classes",
    "role",
    "action",
    "refused",
    "reason",
  ];
  const detail = fc.dictionary(
    fc.oneof(fc.constantFrom(...names, "targets", "authority", "methods", "subjects", "recipient"), nastyText),
    anything,
  );
  fc.assert(
    fc.property(detail, (given) => {
      const entry = { ...entryWith({}), detail: given as { readonly [key: string]: Json } };
      const event = securityEvent(happeningOf(entry), 1, PRODUCT);
      assert.match(event.json, /^[\x20-\x7e]+$/);
      assert.ok(!event.json.includes(MARK));
      assert.deepEqual(schemaFaults(JSON.parse(event.json) as { [key: string]: unknown }), []);
      assert.ok(syslogMessage(event, "host").length < 8192, "RFC 5425 4.3.1: receivers should take 8192 octets");
    }),
    runs(300),
  );
});

test("a message has the parts of RFC 5424, and is the same to the byte whoever sends it", () => {
  const entry = entryWith({ outcome: "denied" });
  const event = securityEvent(happeningOf(entry), 5_000_000_000, PRODUCT);
  const message = syslogMessage(event, "vault-1.example");
  const head = `<109>1 2026-09-21T14:13:20.000Z vault-1.example uberrima - disclosure `;
  const data = `[meta sequenceId="705032706"][uberrima@32473 id="${entry.entryId}" sequence="5000000000" kind="disclosure" outcome="denied"] {`;
  assert.equal(message.slice(0, head.length + data.length), head + data);
  assert.equal(syslogMessage(event, "vault-1.example"), message);
  assert.match(syslogMessage(event, "no host"), /^<109>1 \S+ - uberrima /);
});
