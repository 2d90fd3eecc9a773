// GET /v1/access/policy-signatures
import type { FastifyInstance } from "fastify";
import { type PolicySignatures, policySignature } from "../../../contract/matrix.ts";
import { matrixRoutes } from "../../../contract/routes/access.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";

type Waiting = PolicySignatures["waiting"][number];

const FILE = "policies/signed.yaml";
const SIGNERS = policySignature.shape.role.options;

export function getAccessPolicySignatures(http: FastifyInstance, { access, gate, packages, clock }: Shell): void {
  serve(http, matrixRoutes.signatures, async ({ principal }) => {
    requireRight(access, principal, "policy.read");
    const signAs = SIGNERS.find((role) => role === principal.role) ?? null;
    const today = clock.now().toISOString().slice(0, 10);
    const { digest, waiting, signed } = gate.signatures();
    const flows = packages.flows().map((flow) => ({ ...flow, waitsFor: gate.waitsFor(flow) }));
    const items = waiting.map((permit) => ({
      ...permit,
      remedies: [...permit.remedies],
      flows: flows.flatMap(({ flow, title, waitsFor }) => (waitsFor.includes(permit.id) ? [{ flow, title }] : [])),
      entry: entryOf(permit.id, signAs ?? "compliance", today),
    }));
    return { digest, file: FILE, signers: [...SIGNERS], signAs, waiting: items as Waiting[], signed: [...signed] };
  });
}

function entryOf(policy: string, role: string, date: string): string {
  return [
    `  - policy: ${policy}`,
    `    role: ${role}`,
    `    date: ${date}`,
    "    note: What you read, as of when, and whom it applies to",
    "",
  ].join("\n");
}
