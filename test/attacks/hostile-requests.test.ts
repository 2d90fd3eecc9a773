// Requests made to confuse: smuggled, bottomless, with names that every object has, with halves of characters. Each is refused, and nothing breaks.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { type AttackStage, type MadeCustomer, type Person, setAttackStage } from "./test-stage.ts";

describe("a hostile request", () => {
  let stage: AttackStage;
  let adjuster: Person;
  let maker: Person;
  let known: MadeCustomer;
  before(async () => {
    stage = await setAttackStage();
    maker = await stage.hire({ role: "underwriter", purposes: ["underwriting"] });
    known = await stage.customer(maker);
    adjuster = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
    await stage.assign(adjuster, known);
  });
  after(async () => {
    assert.equal((await adjuster.ask("GET", "/v1/mappings")).status, 200, "the server still answers");
    await stage.close();
  });

  async function answersTo(head: readonly string[], body = ""): Promise<string[]> {
    const { hostname, port } = new URL(stage.server.url);
    const text = [...head, "Host: localhost", "", body].join("\r\n");
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(text));
      let all = "";
      socket.on("data", (part) => (all += part.toString("latin1")));
      socket.on("close", () => resolve(all)).on("error", reject);
    });
    return [...answer.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status ?? "");
  }

  test("with two lengths, or a length and chunks, is one refused request and not two", async () => {
    const post = [
      "POST /v1/searches HTTP/1.1",
      `Authorization: Bearer ${adjuster.token}`,
      "Content-Type: application/json",
    ];
    const smuggled = "0\r\n\r\nGET /v1/clients HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assert.deepEqual(await answersTo([...post, "Content-Length: 4", "Transfer-Encoding: chunked"], smuggled), ["400"]);
    assert.deepEqual(await answersTo([...post, "Content-Length: 4", "Content-Length: 5"], "{}   "), ["400"]);
    assert.deepEqual(
      await answersTo(["GET /v1/mappings HTTP/1.1", "X-Folded: a", ` Authorization: Bearer ${adjuster.token}`]),
      ["400"],
    );
  });

  test("with two tokens is refused, whichever of them is good", async () => {
    const get = ["GET /v1/mappings HTTP/1.1", "Connection: close"];
    const tokens = ["Authorization: Bearer bad", `Authorization: Bearer ${adjuster.token}`];
    assert.deepEqual(await answersTo([...get, ...tokens]), ["401"]);
  });

  test("nested without bottom is refused", async () => {
    for (const body of ["[".repeat(200_000) + "]".repeat(200_000), '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000)])
      assert.equal((await adjuster.ask("POST", "/v1/disclosures", body, { "idempotency-key": "deep" })).status, 400);
  });

  test("with names that every object has finds nothing under them", async () => {
    const { customerId } = known;
    const purpose = "claim-handling";
    const unit = { kind: "claim", entity: "acme", brand: "acme", line: "life" };
    const records = [{ type: "claim", fields: { constructor: "x" } }];
    const refused = [
      await adjuster.ask(
        "POST",
        "/v1/disclosures",
        `{"customerId":"${customerId}","purpose":"${purpose}","__proto__":{"fields":["claim.number"]}}`,
      ),
      await adjuster.ask("POST", "/v1/disclosures", { customerId, purpose, fields: ["constructor.prototype"] }),
      await adjuster.ask("POST", "/v1/searches", { index: "constructor", values: {}, purpose }),
      await adjuster.ask(
        "POST",
        "/v1/searches",
        `{"index":"ssn","purpose":"${purpose}","values":{"constructor":"x","__proto__":"y"}}`,
      ),
      await maker.ask("POST", "/v1/customers", {
        kind: "person",
        units: [{ ...unit, records: [{ type: "constructor", fields: {} }] }],
      }),
      await maker.ask("POST", "/v1/customers", { kind: "person", units: [{ ...unit, records }] }),
    ];
    for (const { status, text } of refused) assert.ok(status === 400 || status === 422, text);
  });

  test("with half a character is refused, since all halves would be sealed and hashed as the same sign", async () => {
    const unit = `{"kind":"claim","entity":"acme","brand":"acme","line":"life","records":[]}`;
    const source = (key: string) => `{"kind":"person","source":{"system":"core","key":"${key}"},"units":[${unit}]}`;
    for (const key of [String.raw`\ud800`, String.raw`a\uDC00b`, String.raw`\\\ud800`])
      assert.equal((await maker.ask("POST", "/v1/customers", source(key))).body["code"], "invalid-utf8", key);
    for (const key of [String.raw`\ud83d\ude00`, String.raw`C:\\ud800`, "🙂"])
      assert.equal((await maker.ask("POST", "/v1/customers", source(key))).status, 201, key);
  });
});
