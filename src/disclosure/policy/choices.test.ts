// What customers say no to, at the policies: for whom and for what each no counts, what lifts it, and that all who ask outside of them know the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PURPOSES } from "../../kernel/vocabulary.ts";
import { type No, noesBearingOn } from "../said-no.ts";
import { createDecider, RECIPIENTS, type DecisionInput } from "./policy.ts";
import { ADJUSTER, shippedPolicies } from "./test-policies.ts";

const decider = createDecider(shippedPolicies());
/** All of them said at once: each has a policy of its name. */
const ALL_SAID = { noMarketing: true, noAffiliateSharing: true, noThirdPartySharing: true } as const;
const NOES = ["no-marketing", "no-affiliate-sharing", "no-third-party-sharing"] as const satisfies readonly No[];
/** Sent by somebody to whom the customer's word opens it. */
const SENT: Partial<DecisionInput> = { dataClass: "identity", recipientVerified: true, recipientContract: true };

function isOptedOut(changes: Partial<DecisionInput>): boolean {
  return decider.decideField({ ...ADJUSTER, ...SENT, ...changes }).reasons.some(({ code }) => code === "opted-out");
}

/** Systems that may see it for their purpose; what is refused to whoever may not see it says nothing of choices. */
const SYSTEMS = PURPOSES.flatMap((purpose): readonly Partial<DecisionInput>[] => {
  const tried = (["policy", "claim", "block"] as const).map((assignment) => ({ assignment, purpose }));
  const asker = { ...SENT, role: "service-account", authorizationCovers: purpose === "marketing" } as const;
  const found = tried.find((one) => decider.decideField({ ...ADJUSTER, ...asker, ...one }).form === "clear");
  return found === undefined ? [] : [{ ...asker, ...found }];
});

test("for every purpose and recipient the policies deny by exactly those noes that bear on it", () => {
  assert.ok(SYSTEMS.length >= 4, `${SYSTEMS.length} kinds of work have a system`);
  // To whom makes no difference from purpose to purpose, so that one goes through them all.
  for (const [at, asker] of SYSTEMS.entries())
    for (const recipient of at === 0 ? RECIPIENTS : (["affiliate", "other"] as const)) {
      const { purpose = "marketing" } = asker;
      const bearing = noesBearingOn(purpose, recipient);
      const { determining } = decider.decideField({ ...ADJUSTER, ...asker, recipient, ...ALL_SAID });
      assert.deepEqual(
        NOES.filter((no) => determining.includes(`choices/${no}`)),
        // Nobody is marketed to who says no, whoever is to be sent it: that is decided first.
        purpose === "marketing" ? ["no-marketing"] : bearing,
        `${purpose} to ${recipient}`,
      );
      assert.equal(purpose === "marketing", bearing.includes("no-marketing"));
    }
});

test("sharing that the customer said no to is lifted by an order, and by a newer authorization as the remedy says; marketing by neither", () => {
  const affiliate = { recipient: "affiliate", noAffiliateSharing: true } as const;
  const acquirer = { recipient: "acquirer", noThirdPartySharing: true } as const;
  for (const sharing of [affiliate, acquirer]) {
    assert.ok(!isOptedOut({ ...sharing, legalProcessCovers: true }));
    const asked = { ...ADJUSTER, ...SENT, ...sharing, authorizationCovers: true };
    assert.ok(isOptedOut(asked), "one that is older than the no");
    const newer = decider.decideField(asked).remedies.find(({ code }) => code === "authorization");
    assert.equal(newer?.form, "clear");
    assert.equal(decider.decideField({ ...asked, ...newer?.changes }).form, "clear");
  }
  for (const ground of [{ authorizationCovers: true }, { legalProcessCovers: true }])
    assert.ok(isOptedOut({ purpose: "marketing", noMarketing: true, ...ground }));
});

test("without a no an authorization sends to an affiliate and to a marketing partner in clear, and an affiliate may audit", () => {
  for (const recipient of ["affiliate", "marketing-partner"] as const)
    assert.equal(decider.decideField({ ...ADJUSTER, ...SENT, recipient, authorizationCovers: true }).form, "clear");
  assert.ok(!isOptedOut({ recipient: "affiliate", purpose: "audit", noAffiliateSharing: true }));
});
