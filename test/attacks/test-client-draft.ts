// For fuzz tests: what a client is asked for with.
export function clientDraft(): object {
  return {
    name: "made for a test",
    role: "csr",
    purposes: ["policy-servicing"],
    entities: ["acme"],
    lines: ["life"],
    groups: ["team one"],
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  };
}
