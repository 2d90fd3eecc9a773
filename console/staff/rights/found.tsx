// What a person found who looked at an automated decision again (GDPR Art. 22(3)).
import { Radio, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

const FINDINGS = ["stands", "changed", "withdrawn"] as const;
export type Finding = (typeof FINDINGS)[number];

export interface FoundProps {
  readonly value: Finding | null;
  readonly onChange: (found: Finding) => void;
}

export function Found({ value, onChange }: FoundProps): ReactNode {
  const t = useTranslations("rights");
  return (
    <Radio.Group label={t("found")} value={value} onChange={(found) => onChange(found as Finding)}>
      <Stack gap="xs" mt={4}>
        {FINDINGS.map((one) => (
          <Radio key={one} value={one} label={t(`founds.${one}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
