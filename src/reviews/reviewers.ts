// Who decides which line: nobody on themselves, and nobody on whom they granted, as whatever principal of theirs.
import { isSame, personsOf, UNKNOWN_PERSON } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { ReviewsContext } from "./context.ts";
import type { Line } from "./rows.ts";

type About = Pick<Line, "subject" | "grantors">;

/** Whether somebody may decide on a line at all: `selves` are the principals that are the reviewer. */
export function mayReview(selves: ReadonlySet<string>, { subject, grantors }: About): boolean {
  return !selves.has(subject.id) && !grantors.some((id) => selves.has(id));
}

/** Of each reviewer, those principals of the lines that are one person with them, and themselves. */
export async function readSelves(
  { authority, database }: Pick<ReviewsContext, "authority" | "database">,
  reviewers: readonly Uuid[],
  lines: readonly About[],
): Promise<(reviewer: Uuid) => ReadonlySet<Uuid>> {
  const about = lines.flatMap(({ subject, grantors }) => [subject.id as Uuid, ...(grantors as Uuid[])]);
  const ids = [...new Set([...reviewers, ...about])];
  const persons = await personsOf(authority, database, ids);
  const known = [...persons];
  const selves = new Map(
    reviewers.map((reviewer) => {
      const person = persons.get(reviewer) ?? UNKNOWN_PERSON;
      return [reviewer, new Set([reviewer, ...known.flatMap(([id, other]) => (isSame(person, other) ? id : []))])];
    }),
  );
  return (reviewer) => selves.get(reviewer) ?? new Set([reviewer]);
}

interface Sharing {
  readonly reviewers: readonly Uuid[];
  readonly escalation: Uuid;
  readonly selvesOf: (reviewer: Uuid) => ReadonlySet<Uuid>;
}

/** In turns, so that the work is shared; the escalation only where no other may. Null where nobody may. */
export function shareOut({ reviewers, escalation, selvesOf }: Sharing): (line: About) => Uuid | null {
  let next = 0;
  return (line) => {
    for (let tried = 0; tried < reviewers.length; tried += 1) {
      const reviewer = reviewers[(next + tried) % reviewers.length]!;
      if (!mayReview(selvesOf(reviewer), line)) continue;
      next += tried + 1;
      return reviewer;
    }
    return mayReview(selvesOf(escalation), line) ? escalation : null;
  };
}
