// For fuzz tests: good requests about grants, attestations and teams.
import assert from "node:assert/strict";
import type { Hands, GoodRequests } from "./test-good-requests.ts";

let made = 0;
const REASON = "asked for by the test of the day";

const elevation = (): object => ({
  form: "elevation",
  role: "medical-reviewer",
  purposes: ["medical-review"],
  reason: REASON,
  hours: 2,
});

export function onGrants(hands: Hands): GoodRequests {
  const { admin, adjuster, compliance } = hands.people;
  const requested = async (): Promise<string> => {
    await endAll(hands);
    const { body, text } = await adjuster.ask("POST", "/v1/grants", elevation());
    assert.ok(typeof body["grantId"] === "string", text);
    return body["grantId"];
  };
  const conflict = async (): Promise<object> => ({ what: "conflict", customerId: crypto.randomUUID() });
  const newTeam = async (): Promise<string> => {
    const name = `team ${(made += 1)}`;
    assert.equal((await admin.ask("POST", "/v1/teams", { name })).status, 201);
    return name;
  };
  return {
    requestGrant: async () => {
      await endAll(hands);
      return { body: elevation() };
    },
    listGrants: async () => ({ query: [["of", "mine"]] }),
    decideGrant: async () => ({ params: { grantId: await requested() }, body: { approves: true, note: "as asked" } }),
    endGrant: async () => ({ params: { grantId: await requested() } }),
    openBreakGlass: async () => {
      await endAll(hands);
      return { body: { reason: REASON, minutes: 10 } };
    },
    reviewBreakGlass: async () => {
      await endAll(hands);
      const { body } = await adjuster.ask("POST", "/v1/break-glass", { reason: REASON });
      await adjuster.ask("DELETE", `/v1/grants/${String(body["grantId"])}`);
      return { params: { grantId: String(body["grantId"]) }, body: { finding: "justified", note: REASON } };
    },
    attest: async () => ({ body: await conflict() }),
    listAttestations: async () => ({}),
    endAttestation: async () => {
      const { body } = await adjuster.ask("POST", "/v1/attestations", await conflict());
      const principalId = adjuster.clientId;
      const attestationId = String(body["attestationId"]);
      // Ended at once where the request is only read: conflicts are not to pile up.
      return { params: { principalId, attestationId } };
    },
    identifyPerson: async () => ({
      params: { principalId: compliance.clientId },
      body: { personnelNumber: `N-${(made += 1)}` },
    }),
    createTeam: async () => ({ body: { name: `team ${(made += 1)}` } }),
    rehearsePolicies: async () => ({
      body: { files: [{ name: "extra.yaml", text: "version: 1" }], overlay: true, limit: 2 },
    }),
    listTeams: async () => ({}),
    changeTeam: async () => ({ body: { team: await newTeam(), principalId: adjuster.clientId, change: "add" } }),
  };
}

/** Nothing is left of the adjuster's that would stand in the way of another. */
async function endAll({ people: { adjuster, compliance } }: Hands): Promise<void> {
  const { body } = await adjuster.ask("GET", "/v1/grants");
  for (const { grantId, form } of body["items"] as { grantId: string; form: string }[]) {
    await adjuster.ask("DELETE", `/v1/grants/${grantId}`);
    if (form !== "break-glass") continue;
    const review = await compliance.ask("POST", `/v1/break-glass/${grantId}/review`, {
      finding: "justified",
      note: REASON,
    });
    assert.equal(review.status, 200, review.text);
  }
}
