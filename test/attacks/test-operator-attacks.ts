// What an operator with every right on the database does to rows that grant something or hold something, and what verification is to call it.
import { randomUUID } from "node:crypto";
import { RIGHTS_ATTACKS } from "./test-rights-attacks.ts";
import { type Attack, flipped, putBack, type Scene } from "./test-operator-scene.ts";

const ofKnown = ({ known }: Scene): string => `customer_id = '${known.customerId}'`;
const ofErased = ({ erased }: Scene): string => `customer_id = '${erased.customerId}'`;

export const ATTACKS: readonly Attack[] = [
  [
    "gives a role",
    "principal",
    ({ adjuster }) => `update principal set role = 'dpo' where principal_id = '${adjuster.clientId}'`,
    "principal-forged",
  ],
  [
    "undoes a revocation",
    "principal",
    ({ leaver }) => putBack("principal", `principal_id = '${leaver.clientId}'`),
    "principal-rolled-back",
  ],
  [
    "gives one client the secret of another",
    "principal",
    ({ adjuster, leaver }) =>
      `update principal set secret = (select secret from principal where principal_id = '${adjuster.clientId}') where principal_id = '${leaver.clientId}'`,
    "principal-forged",
  ],
  [
    "removes a client",
    "principal",
    ({ leaver }) => `delete from principal where principal_id = '${leaver.clientId}'`,
    "principal-missing",
  ],
  [
    "brings an old secret back",
    "principal",
    ({ renewed }) => putBack("principal", `principal_id = '${renewed.clientId}'`),
    "principal-rolled-back",
  ],
  [
    "makes a client of its own",
    "principal",
    ({ adjuster }) =>
      `insert into principal select (jsonb_populate_record(p, jsonb_build_object('principal_id', gen_random_uuid(), 'role', 'dpo'))).*
        from principal p where principal_id = '${adjuster.clientId}'`,
    "principal-forged",
  ],
  [
    "assigns a customer to somebody",
    "assignment",
    ({ adjuster, twin }) =>
      `insert into assignment select (jsonb_populate_record(a, jsonb_build_object('customer_id', '${twin.customerId}', 'assignment_id', gen_random_uuid()))).*
        from assignment a where assignee_id = '${adjuster.clientId}' limit 1`,
    "assignment-forged",
  ],
  [
    "brings an ended assignment back",
    "assignment",
    (scene) => putBack("assignment", ofKnown(scene)),
    "assignment-rolled-back",
  ],
  [
    "hands an assignment over",
    "assignment",
    ({ leaver }) => `update assignment set assignee_id = '${leaver.clientId}' where state = 'open'`,
    "assignment-forged",
  ],
  [
    "hides assignments",
    "assignment",
    (scene) => `delete from assignment where ${ofKnown(scene)}`,
    "customer-assignments-differ",
  ],
  ["takes a flag off by an older state", "customer", (scene) => putBack("customer", ofKnown(scene)), "customer-aged"],
  [
    "gives one customer the state of another",
    "customer",
    (scene) =>
      `update customer set authority = (select authority from customer where customer_id = '${scene.erased.customerId}') where ${ofKnown(scene)}`,
    "customer-forged",
  ],
  ["removes a customer", "customer", (scene) => `delete from customer where ${ofKnown(scene)}`, "customer-missing"],
  [
    "moves a unit into another book",
    "retention_unit",
    (scene) => `update retention_unit set book = '${randomUUID()}' where ${ofKnown(scene)}`,
    "unit-forged",
  ],
  ["reopens a closed case", "retention_unit", (scene) => putBack("retention_unit", ofKnown(scene)), "unit-aged"],
  [
    "removes a unit",
    "retention_unit",
    ({ known }) => `delete from retention_unit where unit_id = '${known.unitIds[2]}'`,
    "unit-missing",
  ],
  ["undoes a correction", "record", (scene) => putBack("record", ofKnown(scene)), "aged"],
  [
    "swaps two records' contents",
    "record",
    ({ known }) =>
      `update record set pack = (select pack from record where record_id = '${known.recordIds[3]}') where record_id = '${known.recordIds[2]}'`,
    "altered",
  ],
  [
    "moves a record to another unit",
    "record",
    ({ known }) => `update record set unit_id = '${known.unitIds[1]}' where record_id = '${known.recordIds[3]}'`,
    "altered",
  ],
  [
    "removes a record",
    "record",
    ({ known }) => `delete from record where record_id = '${known.recordIds[3]}'`,
    "missing",
  ],
  [
    "copies a record to another customer",
    "record",
    ({ known, twin }) =>
      `insert into record select (jsonb_populate_record(r, jsonb_build_object('customer_id', '${twin.customerId}', 'unit_id', '${twin.unitIds[1]}',
        'record_id', gen_random_uuid()))).* from record r where record_id = '${known.recordIds[3]}'`,
    "extra",
  ],
  [
    "says that another changed a record",
    "record",
    ({ known }) =>
      `update record set act = (select act from record where customer_id = '${known.customerId}' and record_type = 'medical')
        where record_id = '${known.recordIds[2]}'`,
    "act-differs",
  ],
  [
    "says that another wrote what a record said before",
    "record_history",
    ({ known }) =>
      `update record_history set act = (select act from record where customer_id = '${known.customerId}' and record_type = 'medical')`,
    "act-differs",
  ],
  ["removes what a record said before", "record_history", () => "delete from record_history", "history-missing"],
  [
    "changes what a record said before",
    "record_history",
    () => `update record_history set ${flipped("pack", 60)}`,
    "history-altered",
  ],
  [
    "hides a record from searches",
    "search_token",
    (scene) => `delete from search_token where ${ofKnown(scene)}`,
    "token-missing",
  ],
  [
    "leads searches to another record",
    "search_token",
    ({ known }) =>
      `update search_token set record_id = '${known.recordIds[3]}' where record_id = '${known.recordIds[2]}'`,
    "token-extra",
  ],
  [
    "has searches find what a record no longer says",
    "search_token",
    (scene) => putBack("search_token", ofKnown(scene)),
    "token-extra",
  ],
  [
    "has a record found by what another says",
    "search_token",
    ({ known }) =>
      `insert into search_token select t.token, t.customer_id, '${known.recordIds[2]}', t.index_name, t.key_version
        from search_token t where t.record_id = '${known.recordIds[1]}'`,
    "token-extra",
  ],
  [
    "takes a source's key away",
    "source_key",
    (scene) => `delete from source_key where ${ofKnown(scene)}`,
    "source-missing",
  ],
  ["puts back what a source said before", "source_key", () => putBack("source_key", "true"), "source-aged"],
  [
    "leads a source's key to another customer",
    "source_key",
    (scene) => `update source_key set customer_id = '${scene.erased.customerId}' where ${ofKnown(scene)}`,
    "source-forged",
  ],
  [
    "makes a dependant a beneficiary",
    "customer_link",
    () => "update customer_link set kind = 'beneficiary'",
    "link-forged",
  ],
  ["revives an ended link", "customer_link", () => putBack("customer_link", "true"), "link-aged"],
  ["removes a link", "customer_link", () => "delete from customer_link", "link-missing"],
  [
    "suggests that two strangers are one person",
    "match_suggestion",
    ({ known, erased }) =>
      `insert into match_suggestion select least(a, b), greatest(a, b), 'ssn', 'open', now(), null, m.mac
        from match_suggestion m, (values ('${known.customerId}'::uuid, '${erased.customerId}'::uuid)) as pair (a, b) limit 1`,
    "match-forged",
  ],
  [
    "turns a decision round",
    "match_suggestion",
    () => "update match_suggestion set state = 'same' where state = 'different'",
    "match-forged",
  ],
  [
    "decides in a person's stead",
    "match_suggestion",
    () => "update match_suggestion set state = 'same', act = gen_random_uuid() where state = 'open'",
    "match-forged",
  ],
  ["undoes a decision", "match_suggestion", () => putBack("match_suggestion", "true"), "match-aged"],
  [
    "removes a decision",
    "match_suggestion",
    () => "delete from match_suggestion where state <> 'open'",
    "match-missing",
  ],
  ["destroys a unit's keys", "unit_key", (scene) => `delete from unit_key where ${ofKnown(scene)}`, "key-missing"],
  [
    "changes a unit's keys",
    "unit_key",
    (scene) => `update unit_key set ${flipped("pack", 30)} where ${ofKnown(scene)}`,
    "key-does-not-open",
  ],
  [
    "gives one unit the keys of another",
    "unit_key",
    ({ known }) =>
      `update unit_key set pack = (select pack from unit_key where unit_id = '${known.unitIds[2]}') where unit_id = '${known.unitIds[1]}'`,
    "key-does-not-open",
  ],
  [
    "puts a unit's keys back to before a class was added",
    "unit_key",
    (scene) => putBack("unit_key", ofKnown(scene)),
    "key-does-not-open",
  ],
  [
    "keeps what searches found the erased by, and says that it was removed",
    "search_token",
    ({ erased }) =>
      `insert into search_token select (jsonb_populate_record(t, jsonb_build_object('customer_id', '${erased.customerId}'))).* from search_token t limit 1`,
    "erasure-remains",
  ],
  ["deletes an erasure, so that it never ends", "erasure", () => "delete from erasure", "erasure-missing"],
  [
    "ascribes an erasure to another act",
    "erasure",
    ({ erased }) => `update erasure set act = '${randomUUID()}' where customer_id = '${erased.customerId}'`,
    "erasure-forged",
  ],
  [
    "says that an erasure is not final",
    "erasure",
    (scene) =>
      `delete from erasure where ${ofErased(scene)}; insert into erasure select * from requested_erasure where ${ofErased(scene)}`,
    "erasure-aged",
  ],
  [
    "says that another unit was erased",
    "erasure",
    (scene) => `update erasure set unit_id = gen_random_uuid() where ${ofErased(scene)}`,
    "erasure-forged",
  ],
  ...RIGHTS_ATTACKS,
  [
    "puts other policies in force",
    "policy_state",
    () => `update policy_state set ${flipped("digest", 0)}`,
    "policy-forged",
  ],
  [
    "removes a key that much stands under",
    "domain_key",
    () => "delete from domain_key where domain = 'rejects'",
    "domain-key-missing",
  ],
  [
    "puts one key in the place of another",
    "domain_key",
    () =>
      "update domain_key set wrapped = (select wrapped from domain_key where domain = 'index') where domain = 'rejects'",
    "domain-key-forged",
  ],
  [
    "says that a bucket has another version",
    "key_bucket",
    () => "update key_bucket set version = 7 where bucket = 77",
    "bucket-version-differs",
  ],
  ["puts a bucket's version back", "key_bucket", () => putBack("key_bucket", "true"), "bucket-version-differs"],
  ["takes the policies out of force", "policy_state", () => "delete from policy_state", "policy-missing"],
];
