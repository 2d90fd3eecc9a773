// Asking to see more: what for, what of it, what would be answered and why; then the answer itself, with its receipt.
import { Anchor, Button, Card, Group, Stack, Textarea, Title } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { Empty } from "../../shared/empty.tsx";
import { Page } from "../../shared/page.tsx";
import { RECORDED, useAsk } from "../../shared/queries.ts";
import { useTableView } from "../../shared/table/table-search.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { type Question, useDisclosing } from "../in-hand/disclose.ts";
import { DisclosurePanel } from "../in-hand/disclosure-panel.tsx";
import { ChooseFields } from "./choose-fields.tsx";
import { ChooseRight } from "./choose-right.tsx";
import { ChooseWhy, type Option, usualOption } from "./choose-why.tsx";
import { NoPasskey, useFactorWanted } from "./factor-wanted.tsx";
import { useOwnAnswer } from "./own-answer.ts";
import { Preview } from "./preview.tsx";
import { usePreview } from "./use-preview.ts";

const REASON_CHARACTERS_MIN = 10;
const REASON_CHARACTERS_MAX = 500;

export function AskCustomer(): ReactNode {
  const { customerId } = useParams({ from: "/inside/customers/$customerId/ask" });
  return <Ask key={customerId} customerId={customerId} unitId={null} />;
}

export function AskWork(): ReactNode {
  const { customerId, unitId } = useParams({ from: "/inside/customers/$customerId/in-hand/$unitId/ask" });
  return <Ask key={`${customerId}/${unitId}`} customerId={customerId} unitId={unitId} />;
}

export interface AskedAbout {
  readonly customerId: string;
  readonly unitId: string | null;
  /** The grant that is invoked. */
  readonly as?: string;
}

function Ask({ customerId, unitId }: AskedAbout): ReactNode {
  const t = useTranslations("ask");
  const language = useLanguage();
  const work = unitId === null ? {} : { workContext: { unitId } };
  const [grantId, setGrant] = useState<string | null>(null);
  const as = grantId === null ? {} : { as: grantId };
  const found = useAsk("listDisclosureOptions", { body: { customerId, language, ...work, ...as } }, RECORDED);
  const back = unitId === null ? `/customers/${customerId}` : `/customers/${customerId}/in-hand/${unitId}`;
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Anchor component={Link} to={back}>
          {t(unitId === null ? "backToCustomer" : "backToWork")}
        </Anchor>
      }
    >
      <ChooseRight chosen={grantId} onChoose={setGrant} />
      <Answered of={found}>
        {({ options }) =>
          options.length === 0 ? (
            <Empty>{t("nothing")}</Empty>
          ) : (
            <Asking key={grantId} options={options} about={{ customerId, unitId, ...as }} />
          )
        }
      </Answered>
    </Page>
  );
}

interface AskingProps {
  readonly options: readonly Option[];
  readonly about: AskedAbout;
}

function Asking({ options, about }: AskingProps): ReactNode {
  const t = useTranslations("ask");
  // Whoever comes from a legal demand asks on it.
  const { filter } = useTableView().search;
  const [option, setOption] = useState<Option>(
    () => options.find(({ basis }) => basis === filter?.["basis"]) ?? usualOption(options, about.unitId !== null),
  );
  const [fields, setFields] = useState<readonly string[]>([]);
  const [reason, setReason] = useState("");
  const disclosing = useDisclosing();
  const question = questionOf(about, option, { fields, reason });
  const preview = usePreview(question);
  const { first, lacksPasskey } = useFactorWanted(preview.data?.asks);
  const show = (): Promise<void> => (question === null ? Promise.resolve() : disclosing.disclose(question, { first }));
  const isAnswered = useOwnAnswer(disclosing, question);
  const choose = (chosen: Option): void => {
    setOption(chosen);
    setFields([]);
  };
  return (
    <Stack gap="lg">
      <Card withBorder>
        <Stack gap="md">
          <ChooseWhy options={options} chosen={option} onChoose={choose} />
          <ChooseFields
            classes={option.classes}
            uponApproval={option.uponApproval}
            chosen={fields}
            onChange={setFields}
          />
          <Textarea
            label={t("reason.label")}
            description={t("reason.hint", { min: REASON_CHARACTERS_MIN })}
            autosize
            minRows={2}
            maxLength={REASON_CHARACTERS_MAX}
            autoComplete="off"
            spellCheck={false}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Stack>
      </Card>
      {question !== null && (
        <section aria-labelledby="would-be">
          <Title order={2} id="would-be" mb="xs">
            {t("preview.title")}
          </Title>
          <Preview preview={preview} about={{ ...about, purpose: option.purpose }} reason={reason} />
          {lacksPasskey && <NoPasskey />}
          <Group mt="sm">
            <Button loading={disclosing.isBusy} disabled={preview.data === undefined} onClick={() => void show()}>
              {t(first === null ? "show" : first === "passkey" ? "showWithPasskey" : "showWithFactor")}
            </Button>
          </Group>
        </section>
      )}
      {isAnswered && (
        <section aria-labelledby="answer">
          <Title order={2} id="answer" mb="xs">
            {t("answer")}
          </Title>
          <DisclosurePanel
            disclosing={disclosing}
            label={t("answer")}
            again={show}
            about={{ ...about, purpose: option.purpose }}
          />
        </section>
      )}
    </Stack>
  );
}

/** null as long as nothing is asked for. */
function questionOf(
  { customerId, unitId, as }: AskedAbout,
  { purpose, basis }: Option,
  { fields, reason }: { readonly fields: readonly string[]; readonly reason: string },
): Question | null {
  if (fields.length === 0) return null;
  const said = reason.trim();
  return {
    customerId,
    purpose,
    basis,
    fields: [...fields],
    ...(as === undefined ? {} : { as }),
    ...(unitId === null ? {} : { workContext: { unitId } }),
    ...(said.length < REASON_CHARACTERS_MIN ? {} : { justification: said }),
  };
}
