// One member of staff: what they may, whether it is in force, what they sign in by, what they attested.
import { Card, Group, SimpleGrid, Stack, Title } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { Page } from "../../shared/page.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { useNames } from "../governing/choices.ts";
import { Facts } from "../../shared/facts.tsx";
import { StatusBadge } from "../governing/status-badge.tsx";
import { Who } from "../governing/who.tsx";
import { Attestations } from "./attestations.tsx";
import { Resets } from "./resets.tsx";
import { SignIn } from "./sign-in.tsx";
import { StatusActs } from "./status-acts.tsx";
import { Supervisor } from "./supervisor.tsx";

export type Details = AnswerOf<"getStaff">;

export function PersonPage(): ReactNode {
  const t = useTranslations("people");
  const { staffId = "" } = useParams({ strict: false });
  const details = useAsk("getStaff", { params: { staffId } });
  return (
    <Answered of={details} title={t("title")}>
      {(known) => <Whole details={known} />}
    </Answered>
  );
}

function Whole({ details }: { readonly details: Details }): ReactNode {
  const t = useTranslations("people");
  const may = useMay();
  const { principalId } = useSession();
  const { staff } = details;
  const isSelf = staff.staffId === principalId;
  return (
    <Page title={staff.name} actions={<StatusBadge status={staff.status} />} lead={isSelf ? t("self") : undefined}>
      {!isSelf && <StatusActs staff={staff} />}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" maw="76rem">
        <Card withBorder>
          <Stack gap="sm">
            <Title order={2}>{t("access")}</Title>
            <Access staff={staff} />
            {!isSelf && staff.status !== "revoked" && may("staff.supervisor") && <Supervisor staff={staff} />}
          </Stack>
        </Card>
        <Card withBorder>
          <Stack gap="sm">
            <Title order={2}>{t("signIn.title")}</Title>
            <SignIn details={details} isSelf={isSelf} />
            {staff.status !== "revoked" && <Resets staffId={staff.staffId} isSelf={isSelf} />}
          </Stack>
        </Card>
        {(may("attestation.list") || isSelf) && (
          <Card withBorder>
            <Attestations principalId={staff.staffId} isSelf={isSelf} />
          </Card>
        )}
      </SimpleGrid>
    </Page>
  );
}

function Access({ staff }: Pick<Details, "staff">): ReactNode {
  const t = useTranslations("people");
  const name = useNames();
  const format = useFormatter();
  const { email, role, purposes, rowScope, entities, lines, classes, supervisorId, expiresAt } = staff;
  return (
    <Group>
      <Facts
        of={[
          [t("role"), name.role(role)],
          [t("purposes"), format.list(purposes.map(name.purpose))],
          [t("rows"), name.rows(rowScope)],
          [t("entities"), entities.join(", ")],
          [t("lines"), format.list(lines.map(name.line))],
          [t("classes"), classes === null ? null : format.list(classes.map(name.dataClass))],
          [t("supervisor"), supervisorId === null ? null : <Who key="supervisor" id={supervisorId} />],
          [t("email"), email],
          [t("expires"), expiresAt === null ? null : <Moment key="expires" at={expiresAt} dateOnly />],
        ]}
      />
    </Group>
  );
}
