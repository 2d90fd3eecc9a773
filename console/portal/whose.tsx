// Whose file: one's own, or of somebody whom one stands for. Only ids are known until something is asked for.
import { Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { type PortalSession, useSession } from "./session.ts";

export interface Whose {
  /** undefined: one's own. */
  readonly customerId: string | undefined;
  readonly choice: ReactNode;
}

/** `only`: of whom one may ask what the page asks. */
export function useWhose(only: (other: PortalSession["standsFor"][number]) => boolean = () => true): Whose {
  const t = useTranslations("portal");
  const { customerId: own, standsFor } = useSession();
  const others = standsFor.filter(only);
  const [chosen, setChosen] = useState(own);
  return {
    customerId: chosen === own ? undefined : chosen,
    choice: others.length > 0 && (
      <Select
        label={t("whose.label")}
        allowDeselect={false}
        value={chosen}
        onChange={(value) => setChosen(value ?? own)}
        data={[
          { value: own, label: t("whose.own") },
          ...others.map(({ customerId, as }, at) => ({
            value: customerId,
            label: t(`whose.${as}`, { number: at + 1 }),
          })),
        ]}
      />
    ),
  };
}
