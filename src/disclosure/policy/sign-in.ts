// Which unconfirmed permits a compliance officer has signed in. Unsigned ones are left out; denials need no signature.
import { z } from "zod";
import { PolicyError } from "./errors.ts";
import type { PolicyFile } from "./policy-files.ts";
import type { PolicyRule } from "./rule.ts";
import { parseYaml } from "./yaml-data.ts";

const signedFile = z.strictObject({
  version: z.literal(1),
  signed: z.array(
    z.strictObject({
      policy: z.string().min(1),
      role: z.enum(["compliance", "dpo"]),
      date: z.iso.date(),
      note: z.string().trim().min(10).max(1000),
    }),
  ),
});

/** As the officer wrote it. */
export type Signature = z.infer<typeof signedFile>["signed"][number];

/** A permit that rests on a text that nobody has read needs a signature (architecture, Decide). */
export function needsSignature(rule: PolicyRule): boolean {
  return rule.effect === "permit" && (rule.confirmed === "none" || rule.confirmed === "secondary");
}

/** In the order of the file. Throws PolicyError for a signature that signs nothing, since its author believes it does. */
export function readSigned(file: PolicyFile, rules: readonly PolicyRule[]): readonly Signature[] {
  const { content, faultAt: fault } = parseYaml(file, signedFile);
  const waiting = new Set(rules.filter(needsSignature).map((rule) => rule.id));
  const signed = new Set<string>();
  const faults: string[] = [];
  for (const [at, { policy }] of content.signed.entries()) {
    if (!waiting.has(policy))
      faults.push(fault(["signed", at, "policy"], `${policy} is not a permit that waits for a signature`));
    if (signed.has(policy)) faults.push(fault(["signed", at, "policy"], `${policy} is signed twice`));
    signed.add(policy);
  }
  if (faults.length > 0) throw new PolicyError(faults);
  return content.signed;
}
