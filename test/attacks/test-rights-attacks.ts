// What an operator with every right on the database does to the queue of rights requests, and what verification is to call it.
import { type Attack, putBack } from "./test-operator-scene.ts";

export const RIGHTS_ATTACKS: readonly Attack[] = [
  [
    "gives a rights request another day",
    "rights_queue",
    () => "update rights_queue set due_before = due_before + interval '1 year'",
    "queue-forged",
  ],
  [
    "says that somebody unknown is known",
    "rights_queue",
    () => "update rights_queue set identity = 'verified' where identity = 'unverified'",
    "queue-forged",
  ],
  ["hides a rights request", "rights_queue", () => "delete from rights_queue", "queue-missing"],
  ["puts a rights request back to where it stood", "rights_queue", () => putBack("rights_queue", "true"), "queue-aged"],
  [
    "makes up a rights request",
    "rights_queue",
    () =>
      `insert into rights_queue select (jsonb_populate_record(q, jsonb_build_object('request_id', gen_random_uuid()))).* from rights_queue q`,
    "queue-extra",
  ],
];
