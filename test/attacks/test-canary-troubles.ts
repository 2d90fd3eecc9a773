// What goes wrong in the life of canaries: refused rows, wrong requests, a broken database, keys that do not open, deaths in the middle of work.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { connect } from "node:net";
import { canaryWithOldDate, recordOfCanaries, registry } from "./test-canaries.ts";
import { FEEDS, PLACE, type Scene } from "./test-canary-life.ts";
import { type Answer, listIn, type Person } from "./test-stage.ts";

const UNKNOWN = "01890000-0000-7000-8000-000000000001";

/** What the operator can do to the machine. */
export interface Machine {
  query(statement: string): Promise<unknown>;
  killServer(): Promise<void>;
  killDatabase(): Promise<void>;
  /** Whatever is dead lives again; the scene's place says where. */
  start(): Promise<void>;
}

/** Good rows, rows that are refused for a value, a row that is no JSON. */
export async function importFeed(scene: Scene): Promise<void> {
  const { life, secret } = scene;
  const feeder = await hireFeeder(scene);
  const row = (birth: string) => ({
    customer_number: secret(),
    first_name: secret(),
    last_name: secret(),
    birth_date: birth,
    street: secret(),
    occupation: secret(),
    email: `${secret()}@example.org`,
  });
  const rows = [row("1961-03-04"), row("1962-04-05"), row(secret())].map((each) => JSON.stringify(each));
  const bytes = Buffer.from(`${[...rows, `{"customer_number": "${secret()}`].join("\n")}\n`);
  // The file's own bare hash would tell whoever has the file that it was here.
  life.secrets.push(bytes.toString("utf8"));
  const sent = await send(feeder, bytes);
  assert.match(sent.text, /"state":"done"/);
  const [run] = listIn((await feeder.ask("GET", "/v1/imports")).body, "items");
  const rejects = await feeder.ask("GET", `/v1/imports/${String(run!["importId"])}/rejects`);
  assert.equal(listIn(rejects.body, "items").length >= 2, true, rejects.text);
}

interface Blunders {
  readonly adjuster: Person;
  readonly customerIds: readonly string[];
}

/** Everything that can be wrong with a request, each with a secret in the wrong place. */
export async function blunder({ at, life, secret }: Scene, { adjuster, customerIds }: Blunders): Promise<void> {
  const { ask } = adjuster;
  const [customerId] = customerIds;
  const wrong: Promise<Answer>[] = [
    ask("POST", "/v1/disclosures", `{"customerId": "${secret()}"`),
    ask("POST", "/v1/disclosures", { customerId: secret(), purpose: secret(), [secret()]: secret() }),
    ask("POST", "/v1/disclosures", {
      customerId,
      purpose: "claim-handling",
      fields: [`claim.${secret().toLowerCase()}`],
    }),
    ask("POST", "/v1/searches", {
      index: secret().toLowerCase(),
      values: { ssn: secret() },
      purpose: "claim-handling",
    }),
    ask("POST", "/v1/searches", {
      index: "ssn",
      values: { [secret().toLowerCase()]: secret() },
      purpose: "claim-handling",
    }),
    ask("POST", "/v1/customers", {
      kind: "person",
      units: [{ kind: "claim", ...PLACE, records: [{ type: "claim", fields: { "loss-date": secret() } }] }],
    }),
    ask("GET", `/v1/customers/${secret()}?purpose=${secret()}`),
    ask("GET", `/v1/${secret()}/${secret()}?q=${secret()}`),
    ask("GET", `/v1/assignments?clientId=${UNKNOWN}&cursor=${secret()}`),
    ask("GET", "/v1/mappings", undefined, { authorization: `Bearer ${secret()}`, "x-note": secret() }),
    ask("POST", "/v1/imports", { mapping: secret().toLowerCase(), sizeBytes: 1, sha256: "0".repeat(64) }),
    ask("PUT", `/v1/imports/${UNKNOWN}/content?offset=0`, secret(), { "content-type": "text/plain" }),
    ask("POST", "/v1/disclosures", { customerId }, { "content-type": `text/${secret()}` }),
    ask("POST", "/v1/disclosures", { customerId }, { "idempotency-key": `${secret()} ${secret()}` }),
  ];
  for (const { status, text } of await Promise.all(wrong)) assert.ok(status >= 400 && status < 500, text);
  life.answers.push(await sendRaw(at.url, `GET /${secret()} HTTP/9.9 ${secret()}\r\n${secret()}\r\n\r\n`));
}

function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = "";
    socket.on("data", (part) => (answer += part.toString("latin1")));
    socket.on("close", () => resolve(answer)).on("error", reject);
  });
}

/** The database refuses in the middle of a write, wrapped keys do not open, and each failure is logged in full. */
export async function breakThings(scene: Scene, machine: Machine, customerId: string): Promise<void> {
  const maker = await scene.hire({ role: "underwriter", purposes: ["underwriting"] });
  const adjuster = await scene.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  await scene.admin.ask("POST", "/v1/assignments", { customerId, clientId: adjuster.clientId, kind: "claim" });
  for (const [breaks, mends] of [
    ["alter table search_token rename to gone", "alter table gone rename to search_token"],
    ["alter table record add constraint no check (false) not valid", "alter table record drop constraint no"],
    ["revoke insert on retention_unit from uberrima_app", "grant insert on retention_unit to uberrima_app"],
  ] as const) {
    await machine.query(breaks);
    const failed = await maker.ask("POST", "/v1/customers", draftOf(scene));
    assert.ok(failed.status >= 500, failed.text);
    await machine.query(mends);
  }
  await machine.query("create table kept as select * from unit_key");
  await machine.query("update unit_key set pack = set_byte(pack, 40, get_byte(pack, 40) # 1)");
  const asked = { customerId, purpose: "claim-handling", fields: ["claim.narrative"], justification: scene.secret() };
  const broken = await adjuster.ask("POST", "/v1/disclosures", asked);
  assert.ok(broken.status >= 500 || !broken.text.includes('"clear"'), broken.text);
  await machine.query("update unit_key u set pack = k.pack from kept k where k.unit_id = u.unit_id; drop table kept");
}

/** The server dies, or the database and the server with it, while secrets are on their way in and out. */
export async function dieAtWork(
  scene: Scene,
  machine: Machine,
  customerId: string,
  deaths: readonly ("killServer" | "killDatabase")[],
): Promise<void> {
  const maker = await scene.hire({ role: "underwriter", purposes: ["underwriting"] });
  const feeder = await hireFeeder(scene);
  for (const death of deaths) {
    const rows = Array.from({ length: 300 }, () => ({ customer_number: scene.secret(), last_name: scene.secret() }));
    const bytes = Buffer.from(rows.map((row) => `${JSON.stringify({ ...EMPTY_ROW, ...row })}\n`).join(""));
    const work = [
      send(feeder, bytes).catch(lost),
      ...Array.from({ length: 12 }, () => maker.ask("POST", "/v1/customers", draftOf(scene)).catch(lost)),
      ...Array.from({ length: 12 }, () =>
        maker
          .ask("POST", "/v1/disclosures", { customerId, purpose: "underwriting", justification: scene.secret() })
          .catch(lost),
      ),
    ];
    await Promise.race(work);
    await machine[death]();
    await Promise.all(work);
    await machine.start();
  }
}

const EMPTY_ROW = { first_name: "A", birth_date: "1961-03-04", street: "", occupation: "", email: "" };
const lost = (): null => null;

function hireFeeder({ hire }: Scene): Promise<Person> {
  return hire({ role: "service-account", purposes: ["administration"], ...FEEDS, classes: ["identity"] });
}

async function send(feeder: Person, bytes: Buffer): Promise<Answer> {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const run = await feeder.ask("POST", "/v1/imports", { mapping: "sample-customers", sizeBytes: bytes.length, sha256 });
  const path = `/v1/imports/${String(run.body["importId"])}/content?offset=0`;
  return feeder.ask("PUT", path, bytes, { "content-type": "application/octet-stream" });
}

function draftOf({ life, secret }: Scene) {
  const { type, fields, secrets } = recordOfCanaries(registry.recordType("claim")!, canaryWithOldDate);
  life.secrets.push(...secrets);
  const source = { system: "core", key: secret() };
  return { kind: "person", source, units: [{ kind: "claim", ...PLACE, records: [{ type, fields }] }] };
}
