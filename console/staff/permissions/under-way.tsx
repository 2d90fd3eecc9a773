// What was sent to the customer and is not delivered yet, or came back: as the queues of letters and of mail say.
import { Badge, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";

interface UnderWayProps {
  readonly customerId: string;
  readonly mails: AnswerOf<"listNoticeDeliveries">["mails"];
  readonly title: (notice: string) => string;
}

export function UnderWay({ customerId, mails, title }: UnderWayProps): ReactNode {
  const t = useTranslations("permissions.notices.underWay");
  const mayRead = useMay()("letter.read");
  const letters = useAsk("listLettersOfCustomer", { params: { customerId } }, { enabled: mayRead }).data?.items ?? [];
  const sent = [
    ...mails.flatMap(({ mailId: id, notice, state, madeAt }) =>
      state === "handed-over" ? [] : [{ id, notice, madeAt, way: "mail", state } as const],
    ),
    ...letters.flatMap(({ letterId: id, notice, state, madeAt }) =>
      notice === null || state === "posted" ? [] : [{ id, notice, madeAt, way: "letter", state } as const],
    ),
  ];
  if (sent.length === 0) return null;
  return (
    <Stack gap={4} component="ul" p={0} m={0} style={{ listStyle: "none" }} aria-label={t("title")}>
      {sent.map(({ id, notice, madeAt, way, state }) => (
        <Group key={id} component="li" gap="xs">
          <Badge variant="default" tt="none">
            {t(`states.${state}`)}
          </Badge>
          <Text size="sm">
            {title(notice)}, {t(`ways.${way}`)}, <Moment at={madeAt} dateOnly />
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
