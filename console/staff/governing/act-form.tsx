// What an act asks for, with its failure in words above, and the ways to do it or leave it below.
import { Button, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { type Lacks, useLacking } from "../../shared/lacking.tsx";
import { Trouble } from "../../shared/trouble.tsx";

export interface ActFormProps {
  readonly action: string;
  readonly act: { readonly isPending: boolean; readonly error: unknown };
  readonly onSubmit: () => void;
  readonly onCancel?: () => void;
  readonly isDangerous?: boolean;
  /** What is filled in does not suffice yet. */
  readonly isIncomplete?: boolean;
  /** Of that, what can be named: the fields that are missing or not right. */
  readonly lacks?: Lacks;
  readonly children?: ReactNode;
}

export function ActForm(props: ActFormProps): ReactNode {
  const { action, act, onSubmit, onCancel, isDangerous = false, isIncomplete = false, lacks = [], children } = props;
  const t = useTranslations("common");
  const lacking = useLacking(lacks, isIncomplete);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        lacking.send(onSubmit);
      }}
    >
      <Stack gap="sm">
        <Trouble error={act.error} />
        {children}
        {lacking.hint}
        <Group justify="end" mt="xs">
          {onCancel !== undefined && (
            <Button variant="default" onClick={onCancel}>
              {t("cancel")}
            </Button>
          )}
          <Button
            type="submit"
            loading={act.isPending}
            {...lacking.button}
            {...(isDangerous ? { color: "red.9" } : {})}
          >
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
