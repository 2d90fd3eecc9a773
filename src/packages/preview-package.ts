// What a package would hold, and what is refused and why: decided as the disclosure would be, recorded, and nothing is opened.
import type { Authenticated } from "../access/access.ts";
import type { PreviewField } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { PackagesContext } from "./context.ts";
import { type PackageQuestion, questionsOf } from "./make-package.ts";
import { requireServed } from "./served.ts";

export interface PreviewedCustomer {
  readonly customerId: Uuid;
  readonly fields: readonly PreviewField[];
}

/** Throws PackagesError `not-served`, and what the gate throws. */
export async function previewPackage(
  context: PackagesContext,
  asker: Authenticated,
  asked: PackageQuestion,
): Promise<readonly PreviewedCustomer[]> {
  const standing = await requireServed(context, asked);
  const found = new Map<Uuid, PreviewField[]>();
  for (const { subjects, ...terms } of questionsOf(asked, standing))
    for (const subject of subjects) {
      const { fields } = await context.gate.preview(asker, { ...terms, ...subject });
      found.set(subject.customerId, [...(found.get(subject.customerId) ?? []), ...fields]);
    }
  return [...found].map(([customerId, fields]) => ({ customerId, fields }));
}
