// Puts this server's policies in force, and notices when another server has put other ones in their place.
import type { Access } from "./access/access.ts";
import type { Decider, PolicyInForce } from "./disclosure/disclosure.ts";

export interface PolicyWatch {
  /** For the gate. After other policies came in force its decisions go stale, so that nothing is released under these. */
  readonly inForce: () => PolicyInForce;
  isInForce(): boolean;
  look(): Promise<void>;
}

export async function followPolicies(access: Access, decider: Decider): Promise<PolicyWatch> {
  const { policySet } = decider;
  const digest = Buffer.from(policySet.digest, "hex");
  const activated = await access.activatePolicySet(digest, policySet.signed);
  let inForce: PolicyInForce = { decider, revision: activated.revision };
  let isCurrent = true;
  return {
    inForce: () => inForce,
    isInForce: () => isCurrent,
    async look() {
      const current = await access.currentPolicySet();
      isCurrent = current !== null && Buffer.compare(current.digest, digest) === 0;
      if (isCurrent && current !== null) inForce = { decider, revision: current.revision };
    },
  };
}
