// Somebody lost what they sign in by: asked for here, done by another (the supervisor in person, or a second one after a call-back).
import { Button, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import { LinkOnce } from "../governing/link-once.tsx";
import { Who } from "../governing/who.tsx";
import { AskForReset } from "./ask-for-reset.tsx";

const PAGE = 200;

export function Resets({ staffId, isSelf }: { readonly staffId: string; readonly isSelf: boolean }): ReactNode {
  const t = useTranslations("people.resets");
  const may = useMay();
  const open = useAsk("listResets", { query: { limit: PAGE } });
  const cancel = useAct("cancelReset", { changes: ["listResets"] });
  const [code, setCode] = useState<string | null>(null);
  const own = open.data?.items.filter((each) => each.staffId === staffId) ?? [];
  return (
    <Stack gap="xs">
      <Trouble error={cancel.error} />
      {own.map(({ resetId, path, askedBy, endsAt }) => (
        <Group key={resetId} justify="space-between">
          <Text size="sm">
            {t(`waits.${path}`)} (<Who id={askedBy} />, {t.rich("until", { at: () => <Moment at={endsAt} /> })})
          </Text>
          {(isSelf || may("reset.cancel")) && (
            <Button
              size="compact-sm"
              variant="default"
              loading={cancel.isPending}
              onClick={() => cancel.mutate({ params: { staffId, resetId } })}
            >
              {t("cancel")}
            </Button>
          )}
        </Group>
      ))}
      {!isSelf && may("reset.request") && (
        <Group>
          <DialogButton
            size="compact-sm"
            label={t("ask")}
            title={t("ask")}
            dialog={(close) =>
              code === null ? (
                <AskForReset staffId={staffId} onDone={(made) => (made === null ? close() : setCode(made))} />
              ) : (
                <LinkOnce
                  link={code}
                  lead={t("code")}
                  onKept={() => {
                    setCode(null);
                    close();
                  }}
                />
              )
            }
          />
        </Group>
      )}
    </Stack>
  );
}
