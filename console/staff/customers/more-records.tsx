// How much of a long file is loaded, and the way to the rest of it.
import { Alert, Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { WholeView } from "./use-masked-view.ts";

/** Nothing where the file is all there. */
export function MoreRecords({ of: { data, more } }: { readonly of: WholeView }): ReactNode {
  const t = useTranslations("customers");
  if (!more.hasMore || data === undefined) return null;
  const count = data.units.reduce((sum, { records }) => sum + records.length, 0);
  return (
    <Alert color="yellow" role="status">
      <Group justify="space-between">
        <Text size="sm">{t("customer.cut", { count })}</Text>
        <Button size="compact-sm" variant="default" loading={more.isLoading} onClick={() => more.load()}>
          {t("customer.more")}
        </Button>
      </Group>
    </Alert>
  );
}
