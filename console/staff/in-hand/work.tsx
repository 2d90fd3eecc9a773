// Work in hand: the role's standard view of an assigned claim or policy, in clear at once; the next one is one key away.
import { Anchor, Button, Group, Kbd, Stack } from "@mantine/core";
import { IconArrowRight, IconEye, IconPencil } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { useKey } from "../../shared/key.ts";
import { Page } from "../../shared/page.tsx";
import { useMay, useSession } from "../../shared/session.ts";
import { type Purpose, usualPurpose } from "../customers/purposes.ts";
import { useDisclosing } from "./disclose.ts";
import { DisclosurePanel } from "./disclosure-panel.tsx";
import { pathOf, useMyWork } from "./my-work.ts";
import { PurposeOf } from "./purpose-of.tsx";

const NEXT_KEY = "n";
const BEFORE_KEY = "p";

export function Work(): ReactNode {
  const { customerId, unitId } = useParams({ from: "/inside/customers/$customerId/in-hand/$unitId" });
  // A new customer is a new page: nothing of the former one is left in it.
  return <WorkOn key={`${customerId}/${unitId}`} customerId={customerId} unitId={unitId} />;
}

interface WorkOnProps {
  readonly customerId: string;
  readonly unitId: string;
}

function WorkOn({ customerId, unitId }: WorkOnProps): ReactNode {
  const t = useTranslations("work");
  const may = useMay();
  const { purposes } = useSession();
  const { assignments } = useMyWork();
  const kind = assignments.find((one) => one.unitId === unitId)?.kind;
  const [purpose, setPurpose] = useState<Purpose>(() =>
    usualPurpose(purposes, kind === "claim" || kind === "policy" ? kind : undefined),
  );
  const disclosing = useDisclosing();
  const { disclose } = disclosing;
  const askAgain = (): Promise<void> => disclose({ customerId, purpose, workContext: { unitId } });
  useEffect(() => {
    void disclose({ customerId, purpose, workContext: { unitId } });
  }, [disclose, customerId, unitId, purpose]);
  return (
    <Page title={t("title")} actions={<Neighbours unitId={unitId} />}>
      <Group justify="space-between" align="end">
        <Group gap="xs">
          <Button component={Link} to={`/customers/${customerId}`} variant="default">
            {t("toCustomer")}
          </Button>
          <Button
            component={Link}
            to={`/customers/${customerId}/in-hand/${unitId}/ask`}
            variant="default"
            leftSection={<IconEye size={16} aria-hidden />}
          >
            {t("askMore")}
          </Button>
          {may("customer.correct") && (
            <Button
              component={Link}
              to={`/customers/${customerId}/records`}
              variant="default"
              leftSection={<IconPencil size={16} aria-hidden />}
            >
              {t("correct")}
            </Button>
          )}
        </Group>
        <PurposeOf purposes={purposes} purpose={purpose} onChange={setPurpose} />
      </Group>
      <Stack mt="sm">
        <DisclosurePanel
          disclosing={disclosing}
          label={t("view")}
          again={askAgain}
          about={{ customerId, unitId, purpose }}
        />
      </Stack>
    </Page>
  );
}

/** In the order of the list of my work. */
function Neighbours({ unitId }: { readonly unitId: string }): ReactNode {
  const t = useTranslations("work");
  const navigate = useNavigate();
  const { assignments } = useMyWork();
  const work = assignments.filter((one) => one.unitId !== null);
  const at = work.findIndex((one) => one.unitId === unitId);
  const [before, next] = [at > 0 ? work[at - 1] : undefined, work[at + 1]];
  const go = (to: (typeof work)[number] | undefined): void => {
    if (to !== undefined) void navigate({ to: pathOf(to) });
  };
  useKey(NEXT_KEY, () => go(next));
  useKey(BEFORE_KEY, () => go(before));
  return (
    <Group gap="md">
      {before !== undefined && (
        <Anchor component={Link} to={pathOf(before)} size="sm">
          {t("before")} <Kbd aria-hidden>{BEFORE_KEY.toUpperCase()}</Kbd>
        </Anchor>
      )}
      {next !== undefined && (
        <Button component={Link} to={pathOf(next)} rightSection={<IconArrowRight size={16} aria-hidden />}>
          {t("next")}{" "}
          <Kbd aria-hidden ml="xs">
            {NEXT_KEY.toUpperCase()}
          </Kbd>
        </Button>
      )}
    </Group>
  );
}
