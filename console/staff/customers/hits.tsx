// What was found, one line a customer: masked, reached by the arrow keys, opened by Enter.
import { Alert, Anchor, Badge, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { useTranslations } from "use-intl";
import type { Hit } from "./finding.ts";
import { maskedLine, maskedRest } from "./masked-line.ts";
import { useSchema } from "./schema.ts";

export const HIT = "[data-hit]";
const REST_MAX = 4;
/** Records that are work of their own, so that whoever has them in hand opens them at once. */
const WORK = new Set(["claim", "policy", "investigation", "underwriting"]);

export interface HitsProps {
  readonly hits: readonly Hit[];
  readonly isCut: boolean;
  readonly list: RefObject<HTMLUListElement | null>;
  /** Up from the first hit. */
  readonly onTop: () => void;
}

export function Hits({ hits, isCut, list, onTop }: HitsProps): ReactNode {
  const t = useTranslations("customers");
  const keys = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const links = [...(list.current?.querySelectorAll<HTMLElement>(HIT) ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement) + step;
    if (at < 0) onTop();
    else links[Math.min(at, links.length - 1)]?.focus();
  };
  return (
    <Stack gap="xs">
      <ul ref={list} onKeyDown={keys} className="lines" aria-label={t("find.hits", { count: hits.length })}>
        {hits.map((hit) => (
          <li key={hit.recordId}>
            <HitLine hit={hit} />
          </li>
        ))}
      </ul>
      {isCut && <Alert color="yellow">{t("find.cut")}</Alert>}
    </Stack>
  );
}

function HitLine({ hit }: { readonly hit: Hit }): ReactNode {
  const t = useTranslations("customers");
  const schema = useSchema();
  const { customerId, unitId, type, summary } = hit;
  const rest = maskedRest(summary).slice(0, REST_MAX);
  return (
    <Group justify="space-between" wrap="wrap" gap="xs">
      <Stack gap={2}>
        <Group gap="xs">
          <Anchor component={Link} to={`/customers/${customerId}`} data-hit fw={600}>
            {maskedLine(summary) ?? t("find.unnamed")}
          </Anchor>
          <Badge variant="default">{schema.record(type)}</Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {rest.map(([path, value]) => `${schema.field(path).label}: ${value}`).join(" · ")}
        </Text>
      </Stack>
      {WORK.has(type) && (
        <Anchor component={Link} to={`/customers/${customerId}/in-hand/${unitId}`} size="sm">
          {t("find.openWork")}
        </Anchor>
      )}
    </Group>
  );
}
