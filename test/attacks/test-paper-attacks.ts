// What an operator with every right on the database does to letters that wait and to the parts of papers, and what verification is to call it.
import { type Attack, flipped, putBack } from "./test-operator-scene.ts";

export const PAPER_ATTACKS: readonly Attack[] = [
  [
    "makes a letter seem to be in no queue",
    "letter_queue",
    () => "update letter_queue set state = 'posted'",
    "letter-aged",
  ],
  [
    "gives a letter to another customer",
    "letter_queue",
    ({ twin }) => `update letter_queue set customer_id = '${twin.customerId}'`,
    "letter-aged",
  ],
  ["puts a letter back to where it stood", "letter_queue", () => putBack("letter_queue", "true"), "letter-aged"],
  ["hides a letter", "letter_queue", () => "delete from letter_queue", "letter-missing"],
  [
    "makes up a letter",
    "letter_queue",
    () =>
      `insert into letter_queue select (jsonb_populate_record(q, jsonb_build_object('letter_id', gen_random_uuid()))).* from letter_queue q`,
    "letter-extra",
  ],
  [
    "changes a part of a paper",
    "document_part",
    () => `update document_part set ${flipped("sealed", 40)}`,
    "paper-altered",
  ],
  [
    "removes the last part of a paper",
    "document_part",
    () => "delete from document_part where part = 1",
    "paper-altered",
  ],
  [
    "gives a paper the first part of another",
    "document_part",
    ({ papers: [one, other] }) =>
      `update document_part set sealed = (select sealed from document_part where record_id = '${other}' and part = 0) where record_id = '${one}' and part = 0`,
    "paper-altered",
  ],
  [
    "has a paper swept away with another customer",
    "document_part",
    ({ erased }) => `update document_part set customer_id = '${erased.customerId}'`,
    "paper-altered",
  ],
  ["removes a paper", "document_part", () => "delete from document_part", "paper-missing"],
  [
    "copies a paper to another record",
    "document_part",
    ({ papers: [one] }) =>
      `insert into document_part select (jsonb_populate_record(p, jsonb_build_object('record_id', '00000000-0000-4000-8000-000000000001'))).*
        from document_part p where record_id = '${one}'`,
    "paper-extra",
  ],
];
