// What was answered: the values in clear under their mark, what is masked or refused and why, what one is bound to, and the receipt.
import { Alert, Button, Card, Skeleton, Stack, Text, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ClearRegion } from "../../shared/clear/clear-region.tsx";
import { useSession } from "../../shared/session.ts";
import { useRuleTexts } from "../../shared/rule-texts.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { Purpose } from "../customers/purposes.ts";
import { ClearFields } from "./clear-fields.tsx";
import type { Disclosing, Disclosure } from "./disclose.ts";
import { DisputedWords } from "./disputed-words.tsx";
import { NotShown } from "./not-shown.tsx";
import { Receipt } from "./receipt.tsx";

export interface About {
  readonly customerId: string;
  readonly unitId: string | null;
  readonly purpose: Purpose;
}

export interface DisclosurePanelProps {
  readonly disclosing: Disclosing;
  /** Read out as the region's name. */
  readonly label: string;
  readonly again: () => unknown;
  readonly about: About;
}

export function DisclosurePanel({ disclosing, label, again, about }: DisclosurePanelProps): ReactNode {
  const t = useTranslations("work");
  const session = useSession();
  const { sheet, question, isBusy, error } = disclosing;
  const { content } = sheet;
  if (error !== null) return <Trouble error={error} again={again} />;
  if (content === null) return isBusy ? <SheetSkeleton /> : <Gone again={again} />;
  const shown = content.fields.filter(({ value }) => value !== undefined);
  const clear = shown.filter(({ form }) => form === "clear");
  return (
    <Stack gap="md">
      <VisuallyHidden role="status">{t("shownCount", { count: clear.length })}</VisuallyHidden>
      {shown.length > 0 && (
        <ClearRegion label={label} viewer={session.name} sheet={sheet} disclosureId={content.disclosureId}>
          <ClearFields fields={shown} />
        </ClearRegion>
      )}
      {shown.length === 0 && content.outcome === "denied" && (
        <Alert color="yellow" role="alert" title={t("denied.title")}>
          {t("denied.lead")}
        </Alert>
      )}
      {question !== null && (
        <DisputedWords key={content.disclosureId} fields={shown} question={question} viewer={session.name} />
      )}
      <NotShown fields={content.fields} about={about} />
      <Obligations of={content} />
      <Receipt of={content} />
    </Stack>
  );
}

/** Of the height that most views have. */
function SheetSkeleton(): ReactNode {
  const common = useTranslations("common");
  return (
    <div role="status" className="columns">
      <VisuallyHidden>{common("loading")}</VisuallyHidden>
      {[9, 7, 8, 5].map((lines, card) => (
        <Card key={card} withBorder padding="sm">
          <Stack gap="xs">
            <Skeleton height={18} width="30%" aria-hidden />
            {Array.from({ length: lines }, (_each, at) => (
              <Skeleton key={at} height={14} width={`${85 - ((at * 13) % 40)}%`} aria-hidden />
            ))}
          </Stack>
        </Card>
      ))}
    </div>
  );
}

function Gone({ again }: { readonly again: () => unknown }): ReactNode {
  const t = useTranslations("work");
  return (
    <Alert color="gray" role="status" title={t("gone.title")}>
      <Stack gap="xs" align="start">
        <Text size="sm">{t("gone.lead")}</Text>
        <Button size="xs" onClick={() => again()}>
          {t("gone.again")}
        </Button>
      </Stack>
    </Alert>
  );
}

function Obligations({ of }: { readonly of: Disclosure }): ReactNode {
  const t = useTranslations("work");
  const said = useRuleTexts();
  if (of.obligations.length === 0) return null;
  return (
    <Alert color="blue" title={t("obligations")}>
      <ul>
        {of.obligations.map((each) => (
          <li key={each.code}>{said.bound(each)}</li>
        ))}
      </ul>
    </Alert>
  );
}
