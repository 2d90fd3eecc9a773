// Of whom, and why: ids as they are copied from a customer's page, a line each, with the policy or claim behind.
import { Textarea } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { aboutOf, CUSTOMERS_MAX, REASON_MIN } from "./draft.ts";
import type { DraftProps } from "./new-package.tsx";

export function ChooseAbout({ draft, set }: DraftProps): ReactNode {
  const t = useTranslations("sharing");
  const found = aboutOf(draft.about).length;
  return (
    <>
      <Textarea
        label={t("customers")}
        description={t("customersHint", { most: CUSTOMERS_MAX })}
        {...(found > CUSTOMERS_MAX ? { error: t("tooMany", { most: CUSTOMERS_MAX }) } : {})}
        autosize
        minRows={2}
        maxRows={12}
        spellCheck={false}
        autoComplete="off"
        value={draft.about}
        onChange={(event) => set({ about: event.currentTarget.value })}
      />
      <Textarea
        label={t("reason")}
        description={t("reasonHint", { least: REASON_MIN })}
        autosize
        minRows={2}
        maxLength={500}
        autoComplete="off"
        value={draft.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
      />
    </>
  );
}
