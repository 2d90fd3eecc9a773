// Collects every member name the interface itself uses: the only names that problem documents may repeat.
import { z } from "zod";
import type { Route } from "../../contract/route.ts";
import type { KnownNames } from "./validation-errors.ts";

/** `fieldNames` are those of the schema registry, which stand in requests as member names too. */
export function knownNames(routes: readonly Route[], fieldNames: Iterable<string>): KnownNames {
  return new Set([...fieldNames, ...routes.flatMap(namesOf)]);
}

/** A route never changes, and is described once a process. */
const described = new WeakMap<Route, readonly string[]>();

function namesOf(route: Route): readonly string[] {
  const known = described.get(route);
  if (known !== undefined) return known;
  const names = new Set<string>();
  for (const schema of [route.params, route.query, route.body]) {
    if (schema !== undefined) collect(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), names);
  }
  described.set(route, [...names]);
  return [...names];
}

function collect(schema: unknown, names: Set<string>): void {
  if (typeof schema !== "object" || schema === null) return;
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === "properties" && typeof value === "object" && value !== null) {
      for (const name of Object.keys(value)) names.add(name);
    }
    collect(value, names);
  }
}
