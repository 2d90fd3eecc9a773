// Which purpose something is asked for: the usual one stands there already.
import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { Purpose } from "../customers/purposes.ts";

export interface PurposeOfProps {
  readonly purposes: readonly Purpose[];
  readonly purpose: Purpose;
  readonly onChange: (purpose: Purpose) => void;
}

export function PurposeOf({ purposes, purpose, onChange }: PurposeOfProps): ReactNode {
  const words = useTranslations("words");
  const t = useTranslations("work");
  return (
    <Select
      label={t("purpose")}
      size="sm"
      w="14rem"
      allowDeselect={false}
      data={purposes.map((each) => ({ value: each, label: words(`purposes.${each}`) }))}
      value={purpose}
      onChange={(value) => value !== null && onChange(value as Purpose)}
    />
  );
}
