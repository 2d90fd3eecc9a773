// What a role must have attested stands between its people and clear values until they have.
import assert from "node:assert/strict";
import { test } from "node:test";
import { governanceWith } from "../test-governance.ts";
import { formOf, openGrantStage, reasonsOf } from "./test-grants.ts";

test("required training and policies keep values back until both are given, and no longer than they count", async () => {
  const governance = await governanceWith(
    "access/attestations.yaml",
    "required: {}",
    "required: { claims-adjuster: { courses: [privacy-basics], policies: [confidentiality] } }",
  );
  const stage = await openGrantStage(governance.settings);
  try {
    const ada = await stage.staff("claims-adjuster", ["claim-handling"], "passkey");
    await stage.assign(ada, stage.file);
    const ask = () => stage.ask(ada, ["claim.narrative"]);
    const before = await ask();
    assert.notEqual(formOf(before), "clear");
    assert.ok(
      reasonsOf(before).some((code) => /training|acknowledged/.test(code)),
      before.text,
    );
    const acknowledged = await ada.ask("POST", "/v1/attestations", { what: "policy", policy: "confidentiality" });
    assert.equal(acknowledged.status, 201, acknowledged.text);
    assert.notEqual(formOf(await ask()), "clear", "one of two is not enough");
    const passedAt = new Date().toISOString();
    const training = { what: "training", principalId: ada.clientId, course: "privacy-basics", passedAt };
    assert.equal((await ada.ask("POST", "/v1/attestations", training)).status, 403, "nobody certifies themselves");
    assert.equal((await stage.compliance.ask("POST", "/v1/attestations", training)).status, 201);
    assert.equal(formOf(await ask()), "clear");
    const machine = await stage.ask(stage.adjuster, ["claim.narrative"]);
    assert.equal(formOf(machine), "clear", "machines are not trained");
  } finally {
    await stage.close();
    await governance.remove();
  }
});
