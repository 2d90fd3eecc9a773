// A customer, masked: flags first, then their policies and claims, what is held by topic, and who is related.
import { Badge, Button, Group, Select, Stack, Text } from "@mantine/core";
import { IconHeadset } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Page } from "../../shared/page.tsx";
import { useMay, useSession } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { BeyondReach, useReach } from "./beyond-reach.tsx";
import { Erasing } from "./erasing.tsx";
import { FlagActs } from "./flag-acts.tsx";
import { Flags } from "./flags.tsx";
import { AccountingPaper } from "./accounting-paper.tsx";
import { MakePackage } from "./make-package.tsx";
import { maskedLine } from "./masked-line.ts";
import { MoreRecords } from "./more-records.tsx";
import { choosePurpose, type Purpose, usePurpose } from "./purposes.ts";
import { Relations } from "./relations.tsx";
import { Topics } from "./topics.tsx";
import { Units } from "./units.tsx";
import { type MaskedView, useMaskedView } from "./use-masked-view.ts";

export function Customer(): ReactNode {
  const t = useTranslations("customers");
  const { customerId } = useParams({ from: "/inside/customers/$customerId" });
  const may = useMay();
  const found = useMaskedView(customerId);
  const { isKnown, asked } = useReach(customerId, found);
  return (
    <Page
      title={t("customer.title")}
      actions={
        <Group>
          {may("caller.start") && (
            <Button
              component={Link}
              to={`/desk/${customerId}`}
              variant="default"
              leftSection={<IconHeadset size={16} aria-hidden />}
            >
              {t("customer.call")}
            </Button>
          )}
          {isKnown && <Acts customerId={customerId} />}
          <PurposeHere />
        </Group>
      }
    >
      {asked.length > 0 ? (
        <BeyondReach asked={asked} />
      ) : (
        <Answered of={found}>{(view) => <Whole view={view} more={<MoreRecords of={found} />} />}</Answered>
      )}
    </Page>
  );
}

/** INVARIANT: nothing is offered about somebody whom, as far as the reader may know, there is not. */
function Acts({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("customers");
  const may = useMay();
  return (
    <>
      {may("viewers.read") && (
        <Button component={Link} to={`/pictures/viewers/${customerId}`} variant="default">
          {t("customer.viewers")}
        </Button>
      )}
      {may("package.make") && (
        <Button component={Link} to={`/sharing/new/of/${customerId}`} variant="default">
          {t("customer.send")}
        </Button>
      )}
      {(may("authorization.read") || may("choice.read") || may("notice.read")) && (
        <Button component={Link} to={`/customers/${customerId}/permissions`} variant="default">
          {t("customer.permissions")}
        </Button>
      )}
      <FlagActs customerId={customerId} />
      <MakePackage customerId={customerId} />
      <AccountingPaper customerId={customerId} />
      <Erasing customerId={customerId} />
    </>
  );
}

function PurposeHere(): ReactNode {
  const t = useTranslations("customers");
  const words = useTranslations("words");
  const { purposes } = useSession();
  return (
    <Select
      aria-label={t("purpose")}
      allowDeselect={false}
      data={purposes.map((purpose) => ({ value: purpose, label: words(`purposes.${purpose}`) }))}
      value={usePurpose()}
      onChange={(value) => value !== null && choosePurpose(value as Purpose)}
    />
  );
}

function Whole({ view, more }: { readonly view: MaskedView; readonly more: ReactNode }): ReactNode {
  const t = useTranslations("customers");
  const own = view.units.filter(({ kind }) => kind === "relationship").flatMap(({ records }) => records);
  const masks = Object.fromEntries(
    own.flatMap(({ fields }) => fields.map(({ field, value }) => [field, value ?? ""] as const)),
  );
  const others = view.units.filter(({ kind }) => kind !== "relationship");
  return (
    <Stack gap="xl">
      <Flags flags={view.flags} />
      <Group gap="xs">
        <Text size="lg" fw={600}>
          {maskedLine(masks) ?? t("find.unnamed")}
        </Text>
        <Badge variant="default">{t("customer.masked")}</Badge>
        <ShortId id={view.customerId} />
      </Group>
      {more}
      <Units units={others} customerId={view.customerId} />
      <Topics records={own} />
      {/* Again where whoever has read this far comes out. */}
      {more}
      <Relations customerId={view.customerId} />
    </Stack>
  );
}
