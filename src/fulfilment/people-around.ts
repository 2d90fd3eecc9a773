// Who else is around a customer, as far as the vault knows: names in their own records, and those who are linked to them. Held in memory while a text is read.
import type { Authenticated } from "../access/access.ts";
import type { FieldAnswer } from "../disclosure/disclosure.ts";
import { AppError } from "../kernel/app-error.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { FieldType } from "../vault/vault.ts";
import type { FulfilmentContext } from "./context.ts";
import type { At } from "./find-package.ts";
import type { People } from "./propose-strikes.ts";

/** Those that say who the customer is and where they are reached. */
const OWN_TYPES = ["person", "organisation", "contact"];
const LINKED_MAX = 20;

/** Asked of the gate in the reader's name for the customer's own records; of those who are linked, the server's own use, an entry each. Throws GateError. */
export async function peopleAround(context: FulfilmentContext, asker: Authenticated, at: At): Promise<People> {
  const { gate, vault } = context;
  const { customerId } = at;
  const { customers } = await gate.disclose(asker, {
    purpose: "data-subject-request",
    basis: "rights-request",
    fields: vault.registry
      .allFields()
      .filter(namesSomebody)
      .map(({ path }) => path),
    form: "clear",
    recipient: null,
    justification: "whom a text may name, so that it can be looked for (GDPR Art. 15(4))",
    subjects: [{ customerId, unitId: null, recordIds: null }],
  });
  const said = (customers[0]?.fields ?? []).flatMap((answer) => saidBy(answer));
  const isOwn = ({ field }: Said): boolean => OWN_TYPES.includes(field.slice(0, field.indexOf(".")));
  const words = (some: readonly Said[]): string[] => some.map(({ value }) => value);
  const own = words(said.filter(isOwn));
  const named = words(said.filter((one) => !isOwn(one)));
  return { own, others: [...named, ...(await linkedTo(context, at))] };
}

interface Said {
  readonly field: string;
  readonly value: string;
}

function saidBy({ field, form, value, given }: FieldAnswer): Said[] {
  return form !== "clear" || value === undefined ? [] : [{ field, value: given ?? value }];
}

/** A note's author is who writes, and a text is what is read. */
function namesSomebody({ record, type, others, name }: FieldType): boolean {
  if (OWN_TYPES.includes(record)) return ["name", "email", "phone"].includes(type) || name.endsWith("-name");
  return type === "name" || others === "always";
}

async function linkedTo({ gate, vault }: FulfilmentContext, { customerId, copyId }: At): Promise<string[]> {
  const links = await vault.links(customerId, { limit: LINKED_MAX });
  const found: string[] = [];
  for (const other of new Set(links.map(({ otherCustomerId }) => otherCustomerId)))
    found.push(...(await namesOf(gate, other, copyId)));
  return found;
}

async function namesOf(gate: FulfilmentContext["gate"], customerId: Uuid, serves: Uuid): Promise<string[]> {
  try {
    return await gate.useValues(
      {
        customerId,
        why: "others-named",
        serves,
        recordTypes: OWN_TYPES,
        choose: (held) => held.filter(({ field }) => namesSomebody(field)),
      },
      async (values) => [...values.values()],
    );
  } catch (error) {
    // Erased since: there is nothing to look for any more.
    if (error instanceof AppError && error.code === "not-found") return [];
    throw error;
  }
}
