// Which kinds of information a policy can concern at all, read off its scope and the conditions that all have to hold.
import type { PolicyJson } from "@cedar-policy/cedar-wasm/nodejs";
import { z } from "zod";
import { CEDAR_TYPES } from "./cedar-schema.ts";

const uid = z.object({ type: z.literal(CEDAR_TYPES.dataClass), id: z.string() });
const entity = z.union([z.object({ __entity: uid }).transform((wrapped) => wrapped.__entity), uid]);
const value = z.object({ Value: z.object({ __entity: uid }) }).transform((one) => one.Value.__entity.id);
const resource = z.object({ Var: z.literal("resource") });
const and = z.object({ "&&": z.object({ left: z.unknown(), right: z.unknown() }) });
const oneOf = z.object({ contains: z.object({ left: z.object({ Set: z.array(value) }), right: resource }) });
const equal = z.union([
  z.object({ "==": z.object({ left: resource, right: value }) }).transform((one) => one["=="].right),
  z.object({ "==": z.object({ left: value, right: resource }) }).transform((one) => one["=="].left),
]);

/**
 * Null where it may be any. INVARIANT: a policy matches no resource that is left out, since what is read here must hold for it to match; whatever is not
 * understood leaves out nothing.
 */
export function classesOf(json: PolicyJson): ReadonlySet<string> | null {
  const scope = json.resource;
  const scoped = "entity" in scope && scope.op === "==" ? entity.safeParse(scope.entity).data?.id : undefined;
  const conditions = json.conditions.flatMap(({ kind, body }) => (kind === "when" ? conjuncts(body) : []));
  const sets = [...(scoped === undefined ? [] : [[scoped]]), ...conditions.flatMap(namedIn)];
  const [first, ...others] = sets;
  if (first === undefined) return null;
  return new Set(first.filter((one) => others.every((other) => other.includes(one))));
}

function conjuncts(node: unknown): unknown[] {
  const both = and.safeParse(node);
  return both.success ? [...conjuncts(both.data["&&"].left), ...conjuncts(both.data["&&"].right)] : [node];
}

/** Nothing where the condition does not say which. */
function namedIn(node: unknown): string[][] {
  const several = oneOf.safeParse(node);
  if (several.success) return [several.data.contains.left.Set];
  const one = equal.safeParse(node);
  return one.success ? [[one.data]] : [];
}
