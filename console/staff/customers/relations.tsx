// Who is related: by kind and way round, without names; a click leads to the other, if that is within one's reach.
import { Anchor, Badge, Button, Group, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Loading } from "../../shared/loading.tsx";
import { usePages } from "../../shared/pages.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";

/** Those who may say who belongs to a policy or claim may see who does; for the others the server has no list. */
export function Relations({ customerId }: { readonly customerId: string }): ReactNode {
  const may = useMay();
  return may("customer.link") ? <RelationList customerId={customerId} /> : null;
}

function RelationList({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("customers");
  const words = useTranslations("words");
  const { rows, more, data, error, refetch } = usePages("listLinks", { params: { customerId }, query: {} });
  return (
    <section aria-labelledby="relations">
      <Title order={2} id="relations" mb="xs">
        {t("relations.title")}
      </Title>
      <Trouble error={error} again={refetch} />
      {data === undefined && error === null && <Loading lines={2} />}
      {data !== undefined && rows.length === 0 && <Text c="dimmed">{t("relations.none")}</Text>}
      <ul className="lines">
        {rows.map(({ linkId, otherCustomerId, kind, holder, ended }) => (
          <li key={linkId}>
            <Group gap="xs">
              <Anchor component={Link} to={`/customers/${otherCustomerId}`}>
                {t(`relations.${holder}`, { kind: words(`linkKinds.${kind}`) })}
              </Anchor>
              {ended && <Badge variant="default">{t("relations.ended")}</Badge>}
              <Text size="xs" c="dimmed" ff="monospace">
                {otherCustomerId.slice(0, 8)}
              </Text>
            </Group>
          </li>
        ))}
      </ul>
      {more.hasMore && (
        <Button variant="default" mt="sm" loading={more.isLoading} onClick={() => more.load()}>
          {t("relations.more")}
        </Button>
      )}
    </section>
  );
}
