// Which retention units are erased where an erasure is granted in part: those that nothing forbids now can be chosen.
import { Checkbox, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { useAsk } from "../../shared/queries.ts";
import { ShortId } from "../../shared/short-id.tsx";

export interface ErasedUnitsProps {
  readonly customerId: string;
  readonly chosen: readonly string[];
  readonly onChange: (unitIds: string[]) => void;
}

export function ErasedUnits({ customerId, chosen, onChange }: ErasedUnitsProps): ReactNode {
  const t = useTranslations("rights");
  const w = useTranslations("words");
  const check = useAsk("checkErasure", { params: { customerId }, query: {} });
  return (
    <Answered of={check}>
      {({ units }) => (
        <Checkbox.Group label={t("units")} description={t("unitsHint")} value={[...chosen]} onChange={onChange}>
          <Stack gap="xs" mt={4}>
            {units.map(({ unitId, kind, isFree }) => (
              <Checkbox
                key={unitId}
                value={unitId}
                disabled={!isFree}
                label={
                  <>
                    {w(`unitKinds.${kind as "claim"}`)} <ShortId id={unitId} />
                    {!isFree && (
                      <Text span inherit c="dimmed">
                        {" "}
                        {t("notFree")}
                      </Text>
                    )}
                  </>
                }
              />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </Answered>
  );
}
