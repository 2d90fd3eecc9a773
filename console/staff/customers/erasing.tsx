// What forbids erasing a customer, each with its law and its end; and the erasure itself, of all or of what is free.
import { Alert, Badge, Group, List, Stack, Text, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import type { AnswerOf } from "../../shared/ask.ts";
import { RECORDED, useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { ActForm } from "../governing/act-form.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { Erased } from "./erased.tsx";

type Check = AnswerOf<"checkErasure">;

const REASON_MIN = 3;

export function Erasing({ customerId }: { readonly customerId: string }): ReactNode {
  const t = useTranslations("retention.erase");
  const may = useMay();
  if (!may("erasure.request")) return null;
  return (
    <DialogButton
      label={t("open")}
      title={t("title")}
      dialog={(close) => <Dialog customerId={customerId} onCancel={close} />}
    />
  );
}

interface DialogProps {
  readonly customerId: string;
  readonly onCancel: () => void;
}

function Dialog({ customerId, onCancel }: DialogProps): ReactNode {
  const [erasureId, setErasureId] = useState<string | null>(null);
  if (erasureId !== null) return <Erased erasureId={erasureId} />;
  return <Checked customerId={customerId} onCancel={onCancel} onErased={setErasureId} />;
}

interface CheckedProps extends DialogProps {
  readonly onErased: (erasureId: string) => void;
}

function Checked(props: CheckedProps): ReactNode {
  const { customerId } = props;
  const t = useTranslations("retention.erase");
  const found = useAsk("checkErasure", { params: { customerId }, query: {} }, RECORDED);
  return (
    <Answered of={found}>
      {(check) => (
        <Stack>
          {check.mayErase ? <Text>{t("free")}</Text> : <Obstacles check={check} />}
          {check.mayErase ? (
            <EraseNow {...props} unitId={null} />
          ) : (
            check.units
              .filter(({ isFree }) => isFree)
              .map((unit) => (
                <Stack key={unit.unitId} gap="xs">
                  <Group gap="xs">
                    <Text>{t("unitFree")}</Text>
                    <ShortId id={unit.unitId} />
                  </Group>
                  <EraseNow {...props} unitId={unit.unitId} />
                </Stack>
              ))
          )}
        </Stack>
      )}
    </Answered>
  );
}

function Obstacles({ check: { obstacles } }: { readonly check: Check }): ReactNode {
  const t = useTranslations("retention.erase");
  return (
    <Alert color="yellow" role="note" title={t("forbidden")}>
      <List size="sm">
        {obstacles.map(({ kind, unitId, holdId, duty, citation, confidence, until }) => (
          <List.Item key={`${kind} ${unitId ?? ""} ${holdId ?? ""} ${duty ?? ""}`}>
            <Text size="sm" fw={600}>
              {t(`kinds.${kind}`)}: {until === null ? t("noEnd") : t("until", { day: until })}
            </Text>
            <Text size="xs">{citation}</Text>
            {confidence === "low" && (
              <Badge variant="default" tt="none">
                {t("lowConfidence")}
              </Badge>
            )}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

interface EraseNowProps extends CheckedProps {
  readonly unitId: string | null;
}

function EraseNow({ customerId, unitId, onCancel, onErased }: EraseNowProps): ReactNode {
  const t = useTranslations("retention.erase");
  const [reason, setReason] = useState("");
  const queries = useQueryClient();
  const act = useAct("erase", {
    changes: ["checkErasure"],
    onDone: ({ erasureId }) => {
      onErased(erasureId);
      // INVARIANT: what was erased is not shown a moment longer, masked or not: forgotten first, then looked for again.
      void queries.resetQueries({ queryKey: ["viewCustomerMasked"] });
    },
  });
  return (
    <ActForm
      action={unitId === null ? t("all") : t("unit")}
      act={act}
      isDangerous
      isIncomplete={reason.trim().length < REASON_MIN}
      onCancel={onCancel}
      onSubmit={() =>
        act.mutate({ body: { customerId, reason: reason.trim(), ...(unitId === null ? {} : { unitId }) } })
      }
    >
      <Textarea
        label={t("reason")}
        description={t("reasonHint")}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ActForm>
  );
}
