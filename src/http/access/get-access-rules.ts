// GET /v1/access/rules
import type { FastifyInstance } from "fastify";
import type { AccessRules } from "../../../contract/access-rules.ts";
import { accessRoutes } from "../../../contract/routes/access.ts";
import type { GrantRules } from "../../grants/grants.ts";
import { ROLES, type Role } from "../../kernel/vocabulary.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

/** No secret from who works here: it is what everybody is held to. Customers are not told how the insurer is set up. */
export function getAccessRules(http: FastifyInstance, { access, grants }: Shell): void {
  serve(http, accessRoutes.rules, async ({ principal }) => {
    if (principal.kind === "customer") throw new HttpError("not-permitted");
    const { elevation, twoPerson, breakGlass, attestations } = grants.rules;
    return {
      roles: ROLES.map((role) => roleAnswer(role, access.roles[role], elevation)),
      elevationHoursMax: elevation.hoursMax,
      approvalHoursMax: twoPerson.hoursMax,
      breakGlassMinutesMax: breakGlass.minutesMax,
      courses: Object.entries(attestations.courses).map(([course, { title }]) => ({ course, title })),
      policies: Object.entries(attestations.policies).map(([policy, { title }]) => ({ policy, title })),
    };
  });
}

function roleAnswer(
  role: Role,
  rules: Shell["access"]["roles"][Role],
  elevation: GrantRules["elevation"],
): AccessRules["roles"][number] {
  return {
    role,
    purposes: [...rules.purposes],
    purposesMax: rules.purposesMax ?? null,
    rowScopes: [...rules.rowScopes],
    classesNeeded: rules.classCeilingNeeded,
    daysMax: rules.daysMax,
    secondPerson: rules.secondPerson,
    why: rules.why,
    elevatedTo: [...(elevation.roles[role] ?? [])],
  };
}
