// Policies, claims and the rest as units, each with its state; a click leads to the work on it.
import { Anchor, Badge, Button, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Empty } from "../../shared/empty.tsx";
import type { MaskedUnit } from "./use-masked-view.ts";
import { MaskedRecords } from "./masked-records.tsx";
import { maskedLine } from "./masked-line.ts";

/** More of them on demand, so that whoever has two thousand is shown as fast as whoever has two. */
const SHOWN_AT_FIRST = 25;

export interface UnitsProps {
  readonly units: readonly MaskedUnit[];
  readonly customerId: string;
}

export function Units({ units, customerId }: UnitsProps): ReactNode {
  const t = useTranslations("customers");
  const [shown, setShown] = useState(SHOWN_AT_FIRST);
  return (
    <section aria-labelledby="units">
      <Title order={2} id="units" mb="xs">
        {t("units.title", { count: units.length })}
      </Title>
      {units.length === 0 && <Empty>{t("units.none")}</Empty>}
      <ul className="lines">
        {units.slice(0, shown).map((unit) => (
          <li key={unit.unitId}>
            <UnitLine unit={unit} customerId={customerId} />
          </li>
        ))}
      </ul>
      {units.length > shown && (
        <Button variant="default" mt="sm" onClick={() => setShown(shown + SHOWN_AT_FIRST)}>
          {t("units.more", { count: units.length - shown })}
        </Button>
      )}
    </section>
  );
}

interface UnitLineProps {
  readonly unit: MaskedUnit;
  readonly customerId: string;
}

function UnitLine({ unit, customerId }: UnitLineProps): ReactNode {
  const t = useTranslations("customers");
  const words = useTranslations("words");
  const [isOpen, setOpen] = useState(false);
  const { unitId, kind, line, entity, brand, status, records } = unit;
  const masks = Object.fromEntries(
    records.flatMap(({ fields }) => fields.map((f) => [f.field, f.value ?? ""] as const)),
  );
  const number = masks[`${kind}.number`] ?? maskedLine(masks) ?? "";
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Anchor component={Link} to={`/customers/${customerId}/in-hand/${unitId}`} fw={600}>
            {words(`unitKinds.${kind}`)} {number}
          </Anchor>
          <Badge variant="default">{words(`lines.${line}`)}</Badge>
          <Badge variant={status === "open" ? "outline" : "default"}>{words(`unitStatus.${status}`)}</Badge>
          <Text size="sm" c="dimmed">
            {entity === brand ? entity : `${entity} · ${brand}`}
          </Text>
        </Group>
        {records.length > 0 && (
          <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {t(isOpen ? "units.hide" : "units.show", { count: records.length })}
          </Button>
        )}
      </Group>
      {isOpen && <MaskedRecords records={records} />}
    </Stack>
  );
}
