// Letters to staff, behind what they tell of: to somebody about their own sign-in, and to those who oversee access about alerts.
import type { Logger } from "pino";
import type { Access, DescribedPrincipal } from "./access/access.ts";
import type { Federated } from "./federation/federation.ts";
import type { Uuid } from "./kernel/bytes.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Letter, Mail } from "./mail/mail.ts";
import type { Database } from "./postgres/database.ts";
import type { Notify, SignIns } from "./signin/signin.ts";
import type { StaffLetters } from "./staff-letters.ts";

/** Where members of staff and their addresses are found. */
export interface Directory {
  readonly access: Pick<Access, "listPrincipals">;
  readonly signIns: Pick<SignIns, "staff">;
  readonly federated: Pick<Federated, "people">;
}

export interface OverseersNotice {
  readonly what: keyof StaffLetters["overseers"];
  /** Who is not told: it is about them. */
  readonly about: Uuid | null;
  /** One who is told in their stead, where an address of theirs is known. */
  readonly instead?: Uuid | null;
  /** Ids and days alone, as the template names them. */
  readonly values: Readonly<Record<string, string>>;
}

/** Nothing throws: what is told of has happened. A letter stands in the outbox a moment after; a process that dies in between has told nobody. */
export interface StaffMail {
  readonly notify: Notify;
  tellOverseers(directory: Directory, notice: OverseersNotice): void;
  /** Resolves once everything so far is in the outbox, or has failed. */
  settled(): Promise<void>;
}

export interface StaffMailParts {
  /** Null where nothing can be sent. */
  readonly mail: Mail | null;
  readonly letters: StaffLetters;
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
}

/** News of three days ago is found on the pages and in the queues. */
const GOOD_FOR_MS = 3 * 86_400_000;
const PAGE = 200;

export function openStaffMail({ mail, letters, database, clock, log }: StaffMailParts): StaffMail {
  if (mail === null) return { notify: () => {}, tellOverseers: () => {}, settled: () => Promise.resolve() };
  const under = new Set<Promise<unknown>>();
  const behind = (work: Promise<unknown>): void => {
    const watched = work
      .catch((err: unknown) => log.error({ err }, "a letter to staff was not put into the outbox"))
      .finally(() => under.delete(watched));
    under.add(watched);
  };
  const put = async (letter: Pick<Letter, "to" | "name" | "values">, at: Date): Promise<void> => {
    const values = { ...letter.values, at: spelt(at) };
    const expiresAt = new Date(at.getTime() + GOOD_FOR_MS);
    await mail.put(database, { ...letter, values, language: letters.language, expiresAt });
  };
  return {
    notify: ({ email, what, at }) => behind(put({ to: email, name: `staff-${what}`, values: {} }, at)),
    tellOverseers: (directory, { what, about, instead = null, values }) => {
      const at = clock.now();
      const tell = async (): Promise<void> => {
        const roles = letters.overseers[what];
        const own = instead === null ? [] : await addressesOf(directory, (one) => one.principalId === instead);
        const isOffice = ({ role, principalId }: DescribedPrincipal): boolean =>
          roles.includes(role) && principalId !== about;
        const addresses = own.length > 0 ? own : await addressesOf(directory, isOffice);
        const sent = await Promise.allSettled(addresses.map((to) => put({ to, name: what, values }, at)));
        // One address that cannot be written to must not keep the others from being told.
        const failed = sent.filter(({ status }) => status === "rejected").length;
        if (failed > 0 || sent.length === 0)
          log.error({ what, told: sent.length - failed, failed }, "not everybody who oversees access was told");
      };
      behind(tell());
    },
    settled: async () => void (await Promise.all(under)),
  };
}

const spelt = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** Of active staff who are meant: the address they sign in with here, or else the directory's. */
async function addressesOf(
  { access, signIns, federated }: Directory,
  isMeant: (one: DescribedPrincipal) => boolean,
): Promise<readonly string[]> {
  const isTold = (one: DescribedPrincipal): boolean => one.kind === "staff" && one.status === "active" && isMeant(one);
  const found: DescribedPrincipal[] = [];
  for (let after: Uuid | null = null, isLast = false; !isLast;) {
    const page = await access.listPrincipals({ after, limit: PAGE });
    found.push(...page.principals.filter(isTold));
    after = page.next;
    isLast = after === null;
  }
  const described = await signIns.staff.describe(found);
  const known = described.flatMap(({ email }) => (email === null ? [] : [email]));
  const others = new Set(described.filter(({ email }) => email === null).map(({ principalId }) => principalId));
  const elsewhere = others.size === 0 ? [] : await directoryAddresses(federated, others);
  return [...new Set([...known, ...elsewhere])];
}

async function directoryAddresses(
  { people }: Directory["federated"],
  of: ReadonlySet<string>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (let after: Uuid | null = null, isLast = false; !isLast;) {
    const page = await people.page(after, PAGE);
    for (const { content } of page.people) {
      const [email] = content.emails;
      if (content.principalId !== null && of.has(content.principalId) && email !== undefined) found.push(email);
    }
    after = page.next;
    isLast = after === null;
  }
  return found;
}
