// Which work is which, masked: asked for as many at once as are shown, in one entry, and remembered for the hour.
import { useQueries } from "@tanstack/react-query";
import { ask } from "../../shared/ask.ts";
import { useSession } from "../../shared/session.ts";
import { usualPurpose } from "../customers/purposes.ts";
import type { Assignment } from "./my-work.ts";

/** More in one question are a bulk disclosure, which wants a second factor. */
const TOGETHER_MAX = 20;
const REMEMBERED_MS = 3_600_000;
const FIELDS = [
  "person.first-name",
  "person.last-name",
  "organisation.legal-name",
  "claim.number",
  "claim.status",
  "claim.loss-date",
  "policy.number",
  "policy.status",
];

/** By customer and unit; nothing for those that are not known yet, or not shown. */
export type MaskedLines = ReadonlyMap<string, Readonly<Record<string, string>>>;

export const lineKey = ({ customerId, unitId }: Pick<Assignment, "customerId" | "unitId">): string =>
  `${customerId}/${unitId ?? ""}`;

export function useMaskedLines(assignments: readonly Assignment[]): MaskedLines {
  const { purposes } = useSession();
  const purpose = usualPurpose(purposes);
  const results = useQueries({
    queries: groupsOf(assignments).map((group) => ({
      queryKey: ["masked-lines", purpose, group.map(lineKey)],
      staleTime: Infinity,
      gcTime: REMEMBERED_MS,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      queryFn: ({ signal }: { signal: AbortSignal }) => linesOf(group, purpose, signal),
    })),
  });
  return new Map(results.flatMap(({ data }) => data ?? []));
}

/** Each customer once a group: a question names nobody twice. */
function groupsOf(assignments: readonly Assignment[]): Assignment[][] {
  const groups: Assignment[][] = [];
  for (const one of assignments) {
    const fits = groups.find(
      (group) => group.length < TOGETHER_MAX && !group.some(({ customerId }) => customerId === one.customerId),
    );
    if (fits === undefined) groups.push([one]);
    else fits.push(one);
  }
  return groups;
}

async function linesOf(
  group: readonly Assignment[],
  purpose: ReturnType<typeof usualPurpose>,
  signal: AbortSignal,
): Promise<[string, Record<string, string>][]> {
  const customers = group.map(({ customerId, unitId }) => ({
    customerId,
    ...(unitId === null ? {} : { workContext: { unitId } }),
  }));
  const answer = await ask(
    "discloseBatch",
    { body: { customers, purpose, form: "masked", fields: FIELDS } },
    { signal },
  );
  return answer.customers.map(({ fields }, at) => {
    const own = group[at]!.unitId;
    const told = fields.filter(
      ({ field, unitId, value }) => value !== undefined && (isOfCustomer(field) || own === null || unitId === own),
    );
    return [lineKey(group[at]!), Object.fromEntries(told.map(({ field, value }) => [field, value ?? ""]))];
  });
}

const isOfCustomer = (field: string): boolean => field.startsWith("person.") || field.startsWith("organisation.");
