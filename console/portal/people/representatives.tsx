// Who may act for the customer, and ending it.
import { Button, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { Freshly } from "../settings/freshly.tsx";

export function Representatives(): ReactNode {
  const t = useTranslations("portal-people");
  const known = useAsk("listOwnRepresentatives", {});
  const end = useAct("endOwnRepresentative", { changes: ["listOwnRepresentatives"] });
  return (
    <Answered of={known}>
      {({ items }) => (
        <Stack gap="sm">
          <Trouble error={end.error} />
          {items.length === 0 && <Text fw={600}>{t("me.nobody")}</Text>}
          {items.map(({ representationId, kind, startsAt, endsAt, isGranted }) => (
            <Stack key={representationId} gap={4}>
              <Text fw={600}>{t(`me.kinds.${kind}`)}</Text>
              <Text size="sm">
                {isGranted ? t.rich("me.since", { at: () => <Moment at={startsAt} dateOnly /> }) : t("me.waits")}{" "}
                {endsAt !== null && t.rich("me.until", { at: () => <Moment at={endsAt} dateOnly /> })}
              </Text>
              <Freshly>
                <Button
                  variant="default"
                  w="fit-content"
                  loading={end.isPending}
                  onClick={() => end.mutate({ params: { representationId } })}
                >
                  {t("me.endIt")}
                </Button>
              </Freshly>
            </Stack>
          ))}
        </Stack>
      )}
    </Answered>
  );
}
